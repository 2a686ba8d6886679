import {judgeFraming} from '../judge/framed-page.js';
import {whatCame} from '../judge/page-kind.js';
import type {Check} from '../verdict.js';
import {good, notSeen, withServer} from './common.js';

/** Whether the workspace lets the pages frame it ("Restrict access inside any Iframe"). */
export const serverFraming: Check = {
  id: 'server-framing',
  subject: 'Rocket.Chat',
  run: withServer(async (scene, server) => {
    const answers = [
      await scene.askApi(server, ''),
      await scene.askApi(server, 'channel/general?layout=embedded'),
    ];
    const pages = answers.map(good).filter((each) => each !== undefined);
    const [first] = answers;
    if (pages.length === 0 || !first) {
      const why = first ? whatCame(first) : 'no answer';
      return notSeen(
        'Whether Rocket.Chat may be framed',
        why,
        'Look at Manage > Workspace > Settings > General > Restrict access inside any Iframe: it must be off.',
      );
    }
    return judgeFraming(pages, scene.origins, {
      who: 'Rocket.Chat',
      remedy: (origins) =>
        `Turn off Manage > Workspace > Settings > General > Restrict access inside any Iframe, and let the reverse proxy send Content-Security-Policy: frame-ancestors 'self' ${origins}. A pane with view="native" needs no frame.`,
    });
  }),
};
