import {describeRestart, type Courses} from '../support/restart-matrix.js';
import {simulators} from 'test-simulators';

/** The frame loads a second time: the room has not asked for it, and knows by the load event. */
const SECOND_LOAD: Courses = {
  loading: ['loading', 'ready'],
  unbridged: ['unbridged', 'ready'],
  ready: ['ready', 'ready'],
  connected: ['disconnected', 'ready', 'lost'],
  disconnected: ['disconnected', 'ready'],
};

describeRestart(
  {
    of: 'the page of Web App 3',
    held: 'manifest',
    begins: 'load',
    start: ({meeting}) => meeting.reload(),
  },
  SECOND_LOAD,
);

describeRestart(
  {
    of: 'the frame, sent elsewhere by the node',
    held: 'manifest',
    begins: 'load',
    start: ({meeting, path}) => meeting.navigate(`${simulators.heldWebApp3}/${path}/m/elsewhere`),
  },
  SECOND_LOAD,
);
