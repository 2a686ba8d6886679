import type {BrandingPart} from '../../demo/simulators/web-app3/server.js';

const held = new Set<string>();
afterEach(() => Promise.all([...held].map(release)));

const askGate = async (
  ask: 'hold' | 'reached' | 'release',
  path: string,
  part: BrandingPart | '' = '',
): Promise<void> => {
  // Each with an address of its own, as a browser may have one request wait for another like it.
  const query = new URLSearchParams({ask, path, part, id: crypto.randomUUID()});
  // Read to its end: WebKit keeps the connection of an answer that nobody reads, and has but six.
  await (await fetch(`/test-branding-gate?${query}`, {cache: 'no-store'})).text();
};

const release = (path: string): Promise<void> => {
  held.delete(path);
  return askGate('release', path);
};

/**
 * A branding path of `simulators.heldWebApp3` of which the manifest, and with it the plugin, or the
 * plugin alone can be held back. Released after the test.
 */
export const heldBranding = () => {
  const path = `held-${crypto.randomUUID()}`;
  return {
    path,
    /** Requests for this part wait from now on. */
    hold: (part: BrandingPart): Promise<void> => {
      held.add(path);
      return askGate('hold', path, part);
    },
    /** Resolves when a request for this part waits that came after the last `hold`. */
    reached: (part: BrandingPart): Promise<void> => askGate('reached', path, part),
    /** Answers what waits, and all that comes. */
    release: (): Promise<void> => release(path),
  };
};
