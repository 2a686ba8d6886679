import {registerPlugin, setLogger, type Plugin} from '@pexip/plugin-api';

/**
 * A plugin that does what a test says, on the real plugin-api: it calls any method of `conference`
 * and tells every event to the page that embeds Web App 3 (`probe.ts`). Built by `probe-bundle.mjs`.
 */
const page = window.parent.parent;
const tell = (message: Readonly<Record<string, unknown>>): void => page.postMessage(message, '*');

const nothing = (): void => undefined;
setLogger({
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
  silent: nothing,
  addRedactPattern: nothing,
  redact: (value) => value,
});

const run = async (): Promise<void> => {
  const plugin: Plugin = await registerPlugin({id: 'external-chat', version: 0});
  for (const [name, signal] of Object.entries(plugin.events)) {
    signal.add((payload: unknown) => tell({probe: 'event', name, payload}));
  }
  const conference = plugin.conference as unknown as Record<string, (payload: unknown) => unknown>;
  addEventListener('message', ({source, data}: MessageEvent) => {
    if (source !== page) return;
    if (data.probe === 'call') {
      const answered = (value: unknown): void => tell({probe: 'answer', id: data.id, value});
      void Promise.resolve(conference[data.method]?.(data.payload)).then(answered);
    } else if (data.probe === 'button') {
      void plugin.ui.addButton(data.payload).then((button) => {
        button.onClick.add(() =>
          tell({probe: 'event', name: 'click', payload: data.payload.tooltip}),
        );
        tell({probe: 'answer', id: data.id});
      });
    }
  });
  tell({probe: 'ready'});
};

void run();
