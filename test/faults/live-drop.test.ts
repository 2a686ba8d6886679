import {expect} from '@open-wc/testing';

import {field} from '../../src/protocol/guards.js';
import {OVERLAP} from '../../src/session/room-log.js';
import {CALM, setupLive} from '../support/live.js';
import {watchSockets} from '../support/live-sockets.js';
import {watchTimers} from '../support/on-time.js';
import {uncaught} from '../support/uncaught.js';

describe('F10: a connection that drops', () => {
  it('is tried again within a second, by default', async () => {
    const sockets = watchSockets(watchTimers());
    const {proxied, live} = await setupLive({pace: undefined});
    const waits: number[] = [];
    for (let drops = 0; drops < 10; drops++) {
      const {ever} = await proxied.counters();
      await live.loses(proxied.fault(drops % 2 ? 'drop' : 'reset'));
      await live.live();
      expect((await proxied.counters()).ever).to.equal(ever + 1);
      waits.push(sockets.of('made').at(-1)!.at - sockets.of('closed').at(-1)!.at);
    }
    expect(Math.max(...waits)).to.be.below(1_000);
    expect(Math.min(...waits)).to.be.at.least(0);
  });

  it('is complete within four round trips after the socket has opened', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({pace: CALM});
    const old = await remote.post('bob', 'followed', 'before');
    const gone = await remote.post('bob', 'other', 'not for long');
    await live.hears('not for long');
    for (let drops = 0; drops < 5; drops++) {
      await live.loses(proxied.fault('refuse'));
      await remote.edit('bob', 'followed', old._id, `edited ${drops}`);
      if (!drops) await remote.remove('bob', 'other', gone._id);
      for (const room of ['followed', 'other', 'unfollowed', 'quiet'])
        await remote.post('bob', room, `${room} ${drops}`);
      await proxied.fault('listenAgain');
      await live.live();
      expect(sockets.roundTrips).to.be.within(2, 4);
      for (const room of ['followed', 'other', 'unfollowed', 'quiet'])
        expect(live.received).to.include(`${room} ${drops}`);
      const changes = live.facts.flatMap((fact) =>
        fact.type === 'message-changed' ? [fact.detail.text ?? fact.detail.id] : [],
      );
      expect(changes).to.include(`edited ${drops}`).and.to.include(gone._id);
    }
  });

  it('sends what was given to it meanwhile as soon as it is back, in order', async () => {
    const {proxied, live, remote, idOf} = await setupLive({pace: CALM});
    await live.loses(proxied.fault('refuse'));
    const sent = ['one', 'two', 'three'].map((text) => live.session.send(idOf('quiet'), text));
    await proxied.fault('listenAgain');
    await Promise.all(sent);
    const texts = (await remote.messages('quiet')).map(({msg}) => msg);
    expect(texts).to.deep.equal(['one', 'two', 'three']);
  });

  it('asks what was missed only when the server has said that it tells what comes', async () => {
    const sockets = watchSockets();
    const {proxied, live} = await setupLive({pace: CALM});
    await live.loses(proxied.fault('drop'));
    await live.live();
    const {socket} = sockets.log.at(-1)!;
    const frames = sockets.log.flatMap((each) => (each.socket === socket ? [each.frame] : []));
    const asked = frames.findIndex((frame) => field(frame, 'method') === 'messages/get');
    const subscribed = frames.flatMap((frame) =>
      field(frame, 'msg') === 'sub' ? [field(frame, 'id')] : [],
    );
    const ready = frames
      .slice(0, asked)
      .flatMap((frame) => (field(frame, 'msg') === 'ready' ? field(frame, 'subs') : []));
    expect(subscribed.length).to.be.above(3);
    expect(ready).to.have.members(subscribed);
  });

  it('has what was missed in a room that is not open, where only the second connection holds', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({pace: CALM});
    await live.loses(proxied.fault('refuse'));
    await remote.post('bob', 'unfollowed', 'missed');
    // Away for so long that what a sync asks for twice does not hide what it should have asked for.
    const written = performance.now();
    await sockets.until(() => sockets.of('made').at(-1)!.at - written > OVERLAP);
    sockets.withheld.add('rooms/get');
    await proxied.fault('listenAgain');
    await sockets.until(() => sockets.calls('rooms/get').length === 2);
    const news = (): number =>
      sockets.of('heard').filter(({frame}) => JSON.stringify(frame).includes('/rooms-changed"'))
        .length;
    const before = news();
    await remote.post('bob', 'followed', 'live');
    await sockets.until(() => news() > before);
    sockets.withheld.clear();
    await proxied.fault('reset');
    await live.live();
    expect(live.received).to.have.members(['missed', 'live']);
  });

  it('throws nothing where it breaks while what was missed is asked for', async () => {
    const errors = uncaught();
    const {proxied, live, remote} = await setupLive({pace: CALM});
    for (let bytes = 500; bytes < 20_000; bytes += 500) {
      await proxied.fault('cutAfter', {bytes, times: 1});
      await live.loses(proxied.fault('reset'));
      await remote.post('bob', 'other', String(bytes));
      await live.live();
    }
    expect(errors).to.deep.equal([]);
    await remote.post('bob', 'other', 'the end');
    await live.hears('the end');
    expect(new Set(live.received).size).to.equal(live.received.length);
  });

  it('tells an edit once of a message that was followed by more than a thousand', async () => {
    const {proxied, live, remote} = await setupLive({pace: CALM});
    const first = await remote.post('bob', 'followed', 'old');
    const steps = Array.from({length: 1_100}, (_, index) => ({
      ...({command: 'post', username: 'bob', room: 'followed'} as const),
      text: String(index),
    }));
    await remote.batch(steps);
    await live.hears('1099');
    await remote.edit('bob', 'followed', first._id, 'new');
    await live.until(() => live.facts.some(({type}) => type === 'message-changed'));
    await live.loses(proxied.fault('drop'));
    await live.live();
    await remote.post('bob', 'followed', 'the end');
    await live.hears('the end');
    const changes = live.facts.filter(({type}) => type === 'message-changed');
    expect(changes).to.have.length(1);
    expect(live.received).to.have.length(1_102);
  });

  it('comes back where the user was taken out of an open room meanwhile, and tells the rest', async () => {
    const {proxied, live, remote} = await setupLive({pace: CALM});
    await live.loses(proxied.fault('refuse'));
    await remote.removeMember('followed', 'alice');
    await remote.post('bob', 'followed', 'not for alice');
    await remote.post('bob', 'other', 'for alice');
    await proxied.fault('listenAgain');
    await live.live();
    expect(live.received).to.deep.equal(['for alice']);
    expect(live.session.directory.rooms.map(({name}) => name)).not.to.include('followed');
  });
});
