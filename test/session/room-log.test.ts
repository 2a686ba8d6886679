import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import type {ChatMessage} from '../../src/protocol/chat-message.js';
import {OVERLAP, RoomLog, type Missed, type MessageNews} from '../../src/session/room-log.js';

const START = 1_000_000;
const ALICE = {userId: 'u-a', username: 'alice', name: 'Alice'};

const message = (id: string, time: number, fields: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  roomId: 'r',
  text: `${id} 0`,
  time,
  updated: time,
  sender: ALICE,
  ...fields,
});
const edited = (one: ChatMessage, at: number, text: string): ChatMessage => ({
  ...one,
  text,
  updated: at,
  edited: at,
});

/** News for the page, and for a view every state of a message. */
const record = (since = START): {log: RoomLog; told: MessageNews[]; put: ChatMessage[]} => {
  const told: MessageNews[] = [];
  const put: ChatMessage[] = [];
  const tell = (news: MessageNews): unknown =>
    news.type === 'put' ? put.push(news.message) : told.push(news);
  return {log: new RoomLog(since, tell), told, put};
};
const words = (told: readonly MessageNews[]): string[] =>
  told.map((news) =>
    news.type === 'deleted' ? `deleted ${news.id}` : `${news.type} ${news.message.text}`,
  );

/** What happens on the server, one thing after another. */
interface Happening {
  /** Since the one before; ms. */
  readonly pause: number;
  readonly what: 'write' | 'edit' | 'react' | 'delete' | 'blank' | 'remark';
  /** Which of the messages that there are. */
  readonly which: number;
  /** It comes live twice, as two subscriptions tell of it. */
  readonly twice: boolean;
}

/** One connection, by how much happens in each of its parts. */
interface Turn {
  /** What comes live before the drop. */
  readonly live: number;
  /** What nobody tells of. */
  readonly lost: number;
  /** What comes live before the server answers the sync, and is in the answer, too. */
  readonly before: number;
  /** What comes live after that, but before the answer is here. */
  readonly after: number;
  /** The sync is never answered. */
  readonly fails: boolean;
}

const happening = (): fc.Arbitrary<Happening> =>
  fc.record({
    pause: fc.oneof(fc.integer({min: 1, max: 50}), fc.integer({min: 1, max: 5_000})),
    what: fc.constantFrom('write', 'write', 'write', 'edit', 'react', 'delete', 'blank', 'remark'),
    which: fc.nat(1000),
    twice: fc.boolean(),
  });
const few = (): fc.Arbitrary<number> => fc.nat(4);
const aTurn = (): fc.Arbitrary<Turn> =>
  fc.record({live: few(), lost: few(), before: few(), after: few(), fails: fc.boolean()});

/** A room on a server, with three messages of before. */
class Room {
  now = START;
  readonly states = new Map<string, ChatMessage>();
  readonly removed = new Map<string, number>();
  /** How often the text of each message was changed. */
  readonly edits = new Map<string, number>();

  constructor() {
    for (const age of [1, 2, 3]) {
      const old = message(`old${age}`, START - OVERLAP - age);
      this.states.set(old.id, old);
    }
  }

  /** What a live connection is told of it. */
  happen({pause, what, which}: Happening): ChatMessage | string | undefined {
    this.now += pause;
    const {now} = this;
    const id = [...this.states.keys()][which % (this.states.size || 1)];
    if (what === 'write' || what === 'remark' || !id) {
      const kind = what === 'remark' && {kind: 'uj'};
      return this.#put(message(`m${now}`, now, {...kind}));
    }
    const known = this.states.get(id)!;
    if (what === 'delete') {
      this.states.delete(id);
      this.removed.set(id, now);
      return id;
    }
    if (known.kind) return;
    if (what === 'react') return this.#put({...known, updated: now});
    if (what === 'blank') return this.#put({...known, updated: now, kind: 'rm', text: ''});
    const count = (this.edits.get(id) ?? 0) + 1;
    this.edits.set(id, count);
    return this.#put(edited(known, now, `${id} ${count}`));
  }

  changesSince(since: number): Missed {
    return {
      updated: [...this.states.values()].filter(({updated}) => updated > since).reverse(),
      removed: [...this.removed]
        .filter(([, at]) => at > since)
        .map(([id, at]) => ({id, removed: at})),
    };
  }

  #put(state: ChatMessage): ChatMessage {
    this.states.set(state.id, state);
    return state;
  }
}

/** Plays what happens over connections that come and go. @returns what was delivered at least once */
const play = (log: RoomLog, room: Room, story: readonly Happening[], turns: readonly Turn[]) => {
  const delivered = new Set<string>();
  const rest = [...story];
  const next = (count: number, live: boolean): void => {
    for (const each of rest.splice(0, count)) {
      const told = room.happen(each);
      if (!told || !live) continue;
      for (let times = each.twice ? 2 : 1; times; times--) {
        if (typeof told === 'string') log.remove({id: told});
        else log.take(told);
      }
      if (typeof told !== 'string' && told.kind !== 'rm') delivered.add(told.id);
    }
  };
  const sync = (before: number, after: number): void => {
    next(before, true);
    const answer = room.changesSince(log.since);
    next(after, true);
    log.closeGap(answer);
    for (const each of answer.updated) if (each.kind !== 'rm') delivered.add(each.id);
  };
  sync(0, 0);
  for (const {live, lost, before, after, fails} of turns) {
    next(live, true);
    log.openGap();
    next(lost, false);
    if (fails) next(before, true);
    else sync(before, after);
  }
  log.openGap();
  next(rest.length, false);
  sync(0, 0);
  return delivered;
};

describe('RoomLog', () => {
  it('tells each message once, in order, with its last edit, whatever was lost on the way', () => {
    const stories = fc.tuple(
      fc.array(happening(), {maxLength: 60}),
      fc.array(aTurn(), {maxLength: 10}),
    );
    fc.assert(
      fc.property(stories, ([story, turns]) => {
        const room = new Room();
        const {log, told} = record();
        const delivered = play(log, room, story, turns);
        const fresh = told.flatMap((news) => (news.type === 'new' ? [news.message] : []));
        expect(fresh.map(({time}) => time)).to.deep.equal(
          fresh.map(({time}) => time).sort((a, b) => a - b),
        );
        for (const id of new Set([...room.states.keys(), ...room.removed.keys(), ...delivered])) {
          const state = room.states.get(id);
          const gone = !state || state.kind === 'rm';
          const news = told.filter(
            (each) => (each.type === 'deleted' ? each.id : each.message.id) === id,
          );
          const count = (type: string): number => news.filter((each) => each.type === type).length;
          const old = id.startsWith('old');
          const most = old || state?.kind === 'uj' ? 0 : 1;
          if (gone) expect(count('new'), id).to.be.at.most(most);
          else expect(count('new'), id).to.equal(most);
          expect(count('deleted'), id).to.equal(gone ? 1 : 0);
          const edits = room.edits.get(id) ?? 0;
          expect(count('edited'), id).to.be.at.most(edits);
          if (!gone && edits) {
            const last = news.at(-1) as {message: ChatMessage};
            expect(last.message.text).to.equal(`${id} ${edits}`);
          }
          if (gone && news.length) expect(news.at(-1)!.type).to.equal('deleted');
        }
      }),
      {numRuns: 3000},
    );
  });

  it('tells nothing while there may be a gap, and then what was missed before what came live', () => {
    const {log, told} = record();
    log.take(message('live', START + 9));
    expect(told).to.deep.equal([]);
    log.closeGap({updated: [message('b', START + 5), message('a', START + 3)], removed: []});
    expect(words(told)).to.deep.equal(['new a 0', 'new b 0', 'new live 0']);
    log.take(message('now', START + 10));
    expect(words(told).at(-1)).to.equal('new now 0');
  });

  it('keeps what came live over a sync that has failed', () => {
    const {log, told} = record();
    log.closeGap();
    log.openGap();
    log.take(message('a', START + 1));
    log.openGap();
    expect(log.since).to.equal(START - OVERLAP);
    log.take(message('b', START + 2));
    log.closeGap();
    expect(words(told)).to.deep.equal(['new a 0', 'new b 0']);
  });

  it('asks from a while before the last change that it knows, and never beyond a gap', () => {
    const {log} = record();
    expect(log.since).to.equal(START - OVERLAP);
    log.closeGap();
    log.take(message('a', START + 5_000));
    expect(log.since).to.equal(START + 5_000 - OVERLAP);
    log.openGap();
    log.take(message('b', START + 90_000));
    log.remove({id: 'c', removed: START + 95_000});
    expect(log.since).to.equal(START + 5_000 - OVERLAP);
    log.closeGap();
    expect(log.since).to.equal(START + 95_000 - OVERLAP);
    expect(record(5).log.since).to.equal(0);
  });

  it('takes what an older state says for no reason to go back', () => {
    const {log} = record();
    log.closeGap();
    log.take(message('a', START + 5_000));
    log.take(message('b', START + 1));
    expect(log.since).to.equal(START + 5_000 - OVERLAP);
  });

  it('does not take for new what was written before the start, be it in the overlap', () => {
    const {log, told} = record();
    const before = [1, 1_000, OVERLAP - 1, 10 * OVERLAP].map((age) =>
      message(`old${age}`, START - age),
    );
    log.closeGap({updated: before, removed: []});
    log.openGap();
    log.closeGap({updated: before.map((each) => ({...each, updated: START + 1})), removed: []});
    expect(told).to.deep.equal([]);
  });

  it('takes for new what comes live a little late', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('late', START - 100));
    expect(words(told)).to.deep.equal(['new late 0']);
  });

  it('does not take an old message for new because somebody has reacted to it', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('old', START - 86_400_000, {updated: START + 9}));
    log.openGap();
    log.closeGap({
      updated: [message('other', START - 86_400_000, {updated: START + 20})],
      removed: [],
    });
    expect(told).to.deep.equal([]);
  });

  it('does not take for new what was written just before the start and is changed much later', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('reacted', START - 500, {updated: START + 60_000}));
    expect(told).to.deep.equal([]);
  });

  it('does not take for new what is changed that was written long before all that it knows', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('a', START + 50_000));
    log.take(message('live', START + 10_000, {updated: START + 60_000}));
    log.openGap();
    const missed = message('missed', START + 20_000, {updated: START + 70_000});
    log.closeGap({updated: [missed], removed: []});
    expect(words(told)).to.deep.equal(['new a 0']);
  });

  it('takes for new what comes live and was long on its way in the server', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('a', START + 50_000));
    log.take(message('slow', START + 40_000, {updated: START + 51_000}));
    expect(words(told)).to.deep.equal(['new a 0', 'new slow 0']);
  });

  it('takes for new what was both written and changed while nothing came', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('a', START + 5_000));
    log.openGap();
    const changed = edited(message('b', START + 10_000), START + 90_000, 'b 1');
    log.closeGap({updated: [changed], removed: []});
    expect(words(told)).to.deep.equal(['new a 0', 'new b 1']);
  });

  it('does not take for an edit a reaction to a message that was edited long ago', () => {
    const {log, told} = record();
    log.closeGap();
    const old = {edited: START - 8e6, updated: START + 5_000};
    log.take(message('live', START - 9e6, old));
    log.openGap();
    log.closeGap({updated: [message('missed', START - 9e6, old)], removed: []});
    expect(told).to.deep.equal([]);
  });

  it('tells of an edit of a message of before the start, live or missed, once', () => {
    const {log, told} = record();
    log.closeGap();
    const live = edited(message('live', START - 86_400_000), START + 9, 'live 1');
    log.take(live);
    log.take(live);
    const missed = edited(message('missed', START - 86_400_000), START + 20, 'missed 1');
    log.openGap();
    log.closeGap({updated: [live, missed], removed: []});
    log.take(missed);
    expect(words(told)).to.deep.equal(['edited live 1', 'edited missed 1']);
  });

  it('tells each edit of a message, but no other change of it', () => {
    const {log, told} = record();
    log.closeGap();
    const one = message('a', START + 1);
    log.take(one);
    log.take({...one, updated: START + 2});
    const first = edited(one, START + 3, 'a 1');
    log.take(first);
    log.take({...first, updated: START + 4});
    log.take(edited(one, START + 5, 'a 2'));
    expect(words(told)).to.deep.equal(['new a 0', 'edited a 1', 'edited a 2']);
  });

  it('tells what Rocket.Chat itself remarks to nobody, but that a message was deleted', () => {
    const {log, told} = record();
    log.closeGap();
    for (const kind of ['uj', 'ul', 'discussion-created', 'message_pinned', 'videoconf'])
      log.take(message(kind, START + 1, {kind}));
    log.take(message('a', START + 2, {kind: 'e2e'}));
    log.take(message('a', START + 2, {kind: 'rm', updated: START + 3}));
    log.take(message('a', START + 2, {kind: 'rm', updated: START + 3}));
    log.remove({id: 'a'});
    expect(words(told)).to.deep.equal(['new a 0', 'deleted a']);
  });

  it('tells a view each state of a message once, in order: old ones, reactions and remarks, too', () => {
    const {log, told, put} = record();
    const old = message('old', START - 50_000, {updated: START + 5});
    const remark = message('remark', START + 20, {kind: 'uj'});
    const first = message('a', START + 10);
    const reacted = {...first, updated: START + 30};
    log.take(first);
    expect(put, 'in a gap').to.deep.equal([]);
    log.closeGap({updated: [remark, old, first], removed: []});
    log.take(reacted);
    log.take(reacted);
    log.take(first);
    expect(put).to.deep.equal([old, first, remark, reacted]);
    expect(words(told)).to.deep.equal(['new a 0']);
  });

  it('tells a deletion at once, also in a gap, and nothing of that message afterwards', () => {
    const {log, told} = record();
    log.closeGap();
    log.take(message('a', START + 1));
    log.openGap();
    log.take(message('b', START + 2));
    log.remove({id: 'a'});
    log.remove({id: 'b'});
    log.closeGap({
      updated: [message('b', START + 2)],
      removed: [{id: 'a', removed: START + 3}],
    });
    expect(words(told)).to.deep.equal(['new a 0', 'deleted a', 'deleted b']);
  });
});
