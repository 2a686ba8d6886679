import {expect} from '@open-wc/testing';

import {Drawn} from '../support/drawn.js';
import {setupNative} from '../support/native.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';

const MANY = 1_000;
/** So many are written at once. */
const STEP = 500;

describe('a flood of messages in the native view', () => {
  it(`of ${MANY} is drawn at most once in a frame, with at most 200 rows, and none is lost`, async function () {
    this.timeout(240_000);
    const errors = uncaught();
    const {page, pane, workspace, other, room} = await setupNative();
    await pane.send('Before');
    await page.shows('Before');
    const rows = page.find('rc-message-list .rows');
    let most = 0;
    const drawn = new Drawn(rows);
    const count = new MutationObserver(() => (most = Math.max(most, rows.childElementCount)));
    count.observe(rows, {childList: true});
    const received: string[] = [];
    pane.addEventListener('rc-message-received', ({detail}) => received.push(detail.text));
    for (let from = 0; from < MANY; from += STEP) {
      await workspace.batch(
        Array.from({length: STEP}, (_, nth) => ({
          command: 'post' as const,
          username: other.username,
          room: room._id,
          text: `Flood ${from + nth}`,
        })),
      );
      // A page that gets few frames would draw all of them in one.
      await waitUntil(() => drawn.times > 0, 'something is drawn');
    }
    await waitUntil(() => received.length === MANY, 'all were told', {timeout: 120_000});
    await waitUntil(
      () => page.texts.length > 1 && page.texts.at(-1) !== 'Before',
      'some are shown',
    );
    count.disconnect();
    drawn.stop();
    expect(new Set(received).size).to.equal(MANY);
    expect(received[0]).to.equal('Flood 0');
    expect(drawn.most, 'times drawn in a frame').to.equal(1);
    expect(most, 'rows in the DOM').to.be.within(5, 200);
    expect(drawn.times).to.be.greaterThan(1);
    // What is shown is the end of all of them, in the order of the server.
    const stored = await workspace.messages(room._id);
    const order = stored
      .sort((one, two) => one.ts.localeCompare(two.ts) || (one._id < two._id ? -1 : 1))
      .map(({msg}) => msg);
    await waitUntil(() => page.texts.at(-1) === order.at(-1), 'the last one is the last');
    const shown = page.texts.filter((text) => text.startsWith('Flood'));
    expect(shown).to.deep.equal(order.slice(-shown.length));
    // And the first of them is still there, above.
    const box = page.find('.talk > rc-message-list > .scroll');
    await waitUntil(() => {
      box.scrollTop = 0;
      return page.texts.includes('Flood 0');
    }, 'the first one is there');
    expect(errors).to.deep.equal([]);
  });
});
