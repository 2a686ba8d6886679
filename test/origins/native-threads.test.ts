import {expect} from '@open-wc/testing';

import {dataOf, drag} from '../support/composer-place.js';
import {setupNative} from '../support/native.js';
import {fileOf} from '../support/native-files.js';
import {waitUntil} from '../support/wait.js';

/** A thread about a message of the user's own, which stands in the room, too. */
const setupThread = async (width: string) => {
  const placed = await setupNative({attributes: {style: `inline-size: ${width}`}});
  const {page, pane} = placed;
  await pane.send('A question');
  const message = await page.shows('A question');
  await waitUntil(() => message.querySelector('.actions'));
  page.press(message, 'Reply');
  await waitUntil(() => page.answers[0]?.querySelector('.actions'));
  await waitUntil(() => page.root.querySelector('rc-thread textarea'), 'one can write there');
  const field = page.find<HTMLTextAreaElement>('rc-thread textarea');
  return {...placed, field, first: page.answers[0]!};
};

for (const width of ['60rem', '20rem'])
  describe(`a thread whose first message stands in the room, too, ${width} wide`, () => {
    it('has what is quoted in it answered in it', async () => {
      const {page, field, first, workspace, room} = await setupThread(width);
      page.press(first, 'Quote');
      await waitUntil(() => page.root.querySelector('[class*=quote]'), 'it is quoted');
      page.send('The answer', field);
      await waitUntil(() => page.answers.length === 2);
      // It is shown before the server has it.
      await waitUntil(() => !page.answers[1]!.querySelector('.sending'), 'it is sent');
      const [question, answer] = await workspace.messages(room._id);
      expect(answer!.msg).to.contain(`?msg=${question!._id}) The answer`);
      expect(answer!.tmid).to.equal(question!._id);
    });

    it('has it edited in it', async () => {
      const {page, field, first} = await setupThread(width);
      page.press(first, 'Edit');
      expect([field.value, page.field.value]).to.deep.equal(['A question', '']);
    });

    it('takes the files that are dropped on it', async () => {
      const {page, first} = await setupThread(width);
      const dropped = dataOf(fileOf('dropped.txt'));
      for (const type of ['dragenter', 'dragover']) drag(first, type, dropped);
      const zones = [...page.root.querySelectorAll('.composer-zone')];
      const shown = zones.filter((each) => each.checkVisibility());
      expect(shown.map((each) => !!each.closest('rc-thread'))).to.deep.equal([true]);
      drag(first, 'drop', dropped);
      await waitUntil(() => page.root.querySelector('.composer-chip'), 'it is attached');
      const chips = [...page.root.querySelectorAll('.composer-chip')];
      expect(chips.map((each) => !!each.closest('rc-thread'))).to.deep.equal([true]);
      expect(shown[0]!.checkVisibility()).to.equal(false);
    });
  });

describe('a thread beside the room', () => {
  it('is reached by files that are dragged there across the room', async () => {
    const {page, first} = await setupThread('60rem');
    const dragged = dataOf(fileOf('dragged.txt'));
    drag(page.message('A question'), 'dragenter', dragged);
    const zone = page.find('.conversation > rc-composer .composer-zone');
    expect(zone.checkVisibility()).to.equal(true);
    const {left, top} = first.getBoundingClientRect();
    const under = page.root.elementFromPoint(left + 20, top + 5);
    expect(!!under?.closest('rc-thread')).to.equal(true);
    drag(first, 'dragenter', dragged);
    expect(zone.checkVisibility()).to.equal(false);
  });
});
