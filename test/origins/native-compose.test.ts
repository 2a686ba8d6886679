import {expect, oneEvent} from '@open-wc/testing';

import {setupConversation} from '../support/conversation.js';
import {makeLivePane} from '../support/live-pane.js';
import {place} from '../support/mount.js';
import {NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

describe('compose() of <rc-chat-pane view="native">', () => {
  // The first pane of a document, whose composer is a file that has not come by then.
  it('puts the text where the person writes as soon as a room is open', async () => {
    const pane = makeLivePane(await setupConversation(), {view: 'native'});
    const opened = oneEvent(pane, 'rc-room-opened');
    place(pane);
    await opened;
    await pane.compose('Good morning');
    const page = new NativePage(pane);
    await waitUntil(() => page.root.querySelector('rc-composer textarea'));
    expect(page.field.value).to.equal('Good morning');
    expect(page.root.activeElement).to.equal(page.field);
  });
});
