import {EMBED_PACE, type EmbedPace} from '../../src/session/embed-pace.js';

const {patience, room} = EMBED_PACE;
const OWN: Partial<EmbedPace> = {patience, room};
/** Still several times what a page takes to answer on a busy machine. */
const HASTY: Partial<EmbedPace> = {patience: patience * 0.4, room: room * 0.4};

afterEach(() => void Object.assign(EMBED_PACE, OWN));

/**
 * Has the panes of this page wait 4 seconds, in place of 10, for an embedded page that says nothing, until the
 * test has ended: for tests in which nothing is what it says.
 */
export const hasten = (): void => void Object.assign(EMBED_PACE, HASTY);
