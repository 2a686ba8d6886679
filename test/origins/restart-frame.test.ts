import {describeRestart, type Courses} from '../support/restart-matrix.js';

/** The room itself loads the meeting again. */
const LOADED_AGAIN: Courses = {
  loading: ['loading', 'ready'],
  unbridged: ['loading', 'ready'],
  ready: ['loading', 'ready'],
  connected: ['loading', 'ready', 'lost'],
  disconnected: ['loading', 'ready'],
};

describeRestart(
  {
    of: 'the frame, by reload()',
    held: 'manifest',
    begins: 'load',
    start: ({room}) => room.reload(),
  },
  LOADED_AGAIN,
);

describeRestart(
  {
    of: 'the frame, made again as the room moves',
    held: 'manifest',
    begins: 'load',
    start: ({room, elsewhere}) => elsewhere.append(room),
  },
  LOADED_AGAIN,
);
