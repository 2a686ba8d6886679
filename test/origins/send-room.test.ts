import {expect, oneEvent} from '@open-wc/testing';

import {setupLive} from '../support/live-pane.js';
import {frameIn} from '../support/mount.js';

/** A pane whose person has gone to another room by a link in the page. */
const setup = async () => {
  const conversation = await setupLive();
  const {pane, workspace, me, other, name} = conversation;
  const elsewhere = `elsewhere-${name}`;
  const members = [me.username, other.username];
  const away = await workspace.createRoom({type: 'c', name: elsewhere, members});
  const frame = await frameIn(pane);
  const goes = (room: string): void =>
    frame.contentWindow!.postMessage(
      {externalCommand: 'go', path: `/channel/${room}?layout=embedded`},
      '*',
    );
  const opened = oneEvent(pane, 'rc-room-opened');
  goes(elsewhere);
  expect((await opened).detail.roomId).to.equal(away._id);
  return {...conversation, away, elsewhere, goes, page: workspace.frame(frame)};
};

describe('send() of <rc-chat-pane>', () => {
  it('writes to the room that was asked for, not to one that the person has gone to', async () => {
    const {pane, room, workspace, name, elsewhere} = await setup();
    expect((await pane.send('For the room')).roomId).to.equal(room._id);
    expect((await workspace.messages(name)).map(({msg}) => msg)).to.include('For the room');
    expect((await workspace.messages(elsewhere)).map(({msg}) => msg)).not.to.include(
      'For the room',
    );
  });

  it('does so when the person has come back, too, which the page does not tell', async () => {
    const {pane, room, name, goes, page} = await setup();
    goes(name);
    await page.until(({roomId}) => roomId === room._id);
    expect((await pane.send('Back again')).roomId).to.equal(room._id);
  });

  it('writes to the room that open() has shown', async () => {
    const {pane, away, elsewhere} = await setup();
    await pane.open(`#${elsewhere}`);
    expect((await pane.send('Here')).roomId).to.equal(away._id);
  });
});

describe('rc-message-changed of <rc-chat-pane>', () => {
  it('is fired in both: the room that was asked for, and the one that the person has gone to', async () => {
    const {pane, workspace, other, room, away} = await setup();
    for (const {_id} of [room, away]) {
      const received = oneEvent(pane, 'rc-message-received');
      const message = await workspace.post(other.username, _id, 'Before');
      await received;
      const changed = oneEvent(pane, 'rc-message-changed');
      await workspace.remove(other.username, _id, message._id);
      expect((await changed).detail).to.deep.equal({
        id: message._id,
        roomId: _id,
        change: 'deleted',
      });
    }
  });
});
