import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import {PluginHost} from './support/plugin-host.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const script = read('dist/plugin/index.js');
const manifest = JSON.parse(read('plugin/webapp3/branding/manifest.json'));
const {version} = JSON.parse(read('package.json'));
const ORIGINS = ['https://app.example.com', 'https://other.example.com'];
const DIAL = {role: 'GUEST', destination: 'alice@example.com', protocol: 'sip'};
const FEATURES = [
  'chat',
  'dial-out',
  'participants',
  'roster',
  'self',
  'mute',
  'mute-video',
  'admit',
  'disconnect',
  'spotlight',
  'raise-hand',
  'set-role',
  'transfer',
  'dtmf',
  'mute-all-guests',
];
const plain = (value) => JSON.parse(JSON.stringify(value));

const registeredId = async (source) => {
  const host = new PluginHost(source);
  const {payload} = await host.until(() => host.calls.find(({rpc}) => rpc === 'syn'));
  return payload.id;
};

const start = async (options) => {
  const host = new PluginHost(script, options);
  await host.hears('ready');
  return host;
};

describe('the built plugin', () => {
  it('registers under the id of the branding manifest', async () => {
    assert.deepEqual(
      [await registeredId(script)],
      manifest.plugins.map(({id}) => id),
    );
  });

  it('would be told apart from a manifest with another id', async () => {
    assert.equal(await registeredId(script.replaceAll('"external-chat"', '"other"')), 'other');
  });

  it('is one classic script', () => {
    assert.doesNotMatch(script, /^\s*(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b/m);
    assert.doesNotMatch(read('dist/plugin/index.html'), /type\s*=\s*"?module/);
  });

  it('logs its version exactly as documented', async () => {
    const host = await start();
    assert.ok(host.log.includes(`plugin: external-chat loaded v${version}`), host.log.join('\n'));
  });

  it('sends a bare ready last, after the button exists, to each listed origin', async () => {
    const host = await start({origins: ORIGINS});
    assert.equal(host.calls.at(-1).rpc, 'ui:button:add');
    const data = {action: 'pexip:plugin:external-chat/ready'};
    assert.deepEqual(
      plain(host.told),
      ORIGINS.map((target) => ({data, target})),
    );
  });

  it('adds no button and says so where no page embeds the meeting', async () => {
    const host = new PluginHost(script, {embedded: false});
    await host.until(() => host.log.some((line) => /no page embeds this meeting/.test(line)));
    assert.deepEqual(
      host.calls.map(({rpc}) => rpc),
      ['syn'],
    );
    assert.deepEqual(host.told, []);
  });

  it('says in its log why Web App 3 refused it', async () => {
    const answers = {syn: () => ({ack: false, reason: 'unknown id'})};
    const host = new PluginHost(script, {answers});
    await host.until(() => host.log.some((line) => /could not start: .*unknown id/.test(line)));
  });

  it('keeps a join that comes before the button exists, and tells it after ready', async () => {
    const answers = {
      'ui:button:add': ({id}) => {
        host.emit('event:connected');
        return {status: 'ok', id};
      },
    };
    const host = new PluginHost(script, {origins: ORIGINS.slice(0, 1), answers});
    await host.hears('connected');
    const actions = host.told.map(({data}) => data.action.split('/')[1]);
    assert.deepEqual(actions, ['ready', 'connected']);
  });

  it('answers a hello that came before it was registered, once it is', async () => {
    const host = new PluginHost(script, {origins: ORIGINS});
    host.say('hello', {version: 1});
    await host.until(() => host.messages('ready').length > 1);
    const [bare, full] = plain(host.told);
    assert.deepEqual(Object.keys(bare.data), ['action']);
    assert.deepEqual(full.data.features, FEATURES);
    assert.equal(full.target, 'https://app.example.com');
  });

  it('moves the button only when the page says so', async () => {
    const host = await start({origins: ORIGINS});
    const {id} = host.calls.at(-1);
    host.emit('ui:button:click', {buttonId: id});
    assert.equal((await host.hears('toggle-chat')).active, true);
    assert.equal(host.calls.at(-1).rpc, 'ui:button:add');
    host.say('toggle-chat-button-state', {active: true});
    const {payload} = await host.until(() =>
      host.calls.find(({rpc}) => rpc === 'ui:button:update'),
    );
    assert.equal(payload.tooltip, 'Close Chat');
  });

  it('dials through Web App 3 and tells that the person joined', async () => {
    const reply = {status: 200, data: {status: 'success', result: ['u-1']}};
    const host = await start({origins: ORIGINS, answers: {'conference:dialOut': () => reply}});
    host.say('dial-out', {...DIAL, unknown: 'field'});
    const {payload} = await host.until(() =>
      host.calls.find(({rpc}) => rpc === 'conference:dialOut'),
    );
    assert.deepEqual(plain(payload), DIAL);
    host.emit('event:participantJoined', {
      id: 'main',
      participant: {uuid: 'u-1', displayName: 'Alice'},
    });
    assert.deepEqual(plain(await host.hears('dial-out-success')), {
      action: 'pexip:plugin:external-chat/dial-out-success',
      uuid: 'u-1',
      displayName: 'Alice',
    });
  });

  it('hangs up a phone that still rings when the time is over', async () => {
    const reply = {status: 200, data: {status: 'success', result: ['u-1']}};
    const host = await start({origins: ORIGINS, answers: {'conference:dialOut': () => reply}});
    host.say('hello', {version: 1});
    host.say('dial-out', {...DIAL, requestId: 'r-1', timeout: 1});
    const error = await host.hears('dial-out-error');
    assert.equal(error.code, 'dial-out-timeout');
    assert.equal(error.requestId, 'r-1');
    const {payload} = await host.until(() =>
      host.calls.find(({rpc}) => rpc === 'participant:disconnect'),
    );
    assert.equal(payload.participantUuid, 'u-1');
  });

  it('settles a dial that Web App 3 never answers', async () => {
    const host = await start({origins: ORIGINS, answers: {'conference:dialOut': () => 'silence'}});
    host.say('dial-out', {...DIAL, timeout: 1});
    assert.deepEqual(Object.keys(await host.hears('dial-out-error')), ['action', 'message']);
  });

  it('does not dial when packaged without origins, and says how to package', async () => {
    const host = await start();
    host.say('hello', {version: 1});
    host.say('hello', {version: 1});
    host.say('dial-out', {...DIAL, requestId: 'r-1'});
    const error = await host.hears('dial-out-error');
    assert.deepEqual(Object.keys(error), ['action', 'message', 'code']);
    assert.equal(error.code, 'origins-missing');
    assert.match(error.message, /make package ORIGINS="https:\/\/app\.example\.com"/);
    assert.deepEqual(
      host.calls.map(({rpc}) => rpc),
      ['syn', 'ui:button:add'],
    );
    assert.equal(host.messages('ready').length, 1);
    assert.equal(host.log.filter((line) => line.includes('ignores hello')).length, 1);
  });

  it('writes nothing of the meeting to the console', async () => {
    const host = await start({origins: ORIGINS});
    host.emit('event:message', {message: 'a secret text'});
    host.emit('event:connected');
    await host.hears('connected');
    assert.deepEqual(host.log, [`plugin: external-chat loaded v${version}`]);
  });

  describe('of the second dialect', () => {
    const ALICE = {uuid: 'u-1', displayName: 'Alice', uri: 'alice@x', isHost: true, canMute: true};
    const BOB = {uuid: 'u-2', displayName: 'Bob', serviceType: 'waiting_room', isWaiting: true};
    const join = (host) => {
      host.emit('event:me', {id: 'main', participant: ALICE});
      host.emit('event:participantJoined', {id: 'main', participant: BOB});
      host.emit('event:connected');
    };
    const rpcs = (host) => host.calls.map(({rpc}) => rpc);
    const actions = (host) => host.told.map(({data}) => data.action);

    it('starts in it when packaged so, with the Participants button', async () => {
      const host = await start({origins: ORIGINS.slice(0, 1), dialect: 'videoconf'});
      assert.deepEqual(plain(host.told[0].data), {
        action: 'rocketchat:videoconf/ready',
        features: FEATURES,
      });
      const {payload, id} = await host.until(() =>
        host.calls.find(({payload}) => payload.icon === 'IconGroup'),
      );
      assert.equal(payload.tooltip, 'Open Participants');
      host.emit('ui:button:click', {buttonId: id});
      assert.equal((await host.hears('toggle-participants')).active, true);
    });

    it('has no second button and no roster when packaged without origins', async () => {
      const host = await start({dialect: 'videoconf'});
      assert.deepEqual(plain(host.told[0].data.features), ['chat']);
      host.say('hello', {version: 1});
      host.sayVideoconf('mute', {participantUuid: 'u-2', muted: true});
      host.sayVideoconf('participants-state', {active: true});
      host.sayVideoconf('chat-state', {active: true});
      join(host);
      await host.hears('connected');
      assert.deepEqual(rpcs(host), ['syn', 'ui:button:add', 'ui:button:update']);
      assert.deepEqual(actions(host), [
        'rocketchat:videoconf/ready',
        'rocketchat:videoconf/connected',
      ]);
      assert.equal(host.log.filter((line) => line.includes('ignores')).length, 1);
    });

    it('tells a page of the documented dialect nothing of people, nor asks for them', async () => {
      const host = await start({origins: ORIGINS.slice(0, 1)});
      host.say('toggle-chat-button-state', {active: false});
      join(host);
      await host.hears('connected');
      assert.deepEqual(actions(host), [
        'pexip:plugin:external-chat/ready',
        'pexip:plugin:external-chat/connected',
      ]);
      assert.deepEqual(rpcs(host), ['syn', 'ui:button:add']);
    });

    it('tells of people after hello, who waits in the lobby, and which our own user is', async () => {
      const host = await start({origins: ORIGINS});
      join(host);
      host.say('hello', {version: 1});
      const {participants} = await host.hears('roster');
      const self = await host.hears('self');
      assert.deepEqual(
        plain(participants).map(({uuid, uri, isWaiting}) => [uuid, uri, isWaiting]),
        [
          ['u-1', 'alice@x', false],
          ['u-2', undefined, true],
        ],
      );
      assert.deepEqual(plain(self), {
        action: 'rocketchat:videoconf/self',
        participantUuid: 'u-1',
        micMuted: false,
        camMuted: false,
        clientMuted: false,
        isHost: true,
        canControl: false,
      });
    });

    it('asks who is there when it starts in mid-call, as nothing is replayed', async () => {
      const result = [{uuid: 'u-9', display_name: 'Carol', is_muted: 'YES', role: 'guest'}];
      const answers = {
        'conference:requestParticipants': () => ({status: 200, data: {status: 'success', result}}),
      };
      const host = await start({origins: ORIGINS, answers});
      host.say('hello', {version: 1});
      const {participants} = await host.hears('roster');
      assert.deepEqual(
        plain(participants).map(({displayName, isMuted}) => [displayName, isMuted]),
        [['Carol', true]],
      );
    });

    it('goes on where Web App 3 never says who is there', async () => {
      const answers = {'conference:requestParticipants': () => 'silence'};
      const host = await start({origins: ORIGINS, answers});
      host.say('hello', {version: 1});
      await host.until(() => rpcs(host).includes('conference:requestParticipants'));
      join(host);
      assert.equal((await host.hears('roster')).participants.length > 0, true);
    });

    it('adds the Participants button once a page that said hello tells of its panel', async () => {
      const host = await start({origins: ORIGINS});
      host.say('hello', {version: 1});
      await host.until(() => host.messages('ready').length > 2);
      assert.equal(rpcs(host).filter((rpc) => rpc === 'ui:button:add').length, 1);
      host.sayVideoconf('participants-state', {active: false});
      await host.until(() => host.calls.find(({payload}) => payload.icon === 'IconGroup'));
      assert.ok(actions(host).every((action) => action.startsWith('pexip:')));
    });

    it('carries out a control of the page, and answers nothing', async () => {
      const host = await start({origins: ORIGINS});
      join(host);
      host.say('hello', {version: 1});
      await host.hears('self');
      const told = host.told.length;
      host.sayVideoconf('admit', {participantUuid: 'u-2'});
      host.sayVideoconf('admit', {participantUuid: 'somebody else'});
      host.sayVideoconf('mute', {participantUuid: 'u-1', muted: true});
      await host.until(() => rpcs(host).includes('participant:mute'));
      const asked = host.calls.filter(({rpc}) => rpc.startsWith('participant:'));
      assert.deepEqual(plain(asked.map(({rpc, payload}) => [rpc, payload])), [
        ['participant:admit', {participantUuid: 'u-2'}],
        ['participant:mute', {mute: true}],
      ]);
      assert.equal(host.told.length, told);
    });

    it('writes no address, PIN or digits to the console when the meeting refuses', async () => {
      const refuse = () => ({status: 403});
      const answers = {'participant:transfer': refuse, 'participant:sendDTMF': refuse};
      const host = await start({origins: ORIGINS, answers});
      join(host);
      const target = {participantUuid: 'u-2', alias: 'secret.room', pin: '987654'};
      host.sayVideoconf('transfer', target);
      host.sayVideoconf('dtmf', {participantUuid: 'u-2', digits: '13579'});
      await host.until(() => host.log.length === 3);
      assert.deepEqual(host.log.slice(1), [
        'plugin: external-chat transfer: the meeting refused',
        'plugin: external-chat dtmf: the meeting refused',
      ]);
    });

    it('empties the roster without a word when the meeting ends', async () => {
      const host = await start({origins: ORIGINS.slice(0, 1)});
      host.say('hello', {version: 1});
      join(host);
      await host.hears('self');
      host.emit('event:userInitiatedDisconnect');
      host.emit('event:participantJoined', {id: 'main', participant: BOB});
      await host.hears('disconnected');
      host.say('hello', {version: 1});
      await host.until(() => host.messages('ready').length === 3);
      assert.match(actions(host).at(-1), /ready$/);
    });
  });
});
