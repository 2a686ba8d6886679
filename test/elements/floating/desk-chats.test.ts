import {expect} from '@open-wc/testing';

import {codeOf, setupDesk, type DeskScene} from '../../support/desk-scene.js';
import {waitUntil} from '../../support/wait.js';
import {startProxied} from 'test-simulators';

/** A desk that knows its chats, which were told. */
const setup = async (...options: Parameters<typeof setupDesk>) => {
  const made = await setupDesk(...options);
  await made.scene.live();
  await made.scene.until('widget-chat-loaded');
  return made;
};

/** A workspace of a test's own; with one, `permissions` say who may do what. */
const ownWorkspace = async (permissions = {}) => {
  const {origin, direct} = await startProxied({}, {permissions});
  return {server: origin, direct};
};

const entryOf = ({desk}: DeskScene, roomId: string) =>
  desk.state.chats.find((each) => each.roomId === roomId);

describe('the chats of a desk', () => {
  it('are the rooms of the user, a direct message named by the other person', async () => {
    const {scene, desk, workspace, me, other, room} = await setup();
    const name = `team-${crypto.randomUUID().slice(0, 8)}`;
    const {_id} = await workspace.createRoom({type: 'p', name, members: [me.username]});
    await scene.until('widget-chat-loaded', 2);
    const {chats} = desk.state;
    expect(chats.map(({roomId}) => roomId).sort()).to.deep.equal([_id, room._id].sort());
    expect(entryOf(scene, room._id)).to.deep.include({
      other: other.username,
      path: `direct/${room._id}`,
      type: 'd',
      count: 0,
    });
    const team = entryOf(scene, _id)!;
    expect([team.name, team.path, team.other]).to.deep.equal([name, `group/${name}`, undefined]);
  });

  it('are called as the page formats people, with its picture', async () => {
    const {scene, room, other} = await setup({
      given: {
        userDetailsProvider: (aliases) =>
          aliases.map((userAlias) => ({
            userAlias,
            first: 'Ada',
            image: 'https://example.com/a.png',
          })),
        userDetailsFormatter: ({userAlias, first}) => `${String(first)} (${userAlias})`,
      },
    });
    await waitUntil(() => entryOf(scene, room._id)?.image);
    expect(entryOf(scene, room._id)).to.deep.include({
      name: `Ada (${other.username})`,
      image: 'https://example.com/a.png',
    });
    expect(scene.desk.person(other.username).name).to.equal(`Ada (${other.username})`);
  });

  it('have a name whatever the page makes of it', async () => {
    const {again, room, other, me} = await setup();
    for (const [provider, formatter] of [
      [() => undefined, () => 7],
      [
        () => {
          throw new Error('no');
        },
        () => {
          throw new Error('no');
        },
      ],
      [
        () => [{userAlias: other.username, image: 'javascript:alert(1)'}, null, 7],
        () => '\u202e\u200b',
      ],
      [() => [{userAlias: me.username}], () => ({toString: () => 'hostile'})],
    ] as const) {
      const scene = await again({
        userDetailsProvider: provider as never,
        userDetailsFormatter: formatter as never,
      }).live();
      await scene.until('widget-chat-loaded');
      await waitUntil(() => entryOf(scene, room._id)?.name === other.username);
      expect(entryOf(scene, room._id)!.image).to.equal(undefined);
      scene.desk.stop();
    }
  });

  it('say what is unread, in each and in all', async () => {
    const {scene, desk, write, room} = await setup();
    await write('One');
    await write('Two');
    await waitUntil(() => desk.state.unread.count === 2);
    expect(desk.state.unread.alert).to.equal(true);
    expect(entryOf(scene, room._id)).to.deep.include({count: 2, alert: true});
    expect(desk.getUnreadMessages()).to.deep.equal([{chat: room._id, unreadMessages: 2}]);
  });

  it('show the latest message in one line without its looks', async () => {
    const {scene, write, room, workspace, other} = await setup();
    const preview = (): string | undefined => entryOf(scene, room._id)?.preview;
    expect(preview()).to.equal('');
    for (const [text, shown] of [
      ['Hello', 'Hello'],
      ['*bold* and _italic_\n> quoted', 'bold and italic quoted'],
      ['see [the plan](https://example.com/x) `now`', 'see the plan now'],
      ['snake_case and 2*3*4', 'snake_case and 2*3*4'],
      ['\u202eevil\u0000', 'evil'],
      ['<b>no HTML</b>', '<b>no HTML</b>'],
    ] as const) {
      await write(text);
      await waitUntil(() => preview() === shown, `${text}: ${preview()}`);
    }
    const last = await write('x'.repeat(3_000));
    await waitUntil(() => preview() === 'x'.repeat(200));
    await workspace.remove(other.username, room._id, last._id);
    await workspace.post(other.username, room._id, '', {
      file: {_id: 'f', name: 'report.pdf', type: 'application/pdf', size: 7},
      attachments: [{title: 'report.pdf', type: 'file'}],
    });
    await waitUntil(() => preview() === 'report.pdf');
  });

  it('come with the one of the latest message first', async () => {
    const {scene, desk, workspace, me, other, write, room} = await setup();
    const {_id} = await workspace.createRoom({
      type: 'p',
      name: `late-${crypto.randomUUID().slice(0, 8)}`,
      members: [me.username, other.username],
    });
    await workspace.post(other.username, _id, 'First');
    await scene.until('widget-message-received');
    expect(desk.state.chats.map(({roomId}) => roomId)).to.deep.equal([_id, room._id]);
    await write('Second');
    await waitUntil(() => desk.state.chats[0]?.roomId === room._id);
  });

  it('go when the user is taken out of a room', async () => {
    const {scene, desk, workspace, me, other} = await setup();
    const name = `gone-${crypto.randomUUID().slice(0, 8)}`;
    const members = [other.username, me.username];
    const {_id} = await workspace.createRoom({type: 'p', name, members});
    await scene.until('widget-chat-loaded', 2);
    await workspace.removeMember(name, me.username);
    await waitUntil(() => !entryOf(scene, _id));
    expect(desk.getChats().some(({chat}) => chat === _id)).to.equal(false);
  });
});

describe('getChats()', () => {
  it('gives what is documented of each chat', async () => {
    const {scene, desk, write, room, me, other} = await setup();
    const {ts} = await write('Hello *you*');
    await scene.until('widget-message-received');
    await waitUntil(() => desk.state.unread.count === 1);
    expect(desk.getChats()).to.deep.equal([
      {
        chat: room._id,
        participants: [me.username, other.username],
        lastMessage: {
          author: other.username,
          message: 'Hello *you*',
          timestamp: new Date(ts),
        },
        unreadMessages: 1,
      },
    ]);
  });

  it('gives nothing before there is anything to give', async () => {
    const {desk} = await setupDesk();
    expect(desk.getChats()).to.deep.equal([]);
    expect(desk.getUnreadMessages()).to.deep.equal([]);
    expect(desk.getUsersStatusList()).to.deep.equal([]);
    expect(desk.getLastMessageReceived()).to.equal(null);
    expect(desk.getLastMessageSent()).to.equal(null);
  });

  it('names people by the aliases that the broker knows', async () => {
    const {again, remote, room, me, other} = await setup();
    const users = [{alias: 'patient-7', username: other.username, name: 'Ada'}];
    await remote.fail(200, undefined, {below: '/v1/users', body: {users, complete: true}});
    const scene = again();
    const [told] = await scene.until('widget-chat-loaded');
    expect(told!.participants).to.deep.equal([me.username, 'patient-7']);
    expect(entryOf(scene, room._id)!.other).to.equal('patient-7');
    await scene.desk.addChat('patient-7');
    expect(scene.shown).to.deep.equal([[`direct/${room._id}`, undefined]]);
  });
});

describe('a widget without chat', () => {
  for (const [what, given, attributes] of [
    ['by its attribute', {}, {chat: 'false'}],
    ['by its tools', {tools: {chat: false}}, {}],
    ['by tools that do not name it', {tools: {file_upload: true}}, {}],
    ['by no tools at all', {tools: {}}, {}],
    ['by tools that are none', {tools: 'all' as never}, {}],
  ] as const)
    it(`is signed in, knows no chats and refuses what is about them, ${what}`, async () => {
      const {scene, desk, other, write} = await setupDesk({given, attributes});
      await scene.live();
      await write('Hello');
      const {message, code} = await desk.addChat(other.username).then(
        () => Promise.reject(new Error('resolved')),
        (error: Error & {code: string}) => error,
      );
      expect(code).to.equal('chat-disabled');
      expect(message).to.contain('Chat module not initialized');
      expect(await codeOf(desk.selectChat(other.username))).to.equal('chat-disabled');
      expect(await codeOf(desk.removeChat(other.username))).to.equal('chat-disabled');
      expect(await codeOf(desk.composeMessage(other.username, 'Hi', true))).to.equal(
        'chat-disabled',
      );
      expect(desk.isAuthenticated()).to.equal(true);
      expect(desk.state.chats).to.deep.equal([]);
      expect(desk.state.unread.count).to.equal(0);
      expect(desk.getChats()).to.deep.equal([]);
      expect(scene.events).to.deep.equal([]);
      expect(scene.shown).to.deep.equal([]);
    });

  it('has them as soon as the page turns chat on', async () => {
    const {scene, desk} = await setupDesk({given: {tools: {}}});
    await scene.live();
    scene.given.tools = {chat: true};
    desk.follow();
    await scene.until('widget-chat-loaded');
    expect(desk.getChats()).to.have.length(1);
  });
});

describe('addChat()', () => {
  it('makes the chat with somebody, shows the widget and the chat', async () => {
    const {scene, desk, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await desk.addChat(username);
    expect(scene.reveals).to.equal(1);
    const entry = desk.state.chats.find(({name}) => name.includes(username));
    expect(scene.shown).to.deep.equal([[entry!.path, undefined]]);
    await scene.until('widget-chat-loaded', 2);
  });

  it('puts a chat that was removed back into the list, which is told', async () => {
    const {scene, desk, room, other} = await setup();
    await desk.removeChat(other.username);
    expect(desk.getChats()).to.deep.equal([]);
    await desk.addChat(other.username);
    expect(desk.getChats().map(({chat}) => chat)).to.deep.equal([room._id]);
    expect((await scene.until('widget-chat-loaded', 2)).map(({chat}) => chat)).to.deep.equal([
      room._id,
      room._id,
    ]);
  });

  it('waits for the sign-in', async () => {
    const {desk, scene, other, room} = await setupDesk();
    await desk.addChat(other.username);
    expect(scene.shown).to.deep.equal([[`direct/${room._id}`, undefined]]);
  });

  it('refuses somebody whom nobody knows, and shows nothing', async () => {
    const {desk, scene} = await setup();
    expect(await codeOf(desk.addChat('nobody-at-all'))).to.equal('user-not-found');
    expect(await codeOf(desk.addChat('@nobody-at-all'))).to.equal('user-not-found');
    expect([scene.reveals, scene.shown.length]).to.deep.equal([0, 0]);
  });

  it('takes the username of somebody without an alias', async () => {
    const {desk, scene, other, room} = await setup();
    await desk.addChat(`@${other.username}`);
    expect(scene.shown).to.deep.equal([[`direct/${room._id}`, undefined]]);
  });

  for (const [what, alias] of [
    ['nothing', undefined],
    ['an empty text', ''],
    ['no text', 7],
    ['a text without end', 'x'.repeat(257)],
    ['an object', {}],
  ] as const)
    it(`refuses ${what} in the place of an alias`, async () => {
      const {desk} = await setup();
      for (const name of ['addChat', 'removeChat', 'selectChat'] as const)
        expect(await codeOf(desk[name](alias as string))).to.equal('invalid-argument');
      expect(await codeOf(desk.composeMessage(alias as string, 'Hi'))).to.equal('invalid-argument');
      const user = desk.getUser(alias as string);
      expect(user).to.include({userAlias: `${alias}`, status: 'offline'});
      expect(await codeOf(user)).to.equal('invalid-argument');
    });

  it('says that the broker does not tell who somebody is', async () => {
    const {desk, remote} = await setup();
    await remote.fail(403, undefined, {below: '/v1/users'});
    expect(await codeOf(desk.addChat('somebody-new'))).to.equal('broker-failed');
  });

  it('refuses what the workspace refuses', async () => {
    const {desk, workspace} = await setup(
      await ownWorkspace({'create-d': ['admin']}).then((own) => own),
    );
    const {username} = await workspace.createUser('carol-new');
    expect(await codeOf(desk.addChat(username))).to.equal('action-refused');
  });

  it('tells what is wrong with showing it', async () => {
    const {desk, scene, other} = await setup();
    scene.show = () => Promise.reject(Object.assign(new Error('x'), {code: 'part-failed'}));
    expect(await codeOf(desk.addChat(other.username))).to.equal('part-failed');
  });
});

describe('selectChat()', () => {
  it('shows the chat, and does not show a widget that is hidden', async () => {
    const {scene, desk, other, room} = await setup();
    await desk.selectChat(other.username);
    expect(scene.shown).to.deep.equal([[`direct/${room._id}`, undefined]]);
    expect(scene.reveals).to.equal(0);
  });

  it('makes a chat that is not there yet', async () => {
    const {scene, desk, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await desk.selectChat(username);
    expect(scene.shown).to.have.length(1);
    expect(desk.getChats()).to.have.length(2);
    expect(await codeOf(desk.selectChat('nobody-at-all'))).to.equal('user-not-found');
  });
});

describe('removeChat()', () => {
  it('takes the chat out of the list of the user alone, and keeps what was said', async () => {
    const {desk, scene, room, other, write, workspace} = await setup();
    await write('Keep this');
    await desk.removeChat(other.username);
    expect(desk.getChats()).to.deep.equal([]);
    expect((await workspace.messages(room._id)).map(({msg}) => msg)).to.deep.equal(['Keep this']);
    // The next message brings it back, as everywhere in Rocket.Chat.
    await write('And this');
    await scene.until('widget-chat-loaded', 2);
  });

  it('does nothing where there is no chat, and refuses somebody whom nobody knows', async () => {
    const {desk, workspace} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await desk.removeChat(username);
    await desk.removeChat(`@${username}`);
    expect(desk.getChats()).to.have.length(1);
    expect(await codeOf(desk.removeChat('nobody-at-all'))).to.equal('user-not-found');
    expect(await codeOf(desk.removeChat('@nobody-at-all'))).to.equal('user-not-found');
  });

  it('deletes it where the operator and the workspace allow that', async () => {
    const {desk, room, other, workspace, write} = await setup({
      ...(await ownWorkspace({'delete-d': ['user']})),
      broker: {settings: {chats: {delete: true}}},
    });
    await write('Gone for good');
    await desk.removeChat(other.username);
    expect(desk.getChats()).to.deep.equal([]);
    expect(await codeOf(workspace.room(room._id))).not.to.equal('resolved');
    await desk.addChat(other.username);
    expect(desk.getChats()[0]!.lastMessage).to.equal(undefined);
  });

  it('is refused where the workspace does not allow what the operator does, and changes nothing', async () => {
    const {desk, other} = await setup({broker: {settings: {chats: {delete: true}}}});
    expect(await codeOf(desk.removeChat(other.username))).to.equal('action-refused');
    expect(desk.getChats()).to.have.length(1);
  });

  it('deletes nothing because the workspace would allow it', async () => {
    const {desk, room, other, workspace, write} = await setup(
      await ownWorkspace({'delete-d': ['user']}),
    );
    await write('Keep this');
    await desk.removeChat(other.username);
    expect(await workspace.messages(room._id)).to.have.length(1);
  });
});

describe('composeMessage()', () => {
  it('sends a message at once, and shows nothing', async () => {
    const {scene, desk, other, room, workspace} = await setup();
    await desk.composeMessage(other.username, 'How are you?', true);
    const [message] = await workspace.messages(room._id);
    expect(message!.msg).to.equal('How are you?');
    await scene.until('widget-message-sent');
    expect(scene.told('widget-message-sent')).to.have.length(1);
    expect([scene.reveals, scene.shown.length]).to.deep.equal([0, 0]);
  });

  it('makes the chat that it needs', async () => {
    const {desk, workspace, scene} = await setup();
    const {username} = await workspace.createUser(`new-${crypto.randomUUID().slice(0, 8)}`);
    await desk.composeMessage(username, 'Welcome', true);
    expect((await scene.until('widget-message-sent'))[0]!.text).to.equal('Welcome');
  });

  it('says what was given in the place of an argument, and repeats none of it', async () => {
    const {desk, other} = await setup();
    const told = (alias: unknown, message: unknown = 'Hi'): Promise<string> =>
      desk
        .composeMessage(alias as string, message as string)
        .then(String, (error: Error) => error.message);
    expect(await told(['bob']))
      .to.include('userAlias')
      .and.include('not an array');
    expect(await told(null)).to.include('not null');
    expect(await told('x'.repeat(257))).to.include('a text of 257 characters');
    expect(await told(other.username, {a: 'CANARY'}))
      .to.include('message')
      .and.include('not an object');
  });

  it('says where the view is embed that it needs the other one, with the chat shown', async () => {
    const {scene, desk, other, room} = await setup();
    scene.host.setAttribute('view', 'embed');
    const composed = desk.composeMessage(other.username, 'A draft');
    const error = await composed.catch((each: unknown) => each);
    expect(error).to.include({code: 'unsupported'});
    expect((error as Error).message).to.include('composeMessage()');
    expect(scene.shown).to.deep.equal([[`direct/${room._id}`, undefined]]);
    await desk.composeMessage(other.username, 'Sent', true);
  });

  it('puts the text where the user writes, and sends nothing', async () => {
    const {scene, desk, other, room, workspace} = await setup();
    await desk.composeMessage(other.username, 'A *draft*', false);
    await desk.composeMessage(other.username, 'Another');
    expect(scene.shown).to.deep.equal([
      [`direct/${room._id}`, 'A *draft*'],
      [`direct/${room._id}`, 'Another'],
    ]);
    expect(scene.reveals).to.equal(2);
    expect(await workspace.messages(room._id)).to.deep.equal([]);
  });

  for (const [what, message, send] of [
    ['no text', 7, true],
    ['nothing', undefined, false],
    ['an empty text to be sent', ' \n', true],
    ['a `send` that is no boolean', 'Hi', 'yes'],
  ] as const)
    it(`refuses ${what}`, async () => {
      const {desk, other} = await setup();
      const composed = desk.composeMessage(other.username, message as string, send as boolean);
      expect(await codeOf(composed)).to.equal('invalid-argument');
    });

  it('refuses what the workspace refuses', async () => {
    const {desk, other} = await setup();
    const tooLong = desk.composeMessage(other.username, 'x'.repeat(5_001), true);
    expect(await codeOf(tooLong)).to.equal('message-refused');
  });

  it('refuses somebody whom nobody knows', async () => {
    const {desk} = await setup();
    expect(await codeOf(desk.composeMessage('nobody-at-all', 'Hi', true))).to.equal(
      'user-not-found',
    );
  });
});

describe('the chat with oneself', () => {
  it('is nobody else’s: it is made, shown and taken away by the own alias', async () => {
    const {scene, desk, me, room} = await setup();
    await desk.addChat(me.username);
    const own = desk.state.chats.find(({roomId}) => roomId !== room._id)!;
    expect([own.type, own.name]).to.deep.equal(['d', me.username]);
    expect(scene.shown).to.deep.equal([[own.path, undefined]]);
    expect(desk.getChats().find(({chat}) => chat === own.roomId)?.participants).to.deep.equal([
      me.username,
    ]);
    await desk.selectChat(me.username);
    expect(scene.shown.at(-1)![0]).to.equal(own.path);
    await desk.removeChat(me.username);
    expect(desk.state.chats.map(({roomId}) => roomId)).to.deep.equal([room._id]);
  });

  it('takes what one writes to oneself, and nobody else hears of it', async () => {
    const {scene, desk, me, workspace, room} = await setup();
    await desk.composeMessage(me.username, 'Note to self', true);
    const [sent] = await scene.until('widget-message-sent');
    expect(sent!.chat).not.to.equal(room._id);
    expect(sent!.participants).to.deep.equal([me.username]);
    expect(await workspace.messages(room._id)).to.deep.equal([]);
  });

  it('is not needed for getUser() of oneself', async () => {
    const {desk, me} = await setup();
    const asked = desk.getUser(me.username);
    expect({...asked}).to.deep.equal({userAlias: me.username, status: 'online'});
    expect((await asked).status).to.equal('online');
    expect(desk.getUsersStatusList().map(({userAlias}) => userAlias)).not.to.include(me.username);
  });
});
