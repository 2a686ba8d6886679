import {expect, oneEvent} from '@open-wc/testing';

import {setupNative, type NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

const SHORT = 20;
const LONG = 'This is much longer than what it takes.';

/** Two rooms of a workspace of its own, which can be made deaf, and will take short messages alone. */
const setup = async () => {
  const scene = await setupNative({}, 'c', await startWorkspace());
  const {pane, workspace, me, other, name} = scene;
  const members = [other.username, me.username];
  const second = await workspace.createRoom({type: 'p', name: `second-${me.username}`, members});
  await workspace.post(other.username, second._id, 'In the other room');
  return {
    ...scene,
    goAway: () => pane.open(`group/second-${me.username}`),
    comeBack: () => pane.open(`channel/${name}`),
    /** The server hears again, and refuses what is long. */
    refuse: async () => {
      await workspace.setting('Message_MaxAllowedSize', SHORT);
      await workspace.deafen(false);
    },
  };
};

const openThread = async (page: NativePage, text: string): Promise<HTMLTextAreaElement> => {
  const message = await page.shows(text);
  await waitUntil(() => message.querySelector('.actions'));
  page.press(message, 'Reply');
  await waitUntil(() => page.root.querySelector('rc-thread textarea'), 'the thread is open');
  return page.find('rc-thread textarea');
};

describe('a message of the native view that is not sent yet', () => {
  it('is there when its room is shown again, and goes when there is a connection', async () => {
    const {page, pane, workspace, room, goAway, comeBack} = await setup();
    await workspace.deafen();
    page.send('Written on the train');
    await page.shows('Written on the train');
    await goAway();
    await page.hides('Written on the train');
    await comeBack();
    expect((await page.shows('Written on the train')).textContent).to.contain('Sending…');
    const sent = oneEvent(pane, 'rc-message-sent');
    await workspace.deafen(false);
    await sent;
    await waitUntil(() => !page.message('Written on the train').textContent.includes('Sending…'));
    const stored = await workspace.messages(room._id);
    expect(stored.filter(({msg}) => msg === 'Written on the train')).to.have.lengthOf(1);
  });

  it('stays with the reason where it is refused while another room is shown', async () => {
    const {page, workspace, goAway, comeBack, refuse} = await setup();
    await workspace.deafen();
    page.send(LONG);
    await page.shows(LONG);
    await goAway();
    await refuse();
    await page.shows('In the other room');
    await comeBack();
    const message = await page.shows(LONG);
    await waitUntil(() => message.textContent.includes('Not sent.'), 'it says so');
    await workspace.setting('Message_MaxAllowedSize', 5000);
    page.press(message, 'Send again');
    await waitUntil(() => !page.message(LONG).textContent.includes('Not sent.'));
    expect(page.texts.filter((text) => text === LONG)).to.have.lengthOf(1);
  });

  it('is not there any more where it has gone meanwhile', async () => {
    const {page, pane, workspace, goAway, comeBack} = await setup();
    await workspace.deafen();
    page.send('Gone meanwhile');
    await page.shows('Gone meanwhile');
    await goAway();
    await page.hides('Gone meanwhile');
    const sent = oneEvent(pane, 'rc-message-sent');
    await workspace.deafen(false);
    await sent;
    await comeBack();
    await page.shows('Gone meanwhile');
    await waitUntil(() => !page.message('Gone meanwhile').textContent.includes('Sending…'));
    expect(page.texts.filter((text) => text === 'Gone meanwhile')).to.have.lengthOf(1);
  });

  it('of a thread stays with the reason until the thread is opened again', async () => {
    const {page, workspace, write, refuse} = await setup();
    await write('A question');
    const field = await openThread(page, 'A question');
    await workspace.deafen();
    page.send(LONG, field);
    await waitUntil(() => page.answers.length === 2);
    page.key('Escape', field);
    await waitUntil(() => !page.root.querySelector('rc-thread'));
    await refuse();
    await openThread(page, 'A question');
    await waitUntil(() => page.answers[1]?.textContent.includes('Not sent.'), 'it says so');
    page.press(page.answers[1]!, 'Discard');
    const [again] = [page.find<HTMLTextAreaElement>('rc-thread textarea')];
    await waitUntil(() => again!.value === LONG, 'the text is back');
  });

  it('comes back into the draft when it is given up, whatever is edited by then', async () => {
    const {page, workspace, me, room, refuse} = await setup();
    await workspace.post(me.username, room._id, 'An old one');
    const old = await page.shows('An old one');
    await refuse();
    page.send(LONG);
    const message = await page.shows(LONG);
    await waitUntil(() => message.textContent.includes('Not sent.'), 'it says so');
    page.press(old, 'Edit');
    await waitUntil(() => page.field.value === 'An old one', 'it is edited');
    page.press(message, 'Discard');
    await page.hides(LONG);
    expect(page.field.value).to.equal('An old one');
    page.key('Escape');
    expect(page.field.value).to.equal(LONG);
  });

  it('is forgotten when its user signs out', async () => {
    const {page, pane, workspace, auth, write} = await setup();
    await write('Before');
    await page.shows('Before');
    await workspace.setting('Message_MaxAllowedSize', SHORT);
    page.send(LONG);
    const message = await page.shows(LONG);
    await waitUntil(() => message.textContent.includes('Not sent.'));
    await pane.logout();
    // Until it is gone, what is shown is that of before.
    await page.hides('Before');
    await pane.login(await auth());
    await page.shows('Before');
    await page.writable();
    expect(page.root.textContent).to.not.contain(LONG);
  });
});
