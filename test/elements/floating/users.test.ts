import {expect} from '@open-wc/testing';

import {BOOK_TIMES} from '../../../src/elements/floating/alias-book.js';
import {ORDER} from '../../../src/elements/floating/in-order.js';
import {ASKING} from '../../../src/elements/floating/user-questions.js';
import {PexipChatError} from '../../../src/errors.js';
import {HttpFailure} from '../../../src/transport/http-failure.js';
import {ODD_VALUES} from '../../protocol/hostile.js';
import {FakeBroker, usersBefore} from '../../support/users-scene.js';
import {waitUntil} from '../../support/wait.js';

const OWN = [{...ORDER}, {...BOOK_TIMES}, {...ASKING}] as const;
afterEach(() => {
  Object.assign(ORDER, OWN[0]);
  Object.assign(BOOK_TIMES, OWN[1]);
  Object.assign(ASKING, OWN[2]);
});

const refused = async (promise: Promise<unknown>): Promise<PexipChatError> => {
  const error = await promise.then(
    (value) => expect.fail(`resolved with ${String(value)}`),
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(PexipChatError);
  return error as PexipChatError;
};

describe('the aliases of people', () => {
  it('are what the broker says, in the order asked', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob', '4711': 'carol'});
    const {users} = usersBefore(broker);
    expect(await users.aliasesOf(['carol', 'bob'])).to.deep.equal(['4711', 'dr-bob']);
    expect(await users.aliasesOf([])).to.deep.equal([]);
  });

  it('are @username for people without one', async () => {
    const {users} = usersBefore(new FakeBroker({'dr-bob': 'bob'}));
    expect(await users.aliasesOf(['bob', 'dora'])).to.deep.equal(['dr-bob', '@dora']);
    expect(users.aliasOf('dora')).to.equal('@dora');
  });

  it('are asked for once, all of one task in one request', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob', '4711': 'carol'});
    const {users} = usersBefore(broker);
    const first = users.aliasesOf(['bob', 'dora']);
    expect(users.aliasOf('carol')).to.equal(undefined);
    await Promise.resolve();
    const name = users.usernameOf('4711');
    void users.aliasesOf(['bob', 'carol']);
    await first;
    expect(await name).to.equal('carol');
    expect(broker.questions).to.deep.equal([
      {aliases: ['4711'], usernames: ['bob', 'dora', 'carol']},
    ]);
    await users.aliasesOf(['dora', 'carol', 'bob']);
    expect(broker.questions).to.have.length(1);
  });

  it('are asked for one request at a time: what comes meanwhile goes into the next one', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    const held = broker.hold();
    const first = users.aliasesOf(['bob']);
    await waitUntil(() => broker.questions.length === 1);
    const others = ['u1', 'u2', 'u3'].map((each) => users.aliasesOf([each]));
    held.resolve();
    await Promise.all([first, ...others]);
    expect(broker.questions.map(({usernames}) => usernames)).to.deep.equal([
      ['bob'],
      ['u1', 'u2', 'u3'],
    ]);
  });

  it('are asked for by the hundred, and in addresses that servers take', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    await users.aliasesOf(Array.from({length: 250}, (_, n) => `user-${n}`));
    expect(broker.questions.map(({usernames}) => usernames.length)).to.deep.equal([100, 100, 50]);
    broker.questions.length = 0;
    await users.aliasesOf(Array.from({length: 20}, (_, n) => `${n}${'ä'.repeat(250)}`));
    expect(broker.questions.length).to.be.greaterThan(4);
    for (const {usernames} of broker.questions)
      expect(encodeURIComponent(usernames.join()).length).to.be.lessThan(8_000);
  });

  it('are known at once when they were told, and a change is told of', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users, changes} = usersBefore(broker);
    expect(users.aliasOf('bob')).to.equal(undefined);
    await waitUntil(() => changes() === 1);
    expect(users.aliasOf('bob')).to.equal('dr-bob');
    expect(broker.questions).to.have.length(1);
  });

  it('know their usernames, too, without another question', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    await users.aliasesOf(['bob']);
    expect(await users.usernameOf('dr-bob')).to.equal('bob');
    expect(broker.questions).to.have.length(1);
  });

  it('of who has none are asked for again after a while', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    BOOK_TIMES.none = 0;
    expect(await users.aliasesOf(['erin'])).to.deep.equal(['@erin']);
    broker.known['erin-ng'] = 'erin';
    expect(await users.aliasesOf(['erin'])).to.deep.equal(['erin-ng']);
  });

  it('are not asked for by names that can be none', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    const long = 'x'.repeat(300);
    expect(await users.aliasesOf(['', long])).to.deep.equal(['@', `@${long}`]);
    expect(broker.questions).to.deep.equal([]);
  });
});

describe('the order of events', () => {
  it('is that in which they came, whoever is known first', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob', '4711': 'carol'});
    const {users} = usersBefore(broker);
    await users.aliasesOf(['carol']);
    const heard: string[] = [];
    const held = broker.hold();
    const [first, second, third] = [['bob'], ['carol'], []].map((people) =>
      users.aliasesOf(people).then((aliases) => heard.push(aliases.join())),
    );
    await waitUntil(() => broker.questions.length === 2);
    expect(heard).to.deep.equal([]);
    held.resolve();
    await Promise.all([first, second, third]);
    expect(heard).to.deep.equal(['dr-bob', '4711', '']);
  });

  it('keeps nobody waiting for a broker that hangs', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    broker.hold();
    ORDER.patience = 30;
    const heard = await Promise.all(
      Array.from({length: 50}, (_, n) => users.aliasesOf([n ? `u${n}` : 'bob'])),
    );
    expect(heard.flat().slice(0, 3)).to.deep.equal(['@bob', '@u1', '@u2']);
  });

  it('has the right alias for those who come after an answer that was late', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users, changes} = usersBefore(broker);
    const held = broker.hold();
    ORDER.patience = 10;
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
    held.resolve();
    await waitUntil(() => changes() > 0);
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['dr-bob']);
  });

  it('has a patience of ten seconds', () => expect(OWN[0]).to.deep.equal({patience: 10_000}));
});

describe('the username of an alias', () => {
  it('is asked of the broker', async () => {
    const {users} = usersBefore(new FakeBroker({'dr-bob': 'bob'}));
    expect(await users.usernameOf('dr-bob')).to.equal('bob');
    expect(users.aliasOf('bob')).to.equal('dr-bob');
  });

  it('is refused where nobody has the alias, which is compared exactly', async () => {
    const {users} = usersBefore(new FakeBroker({'dr-bob': 'bob'}));
    for (const alias of ['bob', 'Dr-Bob', 'dr-bob ', 'nobody', '@']) {
      const {code, message} = await refused(users.usernameOf(alias));
      expect(code).to.equal('user-not-found');
      expect(message).to.include(`"${alias.trim()}"`);
    }
  });

  it('is refused, without a question, for what can be no alias', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    for (const odd of [
      ...ODD_VALUES.filter((each) => typeof each !== 'string'),
      '',
      'x'.repeat(257),
    ])
      expect((await refused(users.usernameOf(odd as string))).code).to.equal('user-not-found');
    expect(broker.questions).to.deep.equal([]);
  });

  it('has no line break and no turned text in the error', async () => {
    const {users} = usersBefore(new FakeBroker());
    const {message} = await refused(users.usernameOf('x\n\u202eadmin'));
    expect(message).to.match(/"x admin"/);
  });

  it('is what stands behind the @ of who has no alias', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    expect(await users.usernameOf('@dora')).to.equal('dora');
    // One name for one person, but the other one is no riddle.
    expect(await users.usernameOf('@bob')).to.equal('bob');
  });

  it('is asked for in a list, as one alias alone that nobody has is a failed request', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    expect(await users.usernameOf('@bob')).to.equal('bob');
    expect(broker.questions).to.deep.equal([{aliases: ['@bob', 'bob'], usernames: []}]);
  });

  it('is never that of the alias without the @', async () => {
    const {users} = usersBefore(new FakeBroker({bob: 'robert'}));
    expect(await users.usernameOf('@bob')).to.equal('bob');
  });

  it('is that of the alias where one begins with @', async () => {
    const {users} = usersBefore(new FakeBroker({'@dora': 'mallory'}));
    expect(await users.usernameOf('@dora')).to.equal('mallory');
  });

  it('is not "nobody" where the broker does not tell', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    broker.next.push({users: [], complete: false}, new HttpFailure(401), '<html>');
    for (let n = 0; n < 3; n += 1)
      expect((await refused(users.usernameOf('dr-bob'))).code).to.equal('broker-failed');
    expect(await users.usernameOf('dr-bob')).to.equal('bob');
  });
});

describe('the status of an alias', () => {
  it('is what the broker says now, who then need not be looked up', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    const card = {alias: 'dr-bob', username: 'bob'};
    broker.next.push({...card, status: 'busy'}, {...card, status: 'odd'});
    expect(await users.statusOf('dr-bob')).to.equal('busy');
    expect(await users.statusOf('dr-bob')).to.equal('offline');
    expect(await users.usernameOf('dr-bob')).to.equal('bob');
    expect(broker.questions).to.have.length(2);
  });

  it('is none of nobody', async () => {
    const {users} = usersBefore(new FakeBroker());
    expect(await users.statusOf('nobody')).to.equal(undefined);
  });

  it('is not "offline" where the broker does not tell, or of somebody else', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    const other = {alias: 'carol', username: 'carol', status: 'online'};
    broker.next.push({users: [], complete: false}, new HttpFailure(429), '<html>', other);
    for (let n = 0; n < 4; n += 1)
      expect((await refused(users.statusOf('dr-bob'))).code).to.equal('broker-failed');
  });
});

describe('a broker that fails', () => {
  it('is asked again, when it says so', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    broker.next.push(new HttpFailure(429, undefined, 5), new HttpFailure(503, undefined, 5));
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['dr-bob']);
    expect(broker.questions).to.have.length(3);
  });

  it('is asked three times, and then again for what comes later', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users} = usersBefore(broker);
    BOOK_TIMES.untold = 0;
    broker.next.push(...Array<Error>(3).fill(new HttpFailure(0, undefined, 1)));
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
    expect(broker.questions).to.have.length(3);
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['dr-bob']);
  });

  it('is not asked again and again about who it could not tell of', async () => {
    const broker = new FakeBroker({'dr-bob': 'bob'});
    const {users, changes} = usersBefore(broker);
    broker.next.push({users: [], complete: false});
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
    await waitUntil(() => changes() === 1);
    // Not known is not the same as none.
    expect(users.aliasOf('bob')).to.equal(undefined);
    expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
    expect(broker.questions).to.have.length(1);
  });

  it('that refuses is not asked again', async () => {
    for (const status of [400, 401, 403, 404]) {
      const broker = new FakeBroker();
      const {users} = usersBefore(broker);
      broker.next.push(new HttpFailure(status));
      expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
      expect(broker.questions).to.have.length(1);
    }
  });

  for (const [what, answer] of [
    ['nothing', undefined],
    ['another text', 'bob'],
    ['a list that is none', {users: {0: {alias: 'x', username: 'bob'}}, complete: true}],
    ['somebody else', {users: [{alias: 'boss', username: 'admin'}], complete: false}],
    ['no alias', {users: [{alias: {}, username: 'bob'}], complete: false}],
  ] as const) {
    it(`answers with ${what}, and nobody is another for that`, async () => {
      const broker = new FakeBroker({'dr-bob': 'bob', boss: 'root'});
      const {users} = usersBefore(broker);
      broker.next.push(answer);
      expect(await users.aliasesOf(['bob'])).to.deep.equal(['@bob']);
      expect(await users.usernameOf('boss')).to.equal('root');
    });
  }
});

describe('what is kept of people', () => {
  it('does not grow without end', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    ASKING.waiting = 100_000;
    await users.aliasesOf(Array.from({length: 5_100}, (_, n) => `user-${n}`));
    const before = broker.questions.length;
    await users.aliasesOf(['user-5099']);
    expect(broker.questions).to.have.length(before);
    await users.aliasesOf(['user-0']);
    expect(broker.questions).to.have.length(before + 1);
  });

  it('does not grow while a broker hangs', async () => {
    const broker = new FakeBroker();
    const {users} = usersBefore(broker);
    const held = broker.hold();
    ASKING.waiting = 10;
    for (let n = 0; n < 50; n += 1) users.aliasOf(`user-${n}`);
    held.resolve();
    await users.aliasesOf(['user-0']);
    expect(broker.questions.flatMap(({usernames}) => usernames)).to.have.length(10);
  });

  it('is nothing that waits once the widget is gone', async () => {
    const broker = new FakeBroker();
    const {users, changes} = usersBefore(broker);
    const held = broker.hold();
    const pending = users.aliasesOf(['bob']);
    const name = refused(users.usernameOf('dr-bob'));
    await waitUntil(() => broker.questions.length === 1);
    users.stop();
    expect(await pending).to.deep.equal(['@bob']);
    expect((await name).code).to.equal('broker-failed');
    held.resolve();
    expect(await users.aliasesOf(['carol'])).to.deep.equal(['@carol']);
    expect(broker.questions).to.have.length(1);
    expect(changes()).to.equal(0);
  });
});
