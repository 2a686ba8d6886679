import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const idsOf = (messages) => messages.map(({_id}) => _id);

describe('a room that is filled', () => {
  const {context, token, signedIn, rest, ridOf} = withDdp();
  const long = (count = 300) => {
    context.chat.createRoom({type: 'p', name: 'long', members: ['alice', 'bob', 'carol']});
    return context.chat.fill('long', count);
  };

  it('has so many messages more, from all members, of 1 to 9 lines, from oldest to newest', () => {
    const {oldest, newest} = long();
    const all = context.chat.messages('long');
    assert.equal(all.length, 300);
    assert.equal(context.chat.room('long').msgs, 300);
    assert.deepEqual([all[0]._id, all.at(-1)._id], [oldest._id, newest._id]);
    assert.match(oldest.msg, /^Message 1\. /);
    assert.match(newest.msg, /^Message 300\. /);
    assert.equal(new Set(idsOf(all)).size, 300);
    assert.deepEqual(new Set(all.map(({u}) => u.username)), new Set(['alice', 'bob', 'carol']));
    const lines = new Set(all.map(({msg}) => msg.split('\n').length));
    assert.deepEqual([Math.min(...lines), Math.max(...lines)], [1, 9]);
    assert.ok(all.every(({ts}, index) => index === 0 || all[index - 1].ts < ts));
    assert.ok(Date.parse(newest.ts) < Date.now());
    assert.ok(new Set(all.map(({ts}) => ts.slice(0, 10))).size > 1, 'more than one day');
  });

  it('has each message’s own number in its tree, too', () => {
    long(100);
    for (const [index, {msg, md}] of context.chat.messages('long').entries()) {
      const text = `Message ${index + 1}. `;
      assert.ok(msg.startsWith(text));
      assert.ok(JSON.stringify(md[0]).includes(text.trim()), JSON.stringify(md[0]));
      assert.ok(!JSON.stringify(md).includes('7777777'));
    }
  });

  it('keeps what it had, as the newest, and tells and counts nothing', async () => {
    const {ddp, userId} = await signedIn('alice');
    await ddp.listen('stream-room-messages', '__my_messages__');
    await ddp.listen('stream-notify-user', `${userId}/subscriptions-changed`);
    const before = context.chat.messages('consultation');
    context.chat.fill('consultation', 10);
    await ddp.settled();
    const all = context.chat.messages('consultation');
    assert.deepEqual(idsOf(all.slice(10)), idsOf(before));
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'));
    assert.equal(context.chat.room('consultation').lastMessage._id, before.at(-1)._id);
  });

  it('is empty again after a reset', () => {
    context.chat.fill('general', 10);
    context.chat.reset();
    assert.ok(!context.chat.messages('general').some(({msg}) => msg.startsWith('Message ')));
  });

  it('is filled by a remote command, and not by less than one message', async () => {
    await context.chat.close();
    const {startRocketChat} = await import('../../dist/testing/index.js');
    context.chat = await startRocketChat({remoteControl: true});
    const fill = (params) =>
      fetch(`${context.chat.origin}/__simulator/fill`, {
        method: 'POST',
        body: JSON.stringify(params),
      });
    const {newest} = await (await fill({room: 'general', count: 7})).json();
    assert.match(newest.msg, /^Message 7\. /);
    for (const count of [0, -1, 1.5, '7', undefined]) {
      assert.equal((await fill({room: 'general', count})).status, 400, String(count));
    }
  });

  it('gives a page of its history from anywhere, newest first', async () => {
    const {ddp} = await signedIn('alice');
    long();
    const all = context.chat.messages('long');
    for (const end of [300, 299, 151, 50, 20, 1, 0]) {
      const before = all[end];
      const latest = before ? {$date: Date.parse(before.ts)} : null;
      const {messages} = await ddp.result('loadHistory', ridOf('long'), latest, 50, null);
      const expected = all.slice(Math.max(0, end - 50), end).reverse();
      assert.deepEqual(idsOf(messages), idsOf(expected), String(end));
    }
  });

  it('is synced, edited and shortened like any other', async () => {
    const {ddp} = await signedIn('alice');
    const login = token('alice');
    long();
    const all = context.chat.messages('long');
    const since = new Date(Date.now() - 1).toISOString();
    context.chat.edit('alice', 'long', all[7]._id, 'Edited');
    context.chat.remove('alice', 'long', all[200]._id);
    const query = `roomId=${ridOf('long')}&lastUpdate=${since}`;
    const {body} = await rest('GET', `chat.syncMessages?${query}`, {login});
    assert.deepEqual(idsOf(body.result.updated), [all[7]._id]);
    assert.deepEqual(idsOf(body.result.deleted), [all[200]._id]);
    const left = context.chat.messages('long');
    assert.equal(left[7].msg, 'Edited');
    assert.deepEqual(idsOf(left), idsOf(all.toSpliced(200, 1)));
    const again = await ddp.call('deleteMessage', {_id: all[200]._id});
    assert.equal(again.error.error, 'error-action-not-allowed');
  });

  it('of 100,000 messages costs no more to work with than one of 100', () => {
    const worked = (name) => {
      const [, second] = context.chat.messages(name);
      const start = performance.now();
      for (let i = 0; i < 300; i++) {
        const {_id} = context.chat.post('alice', name, 'Hi');
        context.chat.edit('alice', name, _id, 'Hello');
        context.chat.edit('alice', name, second._id, `Edited ${i}`);
      }
      return performance.now() - start;
    };
    for (const [name, count] of [
      ['short', 100],
      ['long', 100_000],
    ]) {
      context.chat.createRoom({type: 'p', name, members: ['alice', 'bob']});
      context.chat.fill(name, count);
    }
    // The first run warms up; a walk over all messages would cost a hundred times as much. The least of
    // several runs, as the machine does other things meanwhile.
    worked('short');
    const least = (name) => Math.min(...Array.from({length: 5}, () => worked(name)));
    const [short, long] = [least('short'), least('long')];
    assert.ok(long < 10 * short, `${long} ms beside ${short} ms`);
  });
});

describe('threads by DDP and REST', () => {
  const {context, token, signedIn, rest, ridOf} = withDdp();
  const thread = async (ddp, count = 3) => {
    const {_id: tmid} = context.chat.post('bob', 'consultation', 'A question');
    const rid = ridOf('consultation');
    const answers = [];
    for (let i = 0; i < count; i++) {
      const _id = `answer-${i}-aaaaaaaaa`;
      answers.push(await ddp.result('sendMessage', {_id, rid, msg: `Answer ${i}`, tmid}));
    }
    return {tmid, rid, answers: idsOf(answers)};
  };

  it('come with their first message, then the answers, newest first, page by page', async () => {
    const {ddp} = await signedIn('alice');
    const {tmid, answers} = await thread(ddp);
    const [newest, middle, oldest] = answers.toReversed();
    const all = await ddp.result('getThreadMessages', {tmid});
    assert.deepEqual(idsOf(all), [tmid, newest, middle, oldest]);
    assert.equal(all[0].tcount, 3);
    const page = await ddp.result('getThreadMessages', {tmid, limit: 1, skip: 1});
    assert.deepEqual(idsOf(page), [tmid, middle]);
  });

  it('are empty without answers, and refused to strangers, past the limit and where switched off', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'Alone');
    assert.deepEqual(await ddp.result('getThreadMessages', {tmid: _id}), []);
    assert.deepEqual(await ddp.result('getThreadMessages', {tmid: 'none'}), []);
    const {_id: others} = context.chat.post('bob', 'case-5820', 'Secret');
    const ask = async (params) => (await ddp.call('getThreadMessages', params)).error?.error;
    assert.equal(await ask({tmid: others}), 'error-not-allowed');
    assert.equal(await ask({tmid: _id, limit: 101}), 'error-not-allowed');
    context.chat.settings.set('Threads_enabled', false);
    assert.equal(await ask({tmid: _id}), 'error-not-allowed');
  });

  it('come by REST without their first message, oldest first', async () => {
    const {ddp} = await signedIn('alice');
    const {tmid, answers} = await thread(ddp);
    const login = token('alice');
    const ask = (query) => rest('GET', `chat.getThreadMessages?${query}`, {login});
    const {body} = await ask(`tmid=${tmid}`);
    assert.deepEqual(idsOf(body.messages), answers);
    assert.equal(body.total, 3);
    const page = await ask(`tmid=${tmid}&offset=1&count=1`);
    assert.deepEqual(idsOf(page.body.messages), [answers[1]]);
    assert.equal((await ask('')).body.errorType, 'error-invalid-params');
    assert.equal((await ask('tmid=none')).body.errorType, 'error-invalid-message');
    const {_id: others} = context.chat.post('bob', 'case-5820', 'Secret');
    assert.equal((await ask(`tmid=${others}`)).body.errorType, 'error-not-allowed');
  });

  it('leave the history on demand, but for answers that show in the room', async () => {
    const {ddp} = await signedIn('alice');
    const {tmid, rid, answers} = await thread(ddp);
    const shown = await ddp.result('sendMessage', {rid, msg: 'For all', tmid, tshow: true});
    const history = async (...show) =>
      idsOf((await ddp.result('loadHistory', rid, null, 3, null, ...show)).messages);
    assert.deepEqual(await history(), [shown._id, answers[2], answers[1]]);
    assert.deepEqual(await history(true), [shown._id, answers[2], answers[1]]);
    const [first, second, third] = await history(false);
    assert.deepEqual([first, second], [shown._id, tmid]);
    assert.ok(third && !answers.includes(third), 'the page is full all the same');
    const login = token('alice');
    const query = `roomId=${rid}&count=3&showThreadMessages=false`;
    const {body} = await rest('GET', `channels.history?${query}`, {login});
    assert.deepEqual(idsOf(body.messages), [first, second, third]);
  });

  it('count what is not loaded, without their answers where those are left out', async () => {
    const {ddp} = await signedIn('alice');
    const {rid} = await thread(ddp);
    const [oldest] = context.chat.messages('consultation');
    const since = {$date: Date.parse(oldest.ts) - 1};
    const asked = await ddp.result('loadHistory', rid, null, 2, since, false);
    const all = context.chat.messages('consultation').filter((message) => !message.tmid);
    assert.equal(asked.unreadNotLoaded, all.length - 2);
    assert.equal(asked.firstUnread._id, oldest._id);
    // An answer in a thread comes first, which is not unread in the room.
    const time = Date.now() + 1000;
    const first = {$date: time - 1};
    for (const [index, text] of ['Answer', 'Next', 'Last'].entries()) {
      const tmid = text === 'Answer' && {tmid: all.at(-1)._id};
      const ts = new Date(time + index).toISOString();
      context.chat.post('bob', 'consultation', text, {ts, ...tmid});
    }
    const later = await ddp.result('loadHistory', rid, null, 1, first, false);
    assert.equal(later.unreadNotLoaded, 1);
    assert.equal(later.firstUnread.msg, 'Next');
  });
});

describe('one message', () => {
  const {context, signedIn, ridOf} = withDdp();

  it('comes with what was said around it', async () => {
    const {ddp} = await signedIn('alice');
    context.chat.createRoom({type: 'p', name: 'long', members: ['alice', 'bob']});
    context.chat.fill('long', 30);
    const all = idsOf(context.chat.messages('long'));
    const around = (index, limit) =>
      ddp.result('loadSurroundingMessages', {_id: all[index], rid: ridOf('long')}, limit);
    const middle = await around(15, 8);
    assert.deepEqual(idsOf(middle.messages), [
      ...all.slice(11, 15).reverse(),
      all[15],
      ...all.slice(16, 19),
    ]);
    assert.deepEqual([middle.moreBefore, middle.moreAfter], [true, true]);
    const first = await around(0, 8);
    assert.deepEqual([first.messages.length, first.moreBefore, first.moreAfter], [4, false, true]);
    const last = await around(29, 8);
    assert.deepEqual([last.messages.length, last.moreBefore, last.moreAfter], [5, true, false]);
    assert.equal((await around(15)).messages.length, 30, '50 by default');
  });

  it('comes alone, or not at all', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'This one');
    assert.equal((await ddp.result('getSingleMessage', _id)).msg, 'This one');
    assert.equal(await ddp.result('getSingleMessage', 'none'), undefined);
    const {_id: others} = context.chat.post('bob', 'case-5820', 'Secret');
    const {error} = await ddp.call('getSingleMessage', others);
    assert.equal(error.error, 'error-not-allowed');
    assert.equal(await ddp.result('loadSurroundingMessages', {_id: others}, 5), false);
  });

  it('tells nobody by name who has read it, as on Community', async () => {
    const {ddp} = await signedIn('alice');
    const {_id} = context.chat.post('bob', 'consultation', 'Seen?');
    const {error} = await ddp.call('getReadReceipts', {messageId: _id});
    assert.equal(error.error, 'error-action-not-allowed');
  });
});

describe('a message that a test makes up', () => {
  const {context, token, rest} = withDdp({remoteControl: true});

  it('has the fields that it is given, and may be long', async () => {
    const post = async (params) => {
      const body = JSON.stringify({username: 'bob', room: 'consultation', ...params});
      const init = {method: 'POST', body};
      return (await fetch(`${context.chat.origin}/__simulator/post`, init)).json();
    };
    const md = [{type: 'NEWER', value: []}];
    const {_id} = await post({text: 'Odd', more: {md, reactions: {':x:': {usernames: ['bob']}}}});
    const {body} = await rest('GET', `chat.getMessage?msgId=${_id}`, {login: token('alice')});
    assert.deepEqual(body.message.md, md);
    assert.deepEqual(body.message.reactions, {':x:': {usernames: ['bob']}});
    const {_id: answer} = await post({text: 'Yes', more: {tmid: _id}});
    const first = context.chat.messages('consultation').find((each) => each._id === _id);
    assert.equal(first.tcount, 1);
    assert.ok(answer);
    const ts = '2020-02-02T02:02:02.020Z';
    await post({text: 'Then', more: {ts}});
    assert.deepEqual([context.chat.messages('consultation')[0].ts], [ts], 'the oldest by now');
    assert.ok(context.chat.room('consultation').lm > ts);
    const long = await post({text: 'x'.repeat(2_000_000)});
    assert.equal(long.msg.length, 2_000_000);
  });
});
