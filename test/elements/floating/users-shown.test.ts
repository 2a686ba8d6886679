import {expect} from '@open-wc/testing';

import type {UsersOptions} from '../../../src/elements/floating/users.js';
import type {WidgetProperties} from '../../../src/elements/floating/widget-options.js';
import {write} from '../../../src/widget/write.js';
import {FakeBroker, usersBefore} from '../../support/users-scene.js';
import {waitUntil} from '../../support/wait.js';

/** A widget that knows Bob, whose alias is dr-bob. */
const scene = async (given: WidgetProperties = {}, options: Partial<UsersOptions> = {}) => {
  const broker = new FakeBroker({'dr-bob': 'bob'});
  broker.names['bob'] = 'Bob Keller';
  const {users, changes} = usersBefore(broker, {given, ...options});
  await users.aliasesOf(['bob', 'dora']);
  return {broker, users, changes, given};
};

/** What `create()` gives a widget of compat whose page has no formatter. */
const inCompat = (): WidgetProperties => {
  const host = document.createElement('div');
  write(host, {accessToken: 'token'}, true);
  return host as WidgetProperties;
};

const provider = (aliases: readonly string[]) =>
  aliases.map((userAlias) => ({
    userAlias,
    firstName: 'Robert',
    image: 'https://cdn.example.com/bob.png',
  }));

describe('what people are called', () => {
  it('is what Rocket.Chat calls them', async () => {
    const {users} = await scene();
    expect(users.person('bob')).to.deep.equal({name: 'Bob Keller'});
    expect(users.person('dora')).to.deep.equal({name: 'dora'});
    users.called('dora', 'Dora\u202e Ng');
    expect(users.person('dora')).to.deep.equal({name: 'Dora Ng'});
  });

  it('is what rooms and messages say, where that is another name than the broker heard', async () => {
    const {users, changes} = await scene();
    users.person('bob');
    const before = changes();
    users.called('bob', 'Bob Keller-Ng');
    expect(changes()).to.equal(before + 1);
    expect(users.person('bob').name).to.equal('Bob Keller-Ng');
    users.called('bob', 'Bob Keller-Ng');
    users.called('carol', 'Nobody looks');
    users.called('bob', '');
    users.called('bob', 'x'.repeat(100_000));
    expect(changes()).to.equal(before + 1);
  });

  it('is the alias in compat, also where the page has a provider that tells nothing', async () => {
    const {userDetailsFormatter} = inCompat();
    for (const userDetailsProvider of [undefined, () => []]) {
      const {users} = await scene({userDetailsFormatter, userDetailsProvider});
      for (let asked = 0; asked < 2; asked++) {
        expect(users.person('bob').name).to.equal('dr-bob');
        expect(users.person('dora').name).to.equal('@dora');
        await users.aliasesOf(['x']);
      }
      // Until the alias is known.
      users.called('carol', 'Carol');
      expect(users.person('carol').name).to.equal('Carol');
    }
  });

  it('is what the formatter makes of the name, where the page has no provider', async () => {
    const {users} = await scene({
      userDetailsFormatter: ({userAlias, name}) => `${String(name)} (${userAlias})`,
    });
    expect(users.person('bob').name).to.equal('Bob Keller (dr-bob)');
    expect(users.person('dora').name).to.equal('dora (@dora)');
  });

  it('is the whole name also by a formatter that takes it in two', async () => {
    const {users} = await scene({
      userDetailsFormatter: (user) => `${String(user['firstName'])} ${String(user['lastName'])}`,
    });
    const called = {bob: 'Bob Keller', dora: 'Dora', erin: 'Erin Anne Ng', carol: ' Carol  King '};
    for (const [username, name] of Object.entries(called)) users.called(username, name);
    await users.aliasesOf(Object.keys(called));
    const names = Object.keys(called).map((username) => users.person(username).name);
    expect(names).to.deep.equal(['Bob Keller', 'Dora', 'Erin Anne Ng', 'Carol King']);
  });

  it('is what the formatter makes of what the provider tells', async () => {
    const asked: (readonly string[])[] = [];
    const {users, changes} = await scene({
      userDetailsProvider: (aliases) => {
        asked.push(aliases);
        return provider(aliases);
      },
      userDetailsFormatter: ({firstName}) => String(firstName),
    });
    const before = changes();
    expect(users.person('bob')).to.deep.equal({name: 'Bob Keller'});
    expect(users.person('dora')).to.deep.equal({name: 'dora'});
    await waitUntil(() => changes() > before);
    const image = 'https://cdn.example.com/bob.png';
    expect(users.person('bob')).to.deep.equal({name: 'Robert', image});
    // Of who has no alias the page knows nothing.
    expect(users.person('dora')).to.deep.equal({name: 'dora'});
    expect(asked).to.deep.equal([['dr-bob']]);
  });

  it('is the default where the provider tells nothing: no formatter is given half a user', async () => {
    let formatted = 0;
    const {users, changes} = await scene({
      userDetailsProvider: (aliases) => (aliases.includes('erin') ? provider(['erin']) : []),
      userDetailsFormatter: ({firstName, lastName}) => {
        formatted += 1;
        return `${String(firstName)} ${String(lastName)}`;
      },
    });
    users.person('bob');
    const before = changes();
    await users.aliasesOf(['x']);
    await waitUntil(() => changes() > before);
    expect(users.person('bob').name).to.equal('Bob Keller');
    expect(formatted).to.equal(0);
  });

  it('has pictures only where they can be shown', async () => {
    for (const image of ['javascript:alert(1)', 'http://cdn.example.com/bob.png', {}, 7]) {
      const {users, changes} = await scene({
        userDetailsProvider: (aliases) =>
          aliases.map((userAlias) => ({userAlias, image})) as ReturnType<typeof provider>,
      });
      users.person('bob');
      const before = changes();
      await waitUntil(() => changes() > before);
      expect(users.person('bob')).to.deep.equal({name: 'Bob Keller'});
    }
  });

  it('is asked of the formatter once, until something is another', async () => {
    let formatted = 0;
    const {users} = await scene({
      userDetailsFormatter: ({name}) => {
        formatted += 1;
        return String(name);
      },
    });
    const first = users.person('bob');
    expect(users.person('bob')).to.equal(first);
    expect(formatted).to.equal(1);
    users.called('bob', 'Robert');
    expect(users.person('bob').name).to.equal('Robert');
    expect(formatted).to.equal(2);
  });

  it('is the alias where the formatter fails', async () => {
    const {users} = await scene({
      userDetailsFormatter: () => {
        throw new Error('x');
      },
    });
    expect(users.person('bob').name).to.equal('dr-bob');
    expect(users.person('dora').name).to.equal('@dora');
  });
});

describe('another formatter or provider', () => {
  it('counts from the next time on, and is told of', async () => {
    const {users, changes, given} = await scene({userDetailsFormatter: () => 'One'});
    expect(users.person('bob').name).to.equal('One');
    const before = changes();
    users.follow();
    expect(changes()).to.equal(before);
    given.userDetailsFormatter = () => 'Two';
    users.follow();
    expect(changes()).to.equal(before + 1);
    expect(users.person('bob').name).to.equal('Two');
    given.userDetailsFormatter = null;
    expect(users.person('bob').name).to.equal('Bob Keller');
  });

  it('makes what the one before told be forgotten', async () => {
    const {users, changes, given} = await scene({userDetailsProvider: provider});
    users.person('bob');
    await waitUntil(() => users.person('bob').image !== undefined);
    const before = changes();
    given.userDetailsProvider = undefined;
    users.follow();
    expect(changes()).to.equal(before + 1);
    expect(users.person('bob')).to.deep.equal({name: 'Bob Keller'});
  });

  it('is none where it is no function', async () => {
    const {users, given} = await scene();
    for (const odd of ['x', 7, {}, []]) {
      Object.assign(given, {userDetailsFormatter: odd, userDetailsProvider: odd});
      users.follow();
      expect(users.person('bob').name).to.equal('Bob Keller');
    }
  });
});
