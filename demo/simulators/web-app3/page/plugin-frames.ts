import type {PluginEntry} from './manifest.js';

/** How long a plugin that has loaded may take to register before the meeting is joined anyway. */
const REGISTRATION_GRACE = 1000;

/** A frame that holds a plugin. */
export interface PluginFrame {
  readonly entry: PluginEntry;
  readonly element: HTMLIFrameElement;
  /** Resolves when the plugin has registered or is not going to. */
  readonly settled: Promise<void>;
  /** Called at each registration. */
  settle(): void;
}

/** Makes a frame without size that neither the eye nor the keyboard finds. */
export const createHiddenFrame = (src: string, sandbox: string | undefined): HTMLIFrameElement => {
  const element = document.createElement('iframe');
  element.width = '0';
  element.height = '0';
  element.tabIndex = -1;
  element.setAttribute('aria-hidden', 'true');
  if (sandbox !== undefined) element.setAttribute('sandbox', sandbox);
  element.src = src;
  return element;
};

/** Makes the frame of a plugin as Web App 3 does: its id is the plugin's, its sandbox the manifest's. */
export const createPluginFrame = (entry: PluginEntry): PluginFrame => {
  const element = createHiddenFrame(entry.src, entry.sandbox);
  element.id = entry.id;
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  element.addEventListener('load', () => setTimeout(settle, REGISTRATION_GRACE), {once: true});
  return {entry, element, settled, settle};
};
