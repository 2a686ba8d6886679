import {expect} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

describe('a message in the native view', () => {
  it('changes when it is edited, and says so', async () => {
    const {page, workspace, other, room, write} = await setupNative();
    const {_id} = await write('Ten o’clock');
    await page.shows('Ten o’clock');
    await workspace.edit(other.username, room._id, _id, 'Eleven o’clock');
    expect((await page.shows('Eleven o’clock')).textContent).to.contain('edited');
    expect(page.texts).to.not.include('Ten o’clock');
  });

  it('goes when it is deleted', async () => {
    const {page, workspace, other, room, write} = await setupNative();
    const {_id} = await write('By mistake');
    await page.shows('By mistake');
    await workspace.remove(other.username, room._id, _id);
    await page.hides('By mistake');
  });

  it('shows reactions as they come, and adds or takes back those of the user', async () => {
    const {page, workspace, me, other, room, write} = await setupNative();
    const {_id} = await write('Well done');
    const message = await page.shows('Well done');
    await workspace.react(other.username, room._id, _id, ':tada:');
    const chip = (): HTMLElement | null => message.querySelector('.reaction');
    await waitUntil(() => chip()?.getAttribute('aria-pressed') === 'false');
    expect(chip()!.getAttribute('aria-label')).to.contain(other.username);
    chip()!.click();
    await waitUntil(() => chip()?.getAttribute('aria-pressed') === 'true');
    expect(chip()!.textContent).to.contain('2');
    const [stored] = (await workspace.messages(room._id)).filter((each) => each._id === _id);
    expect(stored!.reactions![':tada:']!.usernames).to.include(me.username);
    chip()!.click();
    await waitUntil(() => chip()?.getAttribute('aria-pressed') === 'false');
    await waitUntil(
      () => chip()!.textContent.includes('🎉'),
      'its character, once the names are there',
    );
  });

  it('takes any reaction, which is found by its name', async () => {
    const {page, pane, workspace, me, write, room} = await setupNative();
    pane.style.inlineSize = '20rem';
    const {_id} = await write('How was it, with all that was to be done today?');
    const message = await page.shows('How was it');
    await waitUntil(() => message.querySelector('.actions'));
    page.press(message, 'another reaction');
    const search = await waitUntil(() =>
      message.querySelector<HTMLInputElement>('.picker input'),
    ).then(() => message.querySelector<HTMLInputElement>('.picker input')!);
    await waitUntil(() => page.root.activeElement === search, 'the field has the focus');
    page.key('Escape', search);
    await waitUntil(() => !message.querySelector('.picker'));
    await waitUntil(() => page.root.activeElement === message, 'it goes back to the message');
    page.press(message, 'another reaction');
    await waitUntil(() => message.querySelector('.picker input'));
    const again = message.querySelector<HTMLInputElement>('.picker input')!;
    again.value = 'rocket';
    again.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await waitUntil(() => message.querySelector('.picked [title=":rocket:"]'));
    const width = (): number => message.querySelector('.bubble')!.getBoundingClientRect().width;
    const asked = width();
    message.querySelector<HTMLElement>('.picked [title=":rocket:"]')!.click();
    await waitUntil(() => message.querySelector('.reaction')?.textContent.includes('🚀'));
    expect(asked).to.be.closeTo(width(), 1);
    const stored = (await workspace.messages(room._id)).find((each) => each._id === _id);
    expect(stored!.reactions![':rocket:']!.usernames).to.deep.equal([me.username]);
  });

  it('takes the first emoji that was found by Enter', async () => {
    const {page, write} = await setupNative();
    await write('And now?');
    const message = await page.shows('And now?');
    await waitUntil(() => message.querySelector('.actions'));
    page.press(message, 'another reaction');
    await waitUntil(() => message.querySelector('.picker input'));
    const search = message.querySelector<HTMLInputElement>('.picker input')!;
    search.value = 'rocket';
    search.dispatchEvent(new InputEvent('input', {bubbles: true}));
    await waitUntil(() => message.querySelector('.picked [title=":rocket:"]'));
    page.key('Enter', search);
    await waitUntil(() => message.querySelector('.reaction')?.textContent.includes('🚀'));
    expect(message.querySelector('.picker')).to.equal(null);
  });

  it('that was only said in a thread is edited there', async () => {
    const {page, pane, write} = await setupNative();
    const {_id} = await write('A question');
    await page.shows('A question');
    await pane.send('A wrong answer', {threadId: _id});
    await waitUntil(() => page.message('A question').textContent.includes('1 reply'));
    page.press(page.message('A question'), 'Open the thread');
    await waitUntil(() => page.answers.length === 2);
    await waitUntil(() => page.answers[1]!.querySelector('.actions'));
    page.press(page.answers[1]!, 'Edit');
    const field = page.find<HTMLTextAreaElement>('rc-thread textarea');
    await waitUntil(() => field.value === 'A wrong answer');
    page.send('The right answer', field);
    await waitUntil(() => page.answers[1]!.textContent.includes('The right answer'));
    expect(page.answers).to.have.lengthOf(2);
    expect(page.texts.some((text) => text.includes('answer'))).to.equal(false);
  });

  it('of the user can be edited by the arrow up in an empty field', async () => {
    const {page, pane} = await setupNative();
    await pane.send('A typo hree');
    await page.shows('A typo hree');
    page.key('ArrowUp');
    await waitUntil(() => page.field.value === 'A typo hree');
    page.send('A typo here');
    await page.shows('A typo here');
    await page.hides('hree');
    expect(page.field.value).to.equal('');
  });

  it('of the user that was only said in a thread can be edited so there', async () => {
    const {page, pane, write} = await setupNative();
    const {_id} = await write('A question');
    await page.shows('A question');
    await pane.send('In the room');
    await pane.send('A wrong answer', {threadId: _id});
    await waitUntil(() => page.message('A question').textContent.includes('1 reply'));
    page.press(page.message('A question'), 'Open the thread');
    await waitUntil(() => page.answers.length === 2);
    await waitUntil(() => page.root.querySelector('rc-thread textarea'));
    const field = page.find<HTMLTextAreaElement>('rc-thread textarea');
    page.key('ArrowUp', field);
    await waitUntil(() => field.value === 'A wrong answer');
    page.send('The right answer', field);
    await waitUntil(() => page.answers[1]!.textContent.includes('The right answer'));
    expect(page.field.value).to.equal('');
  });

  it('of the user cannot be edited so where the workspace lets nobody edit', async () => {
    const settings = {Message_AllowEditing: false, Message_MaxAllowedSize: 4000};
    const {page, pane} = await setupNative({}, 'c', await startWorkspace(settings));
    await pane.send('As it is');
    await page.shows('As it is');
    page.field.focus();
    const composer = page.find<RcComposerElement>('.conversation > rc-composer');
    await waitUntil(() => composer.limits.text === 4000, 'what is allowed is known');
    page.key('ArrowUp');
    expect(page.field.value).to.equal('');
  });

  it('of the user can be deleted, after a question', async () => {
    const {page, pane, workspace, room} = await setupNative();
    await pane.send('Too early');
    const message = await page.shows('Too early');
    page.press(message, 'Delete');
    await waitUntil(() => page.root.querySelector('.ask'));
    page.press(message, 'Cancel');
    expect(page.texts).to.include('Too early');
    await waitUntil(() => !page.root.querySelector('.ask'));
    page.press(message, 'Delete');
    await waitUntil(() => page.root.querySelector('.ask'));
    page.press(message.querySelector<HTMLElement>('.ask')!, 'Delete');
    await page.hides('Too early');
    expect((await workspace.messages(room._id)).some(({msg}) => msg === 'Too early')).to.equal(
      false,
    );
  });

  it('of somebody else offers neither', async () => {
    const {page, write} = await setupNative();
    await write('Not mine');
    const names = [...(await page.shows('Not mine')).querySelectorAll('.actions button')].map(
      (each) => each.getAttribute('aria-label') ?? '',
    );
    expect(names.some((name) => name.includes('Reply'))).to.equal(true);
    expect(names.some((name) => /Edit|Delete/.test(name))).to.equal(false);
  });

  it('is quoted as Rocket.Chat takes it, and the quote is shown', async () => {
    const {page, workspace, write, room} = await setupNative();
    const {_id} = await write('Which arm is it?');
    page.press(await page.shows('Which arm is it?'), 'Quote');
    await waitUntil(() =>
      page.root.querySelector('rc-composer .composer-bar, rc-composer [class*=quote]'),
    );
    page.send('The left one');
    const message = await page.shows('The left one');
    // It is shown before the server has it.
    await waitUntil(() => !message.querySelector('.sending'), 'it is sent');
    const stored = (await workspace.messages(room._id)).find(({msg}) =>
      msg.includes('The left one'),
    );
    expect(stored!.msg).to.match(new RegExp(`^\\[ \\]\\(\\S+\\?msg=${_id}\\) The left one$`));
  });

  it('is answered in a thread beside the room', async () => {
    const {page, workspace, write, other, room} = await setupNative();
    const {_id} = await write('What about Thursday?');
    page.press(await page.shows('What about Thursday?'), 'Reply');
    await waitUntil(() => page.answers.length === 1);
    const field = page.find<HTMLTextAreaElement>('rc-thread textarea');
    await waitUntil(() => page.root.activeElement === field);
    page.send('Thursday is fine', field);
    await waitUntil(() => page.answers.length === 2);
    await workspace.post(other.username, room._id, 'At nine, then', {tmid: _id});
    await waitUntil(() => page.answers.length === 3);
    expect(page.texts.some((text) => text.includes('Thursday is fine'))).to.equal(false);
    await waitUntil(() => page.message('What about').textContent.includes('2 replies'));
    page.key('Escape', field);
    await waitUntil(() => !page.root.querySelector('rc-thread'));
    page.press(page.message('What about'), 'Open the thread');
    await waitUntil(() => page.answers.length === 3);
  });

  it('that the server refuses stays, with the reason, to be sent again or taken back', async () => {
    const {page, workspace, room, pane} = await setupNative();
    await pane.send('First');
    await page.shows('First');
    await workspace.archive(room.name ?? room._id);
    await waitUntil(
      () => page.root.querySelector('.composer-blocked'),
      'it says that it is archived',
    );
    expect(page.find('.composer-blocked').textContent).to.contain('archived');
  });
});
