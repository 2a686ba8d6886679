import {field, identifier} from '../../../../src/protocol/guards.js';

/** A plugin as the branding manifest lists it. */
export interface PluginEntry {
  readonly id: string;
  readonly src: string;
  /** The value of the frame's `sandbox` attribute. */
  readonly sandbox: string;
}

/** What a plugin may ask for beside scripts, since Infinity v37. */
const SANDBOX_VALUES = [
  'allow-forms',
  'allow-same-origin',
  'allow-popups',
  'allow-popups-to-escape-sandbox',
  'allow-downloads',
];

const sandboxOf = (values: unknown): string => {
  const asked = Array.isArray(values) ? values.map(String) : [];
  const granted = asked.filter((value) => SANDBOX_VALUES.includes(value));
  for (const value of asked) {
    if (!granted.includes(value)) {
      console.warn(`'${value}' is not a valid sandbox value for plugins.`);
    }
  }
  return ['allow-scripts', ...granted].join(' ');
};

const entryOf = (data: unknown, base: URL): PluginEntry | undefined => {
  const id = identifier(field(data, 'id'));
  const src = field(data, 'src');
  if (!id || typeof src !== 'string' || !URL.canParse(src, base)) return;
  const url = new URL(src, base);
  if (!/^https?:$/.test(url.protocol)) return;
  return {id, src: url.href, sandbox: sandboxOf(field(data, 'sandboxValues'))};
};

/**
 * Fetches the branding manifest and returns its plugins. A missing or malformed manifest has none
 * and says nothing, like the real one.
 */
export const fetchPlugins = async (base: string): Promise<PluginEntry[]> => {
  const url = new URL('./branding/manifest.json', base);
  try {
    const manifest: unknown = await (await fetch(url)).json();
    const plugins = field(manifest, 'plugins');
    if (!Array.isArray(plugins)) return [];
    return plugins.flatMap((plugin) => entryOf(plugin, url) ?? []);
  } catch {
    return [];
  }
};
