import {expect} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {OVERLAP} from '../../src/session/room-log.js';
import {setupNative, type NativePage} from '../support/native.js';
import {otherClient} from '../support/other-client.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

const SHORT = 20;

/** A message that the server refuses, which the view could not know before. */
const setupRefused = async () => {
  const scene = await setupNative({}, 'c', await startWorkspace());
  const {page, workspace} = scene;
  await workspace.setting('Message_MaxAllowedSize', 4000);
  page.field.focus();
  const composer = page.find<RcComposerElement>('.conversation > rc-composer');
  await waitUntil(() => composer.limits.text === 4000, 'the limit is known');
  await workspace.setting('Message_MaxAllowedSize', SHORT);
  page.send('This is much longer than what it takes.');
  const message = await page.shows('much longer');
  await waitUntil(() => message.textContent.includes('Not sent.'), 'it says so');
  return {...scene, message};
};

const blocked = (page: NativePage): string =>
  page.root.querySelector('.composer-blocked')?.textContent ?? '';

describe('a message of the native view that the server refuses', () => {
  it('stays, with the reason, and goes when it is sent again', async () => {
    const {page, message, workspace, room} = await setupRefused();
    expect(message.textContent).to.contain('Rocket.Chat did not allow this.');
    expect(page.field.value).to.equal('');
    await workspace.setting('Message_MaxAllowedSize', 5000);
    page.press(message, 'Send again');
    await waitUntil(() => !page.message('much longer').textContent.includes('Not sent.'));
    await waitUntil(async () =>
      (await workspace.messages(room._id)).some(({msg}) => msg.includes('much longer')),
    );
    expect(page.texts.filter((text) => text.includes('much longer'))).to.have.lengthOf(1);
  });

  it('gives its text back to the composer where it is discarded, and keeps what is there', async () => {
    const {page, message} = await setupRefused();
    page.write('My next one. ');
    page.press(message, 'Discard');
    await page.hides('much longer');
    expect(page.field.value).to.contain('My next one.');
    expect(page.field.value).to.contain('This is much longer than what it takes.');
  });

  it('holds back none that comes after it', async () => {
    const {page} = await setupRefused();
    page.send('Short enough');
    const next = await page.shows('Short enough');
    await waitUntil(() => !next.querySelector('.sending'), 'it is sent');
    expect(page.texts).to.include('This is much longer than what it takes.');
  });

  it('has the reason said that the server tells the user alone', async () => {
    const {page, pane, workspace, room, me} = await setupNative();
    await workspace.mute(room._id, me.username);
    await waitUntil(() => blocked(page).includes('You may not write'));
    // By the element, which is not kept from it; its answer says no more than `500`.
    pane.send('What is not heard').catch(() => undefined);
    await waitUntil(
      () => page.find('.complaint').textContent.includes('You_have_been_muted'),
      'it is said',
    );
  });
});

/** Lets pass so much that what comes next does not bring by chance what was said before. */
const longer = (): Promise<void> => {
  const until = Date.now() + OVERLAP + 500;
  return waitUntil(() => Date.now() > until);
};

describe('a draft in the native view', () => {
  it('is there again when the user is let into the room again', async () => {
    const {page, workspace, room, me} = await setupNative();
    page.write('My answer');
    await workspace.mute(room._id, me.username);
    await waitUntil(() => blocked(page).includes('may not write'));
    await workspace.mute(room._id, me.username, false);
    await waitUntil(() => !blocked(page));
    expect(page.field.value).to.equal('My answer');
    await workspace.archive(room._id);
    await waitUntil(() => blocked(page).includes('archived'));
    await workspace.archive(room._id, false);
    await waitUntil(() => !blocked(page));
    await workspace.encrypt(room._id);
    await waitUntil(() => blocked(page).includes('encrypted'));
    await workspace.encrypt(room._id, false);
    await waitUntil(() => !blocked(page));
    page.key('Enter');
    await page.shows('My answer');
  });

  it('and what was said meanwhile are there for whoever is taken out of the room, and comes back', async () => {
    const {page, workspace, room, me, write, server} = await setupNative();
    await write('Before');
    await page.shows('Before');
    page.write('My answer');
    await workspace.removeMember(room._id, me.username);
    await waitUntil(() => blocked(page).includes('member'));
    await write('Meanwhile');
    await longer();
    const client = await otherClient(server, await workspace.token(me.username));
    await client.call('joinRoom', room._id);
    client.end();
    await waitUntil(() => !blocked(page), 'one can write again');
    expect(page.field.value).to.equal('My answer');
    await write('After');
    await page.shows('After');
    await page.shows('Meanwhile');
    page.key('Enter');
    await page.shows('My answer');
  });

  it('and what was said meanwhile are there in a private room, too, to which one was asked back', async () => {
    const scene = await setupNative({}, 'c', await startWorkspace({API_Enable_CORS: true}));
    const {page, pane, workspace, me, other, server} = scene;
    const name = `private-${me.username}`;
    const members = [other.username, me.username];
    const room = await workspace.createRoom({type: 'p', name, members});
    await workspace.post(other.username, room._id, 'Before');
    await pane.open(`group/${name}`);
    await page.shows('Before');
    page.write('My answer');
    await workspace.removeMember(room._id, me.username);
    await waitUntil(() => blocked(page).includes('member'));
    await workspace.post(other.username, room._id, 'Meanwhile');
    await longer();
    const {userId, authToken} = await workspace.token(other.username);
    await fetch(`${server}/api/v1/groups.invite`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-user-id': userId,
        'x-auth-token': authToken,
      },
      body: JSON.stringify({roomId: room._id, userId: me.userId}),
    });
    await waitUntil(() => !blocked(page), 'one can write again');
    expect(page.field.value).to.equal('My answer');
    await workspace.post(other.username, room._id, 'After');
    await page.shows('After');
    await page.shows('Meanwhile');
  });
});
