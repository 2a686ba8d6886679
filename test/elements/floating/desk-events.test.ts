import {expect} from '@open-wc/testing';

import {simulators, startProxied} from 'test-simulators';
import {codeOf, setupDesk} from '../../support/desk-scene.js';
import {otherClient} from '../../support/other-client.js';
import {waitUntil} from '../../support/wait.js';

const setup = async (...options: Parameters<typeof setupDesk>) => {
  const made = await setupDesk(...options);
  await made.scene.live();
  await made.scene.until('widget-chat-loaded');
  const {workspace, other, server, room} = made;
  /** The other person's own client. */
  const theirs = async () => otherClient(server, await workspace.token(other.username));
  /** One that writes with these fingers. */
  const types = async (on = true) => {
    const client = await theirs();
    const what = on ? ['user-typing'] : [];
    await client.call('stream-notify-room', `${room._id}/user-activity`, other.username, what, {});
    client.end();
  };
  return {...made, theirs, types};
};

const proxiedWorkspace = async (settings = {}) => {
  const proxied = await startProxied(settings);
  return {server: proxied.origin, direct: proxied.direct, proxied};
};

describe('widget-chat-loaded', () => {
  it('tells of each chat once after the sign-in, with all that is documented', async () => {
    const {again, workspace, me, other, room, write} = await setup();
    const {ts} = await write('The *latest*');
    const scene = again();
    const [told, ...more] = await scene.until('widget-chat-loaded');
    expect(more).to.deep.equal([]);
    expect(told).to.deep.equal({
      chat: room._id,
      participants: [me.username, other.username],
      lastMessage: {author: other.username, message: 'The *latest*', timestamp: new Date(ts)},
      unreadMessages: 1,
      dateCreated: new Date(room.ts),
      createdBy: me.username,
    });
    expect((await workspace.room(room._id)).u.username).to.equal(me.username);
  });

  it('tells of a new one, who made it and nobody else, as it is no direct message', async () => {
    const {scene, workspace, other, me} = await setup();
    const name = `new-${crypto.randomUUID().slice(0, 8)}`;
    const members = [other.username, me.username];
    const {_id, ts} = await workspace.createRoom({type: 'p', name, members});
    const [, told] = await scene.until('widget-chat-loaded', 2);
    expect(told).to.deep.equal({
      chat: _id,
      participants: [],
      unreadMessages: 0,
      dateCreated: new Date(ts),
      createdBy: other.username,
    });
  });

  it('names somebody whom the broker does not know by the username', async () => {
    const {scene, workspace, remote, me} = await setup();
    const stranger = await workspace.createUser(`stranger-${crypto.randomUUID().slice(0, 8)}`);
    await remote.fail(200, undefined, {below: '/v1/users', body: {users: [], complete: true}});
    await workspace.createRoom({type: 'd', members: [stranger.username, me.username]});
    const [, told] = await scene.until('widget-chat-loaded', 2);
    expect(told!.participants).to.deep.equal([me.username, `@${stranger.username}`]);
  });
});

describe('widget-message-received and widget-message-sent', () => {
  it('tell a message of others with what is documented', async () => {
    const {scene, desk, write, room, me, other} = await setup();
    const {_id, ts} = await write('Hello *you*');
    const [told] = await scene.until('widget-message-received');
    expect(told).to.deep.equal({
      id: _id,
      chat: room._id,
      participants: [me.username, other.username],
      text: 'Hello *you*',
      timestamp: new Date(ts),
      sender: other.username,
    });
    expect(desk.getLastMessageReceived()).to.deep.equal(told);
    expect(desk.getLastMessageSent()).to.equal(null);
  });

  it('are for all listeners alike, whatever one of them does to what it is told', async () => {
    const {scene, desk, write} = await setup();
    scene.host.addEventListener('widget-message-received', ({detail}) => {
      Reflect.set(detail, 'text', 'Changed');
      Reflect.set(detail.participants, 0, 'nobody');
      detail.timestamp.setTime(0);
    });
    const {_id, ts} = await write('Hello');
    const [told] = await scene.until('widget-message-received');
    expect([told!.text, told!.participants[0]]).to.deep.equal(['Hello', desk.state.user!.alias]);
    const last = desk.getLastMessageReceived()!;
    expect([last.id, last.text, last.timestamp]).to.deep.equal([_id, 'Hello', new Date(ts)]);
    Reflect.set(last, 'text', 'Changed');
    expect(desk.getLastMessageReceived()!.text).to.equal('Hello');
  });

  it('tell a message of the user once, wherever it was written', async () => {
    const {scene, desk, workspace, me, room, other} = await setup();
    await workspace.post(me.username, room._id, 'Elsewhere');
    await desk.composeMessage(other.username, 'Here', true);
    const told = await scene.until('widget-message-sent', 2);
    expect(told.map(({text, sender}) => [text, sender])).to.deep.equal([
      ['Elsewhere', me.username],
      ['Here', me.username],
    ]);
    await workspace.post(other.username, room._id, 'Last');
    await scene.until('widget-message-received');
    expect(scene.told('widget-message-sent')).to.have.length(2);
    expect(desk.getLastMessageSent()!.text).to.equal('Here');
  });

  it('tell a burst in its order, though people are asked for who are not known', async () => {
    const {scene, workspace, me, other, room} = await setup();
    const names: string[] = [];
    for (const each of ['a', 'b', 'c'])
      names.push(
        (await workspace.createUser(`${each}-${crypto.randomUUID().slice(0, 8)}`)).username,
      );
    const name = `burst-${crypto.randomUUID().slice(0, 8)}`;
    await workspace.createRoom({type: 'p', name, members: [other.username, me.username, ...names]});
    await scene.until('widget-chat-loaded', 2);
    const steps = Array.from({length: 30}, (_, at) => ({
      command: 'post' as const,
      username: [other.username, ...names][at % 4]!,
      room: at % 3 ? name : room._id,
      text: String(at),
    }));
    // Those in the direct message are the other person's.
    await workspace.batch(
      steps.map((step) => (step.room === room._id ? {...step, username: other.username} : step)),
    );
    const told = await scene.until('widget-message-received', 30);
    expect(told.map(({text}) => text)).to.deep.equal(steps.map(({text}) => text));
  });

  it('are still the latest after a sign-in that was lost, and what is read of them is told', async () => {
    const {scene, desk, remote, me, write, server, workspace, room} = await setup();
    await write('Before');
    await scene.until('widget-message-received');
    await remote.fail(401, undefined, {below: '/v1/chat/session'});
    await workspace.forceLogout(me.username);
    await waitUntil(() => !desk.isAuthenticated(), 'the sign-in is lost');
    expect(desk.getLastMessageReceived()!.text).to.equal('Before');
    await remote.fail(null);
    await desk.updateAccessToken(await remote.accessToken(me.username));
    await desk.signedIn;
    await scene.live();
    expect(desk.getLastMessageReceived()!.text).to.equal('Before');
    const own = await otherClient(server, await workspace.token(me.username));
    await own.call('readMessages', room._id);
    own.end();
    const [read] = await scene.until('widget-message-read');
    expect(read!.text).to.equal('Before');
    await desk.logout();
    expect(desk.getLastMessageReceived()).to.equal(null);
  });

  it('show a flood once in a while, not once for each message', async () => {
    const {scene, workspace, other, room} = await setup();
    const before = scene.changes;
    const start = performance.now();
    await workspace.batch(
      Array.from({length: 60}, (_, at) => ({
        command: 'post' as const,
        username: other.username,
        room: room._id,
        text: String(at),
      })),
    );
    await scene.until('widget-message-received', 60);
    // Once in 16 ms at most, however long it took.
    expect(scene.changes - before).to.be.at.most((performance.now() - start) / 16 + 2);
  });

  it('tell nothing of what was written before, and of remarks of Rocket.Chat', async () => {
    const {again, workspace, write, me, other} = await setup();
    await write('Before');
    const scene = await again().live();
    const name = `noisy-${crypto.randomUUID().slice(0, 8)}`;
    const {username} = await workspace.createUser(`third-${crypto.randomUUID().slice(0, 8)}`);
    await workspace.createRoom({type: 'p', name, members: [other.username, me.username, username]});
    await workspace.removeMember(name, username);
    await write('After');
    const told = await scene.until('widget-message-received');
    expect(told.map(({text}) => text)).to.deep.equal(['After']);
    expect(scene.desk.getLastMessageReceived()!.text).to.equal('After');
  });

  it('repeat nothing after the connection was lost, and tell what was missed once', async () => {
    const {server, direct, proxied} = await proxiedWorkspace();
    const {scene, desk, write, types: _} = await setup({server, direct});
    await write('One');
    await scene.until('widget-message-received');
    await proxied.fault('refuse');
    await proxied.fault('drop');
    await waitUntil(() => desk.state.status !== 'live');
    await write('Two');
    await proxied.fault('listenAgain');
    const told = await scene.until('widget-message-received', 2);
    await scene.live();
    await write('Three');
    await scene.until('widget-message-received', 3);
    expect(told.map(({text}) => text)).to.deep.equal(['One', 'Two']);
    expect(scene.told('widget-chat-loaded')).to.have.length(1);
    expect(scene.told('widget-message-received')).to.have.length(3);
    expect(desk.isAuthenticated()).to.equal(true);
  });
});

describe('widget-message-read', () => {
  it('tells what the user has read, here or elsewhere, where nobody keeps receipts', async () => {
    const {scene, workspace, write, me, room, server} = await setup();
    await write('One');
    await write('Two');
    await scene.until('widget-message-received', 2);
    expect(scene.told('widget-message-read')).to.deep.equal([]);
    const own = await otherClient(server, await workspace.token(me.username));
    await own.call('readMessages', room._id);
    own.end();
    const told = await scene.until('widget-message-read', 2);
    expect(told.map(({text, reader}) => [text, reader])).to.deep.equal([
      ['One', me.username],
      ['Two', me.username],
    ]);
    expect(scene.events.map(({type}) => type)).to.deep.equal([
      'widget-chat-loaded',
      'widget-message-received',
      'widget-message-received',
      'widget-message-read',
      'widget-message-read',
    ]);
  });

  it('tells what the others have read of the user where the workspace keeps receipts', async () => {
    const {server, direct} = await proxiedWorkspace({Message_Read_Receipt_Enabled: true});
    const {scene, desk, theirs, write, other, room, me} = await setup({server, direct});
    await desk.composeMessage(other.username, 'Read this', true);
    await scene.until('widget-message-sent');
    const client = await theirs();
    await client.call('readMessages', room._id);
    const [told] = await scene.until('widget-message-read');
    expect([told!.text, told!.reader, told!.sender]).to.deep.equal([
      'Read this',
      other.username,
      me.username,
    ]);
    // What the user reads is told to the others.
    await write('Thanks');
    await scene.until('widget-message-received');
    await desk.composeMessage(other.username, 'And this', true);
    await client.call('readMessages', room._id);
    client.end();
    const all = await scene.until('widget-message-read', 2);
    expect(all.map(({text}) => text)).to.deep.equal(['Read this', 'And this']);
  });
});

describe('widget-typing-started', () => {
  it('tells that somebody else begins to write, once in five seconds', async () => {
    const {scene, types, write, me, other, room} = await setup();
    // The streams of a chat begin a moment after it was told.
    await waitUntil(async () => {
      await types();
      return scene.told('widget-typing-started').length > 0;
    });
    await types(false);
    await types();
    await write('Done');
    await scene.until('widget-message-received');
    expect(scene.told('widget-typing-started')).to.deep.equal([
      {userAlias: other.username, chat: room._id, participants: [me.username, other.username]},
    ]);
  });
});

describe('widget-user-connected and widget-user-disconnected', () => {
  it('tell that somebody comes and goes with whom the user has a chat', async () => {
    const {scene, desk, theirs, other} = await setup();
    const them = await theirs();
    await them.call('setUserStatus', 'offline');
    const status = () => desk.state.chats[0]!.status;
    await waitUntil(() => status() === 'offline', 'offline');
    await them.call('setUserStatus', 'online');
    await scene.until('widget-user-connected');
    await them.call('setUserStatus', 'away');
    await waitUntil(() => status() === 'away');
    expect(desk.getUsersStatusList()).to.deep.equal([
      {userAlias: other.username, status: 'online'},
    ]);
    await them.call('setUserStatus', 'busy');
    await waitUntil(() => status() === 'busy');
    expect(desk.getUsersStatusList()).to.deep.equal([{userAlias: other.username, status: 'busy'}]);
    await them.call('setUserStatus', 'offline');
    await waitUntil(() => status() === 'offline');
    expect(desk.getUsersStatusList()).to.deep.equal([]);
    them.end();
    const told = scene.events.filter(({type}) => type.startsWith('widget-user')).slice(-2);
    expect(told).to.deep.equal([
      {type: 'widget-user-connected', detail: {userAlias: other.username, status: 'online'}},
      {type: 'widget-user-disconnected', detail: {userAlias: other.username, status: 'offline'}},
    ]);
  });
});

describe('a chat that is removed', () => {
  it('is watched no more: neither who comes and goes nor who writes is told', async () => {
    const {scene, desk, workspace, theirs, types, me, other, server} = await setup();
    const third = await workspace.createUser(`third-${crypto.randomUUID().slice(0, 8)}`);
    await workspace.createRoom({type: 'd', members: [third.username, me.username]});
    await scene.until('widget-chat-loaded', 2);
    await waitUntil(() => desk.state.chats.every(({status}) => status), 'all are watched');
    await desk.removeChat(other.username);
    const them = await theirs();
    for (const status of ['offline', 'online', 'offline', 'online'])
      await them.call('setUserStatus', status);
    them.end();
    await types();
    // Both are told over the same socket, one after the other.
    const last = await otherClient(server, await workspace.token(third.username));
    for (const status of ['offline', 'online', 'offline', 'online'])
      await last.call('setUserStatus', status);
    last.end();
    await scene.until('widget-user-disconnected', 2);
    const told = [
      ...scene.told('widget-user-connected'),
      ...scene.told('widget-user-disconnected'),
      ...scene.told('widget-typing-started'),
    ];
    expect(told.map(({userAlias}) => userAlias)).not.to.include(other.username);
    // Put back into the list, it is watched again.
    await desk.addChat(other.username);
    await waitUntil(() => desk.getUser(other.username).status === 'online');
  });
});

describe('getUser()', () => {
  it('gives at once what is known, and awaited what the broker says', async () => {
    const {desk, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    const client = await otherClient(simulators.rocketChat, await workspace.token(username));
    await client.call('setUserStatus', 'busy');
    client.end();
    const asked = desk.getUser(username);
    expect({...asked}).to.deep.equal({userAlias: username, status: 'offline'});
    expect(JSON.parse(JSON.stringify(asked))).to.deep.equal({
      userAlias: username,
      status: 'offline',
    });
    expect(await asked).to.deep.equal({userAlias: username, status: 'busy'});
    expect(await asked).to.deep.equal({userAlias: username, status: 'busy'});
  });

  it('gives what is known of somebody with whom there is a chat', async () => {
    const {desk, theirs, other} = await setup();
    const them = await theirs();
    await them.call('setUserStatus', 'busy');
    await waitUntil(() => desk.getUser(other.username).status === 'busy');
    expect(await desk.getUser(other.username)).to.deep.equal({
      userAlias: other.username,
      status: 'busy',
    });
    them.end();
  });

  it('refuses somebody whom nobody knows, where it is awaited', async () => {
    const {desk} = await setup();
    for (const alias of ['nobody-at-all', '@nobody-at-all']) {
      expect(desk.getUser(alias).status).to.equal('offline');
      expect(await codeOf(desk.getUser(alias))).to.equal('user-not-found');
    }
  });

  it('asks Rocket.Chat of somebody who has no alias', async () => {
    const {desk, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    const client = await otherClient(simulators.rocketChat, await workspace.token(username));
    await client.call('setUserStatus', 'busy');
    client.end();
    const userAlias = `@${username}`;
    expect(await desk.getUser(userAlias)).to.deep.equal({userAlias, status: 'busy'});
  });

  it('says of nobody what the broker does not tell, but that it does not', async () => {
    const {desk, remote, workspace, other} = await setup();
    await waitUntil(() => desk.state.chats[0]!.status, 'watched');
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await desk.getUser(username);
    await remote.fail(429, undefined, {below: '/v1/users'});
    expect(await codeOf(desk.getUser(username))).to.equal('broker-failed');
    // Whom there is a chat with is not asked for.
    expect(await codeOf(desk.getUser(other.username))).to.equal('resolved');
  });

  it('asks the broker once, of somebody and of nobody', async () => {
    const {desk, remote, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    const asked = async (): Promise<number> =>
      (await remote.requests()).filter(({line}) => line.startsWith('GET /v1/users?')).length;
    const before = await asked();
    await desk.getUser(username);
    expect((await asked()) - before).to.equal(1);
    await codeOf(desk.getUser('nobody-at-all'));
    expect((await asked()) - before).to.equal(2);
  });
});

describe('the calls of a widget', () => {
  it('are heard of by one stream where the broker has meetings', async () => {
    const {remote} = await setup({
      broker: {config: {node: 'https://node.example.com'}},
    });
    const asked = async () =>
      (await remote.requests()).filter(({line}) => line.startsWith('GET /v1/calls/events')).length;
    await waitUntil(async () => (await asked()) === 1);
  });

  it('are asked for again with another token, where the broker has refused the one before', async () => {
    const {remote, again, other} = await setup({
      broker: {config: {node: 'https://node.example.com'}},
    });
    const asked = async () =>
      (await remote.requests()).filter(({line}) => line.startsWith('GET /v1/calls/events')).length;
    await waitUntil(async () => (await asked()) === 1);
    // Once more, as a token may have ended just then; and no more.
    await remote.fail(401, 2, {below: '/v1/calls/events'});
    const accessToken = await remote.accessToken(other.username);
    const {desk} = await again({accessToken}).live();
    await waitUntil(async () => (await asked()) === 3);
    await waitUntil(async () => {
      await desk.updateAccessToken(await remote.accessToken(other.username));
      return (await asked()) === 4;
    });
  });

  it('are not asked for where it has none', async () => {
    const {remote, desk, other} = await setup();
    await desk.addChat(other.username);
    const lines = (await remote.requests()).map(({line}) => line);
    expect(lines.filter((line) => line.includes('calls'))).to.deep.equal([]);
  });
});
