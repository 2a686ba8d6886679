import {describeRestart, type Courses} from '../support/restart-matrix.js';

/** Web App 3 goes on, and the person with it: a plugin that starts in mid-call is not told of the call. */
const COURSES: Courses = {
  loading: ['loading', 'ready'],
  unbridged: ['unbridged', 'ready'],
  ready: ['ready', 'ready'],
  connected: ['connected', 'connected'],
  disconnected: ['disconnected', 'ready'],
};

describeRestart(
  {of: 'the plugin', held: 'plugin', start: ({meeting}) => meeting.reloadPlugin()},
  COURSES,
);

describeRestart(
  {
    of: 'the plugin in a new frame',
    held: 'plugin',
    begins: 'request',
    start: async ({meeting}) => {
      await meeting.setPluginFrame(false);
      await meeting.setPluginFrame(true);
    },
  },
  COURSES,
);
