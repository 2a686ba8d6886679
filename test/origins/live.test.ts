import {expect, oneEvent} from '@open-wc/testing';

import {makePane, rocketChat, showPane} from '../support/mount.js';

describe('<rc-chat-pane> with a live connection', () => {
  it('fires rc-connection-changed with live once it is connected', async () => {
    const pane = makePane('alice');
    const changed = oneEvent(pane, 'rc-connection-changed');
    await showPane(pane);
    expect((await changed).detail).to.deep.equal({status: 'live'});
  });

  it('fires rc-message-received once for a message of somebody else', async () => {
    const pane = makePane('alice');
    const live = oneEvent(pane, 'rc-connection-changed');
    await showPane(pane);
    await live;
    const received = oneEvent(pane, 'rc-message-received');
    const {_id} = await rocketChat().post('bob', 'case-4711', 'The X-ray is here.');
    const {detail} = await received;
    expect(detail).to.include({id: _id, text: 'The X-ray is here.', sender: 'bob'});
    expect(pane.rooms.map(({name}) => name)).to.include('general');
  });
});
