import {expect} from '@open-wc/testing';

import {setupNative} from '../support/native.js';
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
      const [question, answer] = await workspace.messages(room._id);
      expect(answer!.msg).to.contain(`?msg=${question!._id}) The answer`);
      expect(answer!.tmid).to.equal(question!._id);
    });

    it('has it edited in it', async () => {
      const {page, field, first} = await setupThread(width);
      page.press(first, 'Edit');
      expect([field.value, page.field.value]).to.deep.equal(['A question', '']);
    });
  });
