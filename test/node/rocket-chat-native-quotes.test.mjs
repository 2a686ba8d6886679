import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('a link to a message', () => {
  const {context, signedIn, ridOf} = withDdp();
  const linkTo = (id, origin = context.chat.origin) => `${origin}/channel/consultation?msg=${id}`;
  const send = async (ddp, msg, more = {}) =>
    ddp.result('sendMessage', {rid: ridOf('consultation'), msg, ...more});

  it('becomes a quote, with the tree and the quotes of the quoted one, but none of theirs', async () => {
    const {ddp} = await signedIn('alice');
    const first = context.chat.post('bob', 'consultation', '*One*');
    const second = await send(ddp, `[ ](${linkTo(first._id)}) Two`);
    const third = await send(ddp, `[ ](${linkTo(second._id)}) Three`);
    const fourth = await send(ddp, `[ ](${linkTo(third._id)}) Four`);
    const [quote] = second.attachments;
    assert.equal(quote.message_link, linkTo(first._id));
    assert.equal(quote.author_name, 'bob');
    assert.equal(quote.author_icon, '/avatar/bob');
    assert.equal(quote.text, '*One*');
    assert.equal(quote.md[0].value[0].type, 'BOLD');
    assert.equal(quote.ts.$date, Date.parse(first.ts));
    const [outer] = fourth.attachments;
    assert.match(outer.text, /Three$/);
    const [inner] = outer.attachments;
    assert.match(inner.text, /Two$/);
    assert.deepEqual(inner.attachments, []);
  });

  it('is none to a message that one may not read, that is not there, or is elsewhere', async () => {
    const {ddp} = await signedIn('alice');
    const secret = context.chat.post('bob', 'case-5820', 'Secret');
    const own = context.chat.post('alice', 'consultation', 'Own');
    for (const text of [linkTo(secret._id), linkTo('none'), 'https://%zz/?msg=x', 'Plain']) {
      assert.equal((await send(ddp, text)).attachments, undefined, text);
    }
    context.chat.settings.set('Site_Url', context.chat.origin);
    const other = await send(ddp, linkTo(own._id, 'https://other.example.com'));
    assert.equal(other.attachments, undefined);
    assert.equal((await send(ddp, linkTo(own._id))).attachments.length, 1);
  });

  it('is a quote once, beside what the client attaches, and goes with the text', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'One');
    const link = linkTo(_id);
    const attachments = [{text: 'Mine'}];
    const sent = await send(ddp, `${link} ${link}`, {attachments});
    assert.deepEqual(
      sent.attachments.map(({text}) => text),
      ['Mine', 'One'],
    );
    const edited = context.chat.edit('alice', 'consultation', sent._id, 'Without');
    assert.deepEqual(edited.attachments, attachments);
    const plain = context.chat.post('alice', 'consultation', 'Plain');
    const again = context.chat.edit('alice', 'consultation', plain._id, `See ${link}`);
    assert.equal(again.attachments[0].text, 'One');
  });
});
