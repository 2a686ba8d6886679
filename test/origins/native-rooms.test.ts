import {expect, oneEvent} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {record} from '../support/mount.js';
import {setupNative} from '../support/native.js';
import {otherClient} from '../support/other-client.js';
import {waitUntil} from '../support/wait.js';

type Placed = Awaited<ReturnType<typeof setupNative>>;

/** Resolves with the message of the shown room by which somebody else tells of a discussion. */
const tellOf = async (
  drid: string,
  {page, workspace, other, room}: Placed,
  text: string,
): Promise<HTMLElement> => {
  const fields = {t: 'discussion-created', drid, dcount: 3} as MessageFields;
  await workspace.post(other.username, room._id, text, fields);
  return page.shows(text);
};

const says = (page: Placed['page'], text: string) =>
  waitUntil(
    () => page.root.querySelector('.composer-blocked')?.textContent.includes(text),
    `it says "${text}"`,
  );

describe('a room of the native view', () => {
  it('that is read-only says so, and can be written in again once it is not', async () => {
    // Whoever has made a room may write in it.
    const {page, pane, workspace, me, other} = await setupNative();
    const name = `news-${me.username}`;
    const members = [other.username, me.username];
    const room = await workspace.createRoom({type: 'p', name, members});
    await pane.open(`group/${name}`);
    await waitUntil(() => page.find('.bar h2').textContent === name);
    page.write('A draft');
    await workspace.readOnly(room._id);
    await says(page, 'read-only');
    await workspace.readOnly(room._id, false);
    await waitUntil(() => !page.root.querySelector('.composer-blocked'));
    expect(page.field.value).to.equal('A draft');
    page.send('Open again');
    await page.shows('Open again');
  });

  for (const [what, name, shown] of [
    ['that turns what is around it', '\u202etxet\u2067', () => 'txet'],
    ['that nobody sees', '\u200b', (roomId: string) => roomId],
  ] as const)
    it(`with a name ${what} has one that people can read`, async () => {
      const {page, pane, workspace, me, other} = await setupNative();
      const members = [other.username, me.username];
      const {_id} = await workspace.createRoom({
        type: 'discussion',
        parent: 'general',
        name,
        members,
      });
      await pane.open(`channel/${_id}`);
      await workspace.post(other.username, _id, 'In there');
      await page.shows('In there');
      const label = page.find('.conversation').ariaLabel;
      const title = page.find('.bar h2').textContent;
      expect([label, title]).to.deep.equal([shown(_id), shown(_id)]);
      expect(page.field.placeholder).to.contain(shown(_id));
      const whole = page.find('rc-conversation').outerHTML;
      expect(/[\u202a-\u202e\u2066-\u2069\u200b]/.test(whole)).to.equal(false);
    });

  it('that is archived says so', async () => {
    const {page, workspace, room} = await setupNative();
    await workspace.archive(room._id);
    await says(page, 'archived');
  });

  it('in which the user is muted says so', async () => {
    const {page, workspace, room, me} = await setupNative();
    await workspace.mute(room._id, me.username);
    await says(page, 'You may not write');
  });

  it('that is encrypted says so, and offers the way to Rocket.Chat', async () => {
    const {page, workspace, room, server, write} = await setupNative();
    await workspace.encrypt(room._id);
    await says(page, 'encrypted');
    await write('ciphertext');
    await waitUntil(() => page.texts.some((text) => text.includes('Only Rocket.Chat itself')));
    expect(page.root.textContent).to.not.contain('ciphertext');
    const link = page.find<HTMLAnchorElement>('.bar a');
    expect(link.href).to.equal(`${server}/channel/${room._id}`);
    expect(link.rel).to.contain('noopener');
  });

  it('out of which the user is taken says so, keeps what was read, and keeps the draft', async () => {
    const {page, workspace, room, me, write} = await setupNative();
    await write('Before');
    await page.shows('Before');
    page.write('My answer');
    await workspace.removeMember(room._id, me.username);
    await says(page, 'member');
    expect(page.texts).to.include('Before');
    expect(page.field.value).to.equal('My answer');
  });

  it('tells who writes, and fires rc-typing-started once for them', async () => {
    const {page, pane, other, room, workspace, server} = await setupNative();
    const client = await otherClient(server, await workspace.token(other.username));
    const activity = `${room._id}/user-activity`;
    const events = record(pane, 'rc-typing-started');
    const typing = oneEvent(pane, 'rc-typing-started');
    const tell = () =>
      client.call('stream-notify-room', activity, other.username, ['user-typing'], {});
    // All at once: after some seconds of writing the event comes again.
    await Promise.all([tell(), tell(), tell()]);
    expect((await typing).detail).to.deep.equal({
      roomId: room._id,
      user: other.username,
      participants: [],
    });
    await waitUntil(() => page.find('.typing').textContent.includes(other.username));
    await client.call('stream-notify-room', activity, other.username, [], {});
    await waitUntil(() => page.find('.typing').textContent === '');
    expect(events).to.have.lengthOf(1);
    client.end();
  });

  it('is read by whoever sees its newest message, of which rc-message-read tells', async () => {
    const {page, pane, write, me} = await setupNative();
    const read = oneEvent(pane, 'rc-message-read');
    const {_id} = await write('Read me');
    await page.shows('Read me');
    window.dispatchEvent(new Event('focus'));
    const {detail} = await read;
    expect(detail).to.include({id: _id, text: 'Read me', reader: me.username});
    await waitUntil(() => !pane.unread.alert && !pane.unread.count);
  });

  for (const [kind, parent] of [
    ['public', 'c'],
    ['private', 'p'],
  ] as const)
    it(`that is a discussion of a ${kind} one is opened from the message that tells of it`, async () => {
      const placed = await setupNative();
      const {page, pane, workspace, me, other} = placed;
      const members = [other.username, me.username];
      const type = 'discussion' as const;
      const options = {type: parent, name: `${parent}-${me.username}`, members} as const;
      const place = await workspace.createRoom(options);
      // Everybody may read a public one.
      const readers = parent === 'c' ? [other.username] : members;
      const about = {type, name: `About ${kind}`, parent: place._id, members: readers};
      const {_id} = await workspace.createRoom(about);
      const message = await tellOf(_id, placed, 'About it');
      page.press(message, 'Open the discussion');
      await waitUntil(() => page.find('.bar h2').textContent === `About ${kind}`);
      expect(pane.state).to.equal('ready');
    });

  it('that the user may not read says so where it is asked for, until another one opens', async () => {
    const placed = await setupNative();
    const {page, pane, workspace, me, other} = placed;
    const about = {type: 'p', name: `shut-${me.username}`, members: [other.username]} as const;
    const {_id} = await workspace.createRoom(about);
    const message = await tellOf(_id, placed, 'Not for you');
    const complaint = (): string => page.find('.complaint').textContent;
    page.press(message, 'Open the discussion');
    await waitUntil(() => complaint() === 'Rocket.Chat did not allow this.', 'it says so');
    expect(pane.state).to.equal('ready');
    await pane.open('channel/general');
    await waitUntil(() => !complaint(), 'it has gone');
  });

  it('of two people tells whether the other one is there', async () => {
    const {page, pane, workspace, other, server} = await setupNative({}, 'd');
    await waitUntil(() => page.root.querySelector('.presence'));
    const changed = oneEvent(pane, 'rc-presence-changed');
    const client = await otherClient(server, await workspace.token(other.username));
    await client.call('UserPresence:setDefaultStatus', 'busy');
    expect((await changed).detail).to.deep.equal({user: other.username, status: 'busy'});
    await waitUntil(() => page.find('.presence').textContent === 'busy');
  });
});
