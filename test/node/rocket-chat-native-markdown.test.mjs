import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {parse} from '@rocket.chat/message-parser';

import {withDdp} from '../support/with-ddp.mjs';

describe('the parsed tree of a message', () => {
  const {context, token, signedIn, rest, ridOf} = withDdp();

  it('is that of Rocket.Chat’s own parser, by REST and by DDP', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const msg = 'Hello *you* @bob :smile: https://example.com\n- one\n- `two` #ff0000 :)';
    const expected = parse(msg, {colors: false, emoticons: true});
    await ddp.listen('stream-room-messages', rid);
    const sent = await ddp.result('sendMessage', {rid, msg});
    assert.deepEqual(sent.md, expected);
    assert.ok(JSON.stringify(expected).includes('MENTION_USER'));
    assert.ok(!JSON.stringify(expected).includes('COLOR'));
    assert.ok(JSON.stringify(expected).includes('slight_smile'));
    const [heard] = await ddp.args('stream-room-messages', rid);
    assert.deepEqual(heard.md, expected);
    const {body} = await rest('GET', `chat.getMessage?msgId=${sent._id}`, {login: token('alice')});
    assert.deepEqual(body.message.md, expected);
  });

  it('is made anew by an edit, and goes with the text', () => {
    const {_id} = context.chat.post('alice', 'consultation', 'Once');
    const {md} = context.chat.edit('alice', 'consultation', _id, '*Twice*');
    assert.deepEqual(md, parse('*Twice*', {emoticons: true}));
    context.chat.settings.set('Message_ShowDeletedStatus', true);
    context.chat.remove('alice', 'consultation', _id);
    const left = context.chat.messages('consultation').find((each) => each._id === _id);
    assert.deepEqual([left.t, left.msg, left.md], ['rm', '', undefined]);
  });

  it('is of no system message, and of none without text', async () => {
    const {ddp} = await signedIn('alice');
    const rid = ridOf('consultation');
    const {_id} = await ddp.result('sendMessage', {rid, msg: '', attachments: [{text: 'x'}]});
    context.chat.removeMember('case-4711', 'alice');
    const messages = [
      ...context.chat.messages('case-4711').filter(({t}) => t),
      ...context.chat.messages('consultation').filter((each) => each.t || each._id === _id),
    ];
    assert.equal(messages.length, 3);
    for (const message of messages) assert.ok(!('md' in message), JSON.stringify(message));
  });

  it('is left out of texts that would take the parser for ever', () => {
    for (const text of ['x'.repeat(1_000_000), '[('.repeat(500_000), 'word '.repeat(200_000)]) {
      // What this process reckoned, whatever else the machine does.
      const start = process.cpuUsage();
      const message = context.chat.post('alice', 'consultation', text);
      assert.equal(message.md, undefined);
      assert.equal(message.msg, text);
      assert.ok(process.cpuUsage(start).user < 1_000_000);
    }
  });
});

describe('an old server', () => {
  const {context, signedIn, ridOf} = withDdp({parsedMessages: false});

  it('has no trees', async () => {
    const {ddp} = await signedIn('alice');
    const sent = await ddp.result('sendMessage', {rid: ridOf('consultation'), msg: '*Hello*'});
    assert.equal(sent.msg, '*Hello*');
    context.chat.fill('consultation', 3);
    for (const message of context.chat.messages('consultation')) assert.ok(!('md' in message));
  });
});
