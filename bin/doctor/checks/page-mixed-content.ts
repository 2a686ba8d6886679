import {isSecure} from '../scene.js';
import {ok, unchecked, wrong, type Check} from '../verdict.js';

/** Whether a page that came by https would load something by http. */
export const pageMixedContent: Check = {
  id: 'page-mixed-content',
  subject: 'Page',
  run: ({pages, origins, node, server, broker}) => {
    if (pages.length === 0) {
      return unchecked(
        'No page was given.',
        'Run the doctor with --page. All addresses must be https.',
      );
    }
    const plainPages = pages.filter((each) => !isSecure(each)).map(({origin}) => origin);
    if (plainPages.length > 0) {
      return wrong(
        `${plainPages.join(', ')} is http: browsers give it neither camera nor microphone.`,
        'Serve the page by https.',
      );
    }
    const plain = [node, server, broker].filter((each) => each && !isSecure(each));
    return plain.length
      ? wrong(
          `${origins.join(', ')} would load ${plain.map((each) => each?.origin).join(', ')} by http, which browsers refuse.`,
          'Use the https addresses in the attributes node, server and broker.',
        )
      : ok('No page loads anything by http.');
  },
};
