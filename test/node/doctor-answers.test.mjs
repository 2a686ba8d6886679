/** What the doctor makes of scripted answers: findings that the simulators have no servers for. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {PAGE, serve} from './support/doctor-servers.mjs';
import {loadSource} from './support/load-source.mjs';

const {diagnose} = await loadSource('bin/doctor/index.ts');

const serviceAccount = {userId: 'service', authToken: 'the-token'};
const ROLES = ['broker'];
const VIEW = 'view-full-other-user-info';
const CREATE = 'create-user';
const EDIT = 'edit-other-user-info';
const MINT = 'user-generate-access-token';

/** A workspace that answers as the script says, by path: a body, or `{status, headers, body}`. */
const startWorkspace = async (t, script = {}) => {
  const answers = {'/api/info': {version: '8.8', success: true}, ...script};
  const {port} = await serve(t, ({url}, response) => {
    const answer = answers[url.split('?')[0]];
    const {
      status = answer ? 200 : 404,
      headers = {},
      body = answer ?? {success: false},
    } = answer?.status || answer?.headers ? answer : {};
    response.writeHead(status, {'content-type': 'application/json', ...headers});
    response.end(JSON.stringify(body));
  });
  return `http://127.0.0.1:${port}`;
};
/** What a workspace says of an account with one role, and of the permissions that the role holds. */
const holding = (...permissions) => ({
  '/api/v1/me': {_id: 'service', roles: ROLES},
  '/api/v1/permissions.listAll': {update: permissions.map((_id) => ({_id, roles: ROLES}))},
});
const findingOf = async (id, options) => {
  const findings = await diagnose({page: [PAGE], readPages: false, timeout: 5_000, ...options});
  return findings.find((each) => each.id === id);
};

describe('what the service account must hold', () => {
  const all = [VIEW, CREATE, EDIT];
  const broker = (mint, create, ownEmail) => ({mint, create, ownEmail});
  for (const [held, brokerUse, status, told, notTold = []] of [
    [all, undefined, 'ok', all],
    [[VIEW], undefined, 'ok', [CREATE, EDIT, 'does not hold']],
    [[CREATE, EDIT], undefined, 'wrong', [VIEW], [CREATE]],
    [[], undefined, 'wrong', all],
    [[VIEW], broker('auto', false, false), 'ok', [VIEW], [CREATE, EDIT]],
    [[VIEW], broker('create-token', false, true), 'ok', [VIEW], [EDIT]],
    [[VIEW], broker('auto', true, false), 'wrong', [CREATE], [EDIT]],
    [[VIEW, CREATE], broker('auto', true, false), 'ok', [CREATE], [EDIT]],
    [[VIEW, CREATE], broker('auto', true, true), 'wrong', [EDIT], [CREATE]],
    [[VIEW, CREATE], broker('managed-password', true, false), 'wrong', [EDIT], [CREATE]],
    [[VIEW], broker('managed-password', false, false), 'wrong', [EDIT], [CREATE]],
    [[EDIT], broker('auto', false, false), 'wrong', [VIEW], [CREATE, EDIT]],
    [all, broker('managed-password', true, true), 'ok', all],
  ]) {
    it(`${held.join(', ') || 'nothing'} is ${status} for ${brokerUse ? JSON.stringify(brokerUse) : 'the command'}`, async (t) => {
      const server = await startWorkspace(t, holding(...held));
      const finding = await findingOf('service-permissions', {server, serviceAccount, brokerUse});
      assert.equal(finding.status, status, finding.message);
      for (const word of told) assert.ok(finding.message.includes(word), finding.message);
      for (const word of notTold) assert.ok(!finding.message.includes(word), finding.message);
      assert.equal(finding.remedy === '', status === 'ok' && !finding.message.includes('not hold'));
    });
  }
});

describe('how tokens are made', () => {
  for (const [held, mint, status] of [
    [[MINT], undefined, 'unchecked'],
    [[MINT], 'create-token', 'unchecked'],
    [[EDIT], undefined, 'unchecked'],
    [[EDIT], 'auto', 'unchecked'],
    [[EDIT], 'create-token', 'wrong'],
    [[EDIT], 'legacy-create-token', 'wrong'],
    [[VIEW], undefined, 'wrong'],
    [[VIEW], 'auto', 'wrong'],
    [[VIEW], 'managed-password', 'ok'],
  ]) {
    it(`with ${held} is ${status} for ${mint ?? 'the command'}`, async (t) => {
      const server = await startWorkspace(t, holding(...held));
      const brokerUse = mint && {mint, create: true, ownEmail: false};
      const finding = await findingOf('create-token', {server, serviceAccount, brokerUse});
      assert.equal(finding.status, status, finding.message);
      assert.doesNotMatch(finding.remedy, /at its start/);
      assert.equal(
        finding.message.includes('users.createToken refuses it'),
        !held.includes(MINT) && status !== 'ok',
      );
    });
  }
});

describe('app-version', () => {
  const path = '/api/apps/7fc612f5-b585-4e46-8c4e-6d2c13e2f451';
  const of = (version) => ({app: {version}, success: true});
  for (const [name, answer, status, message, remedy] of [
    ['1.4.9', of('1.4.9'), 'wrong', /"1\.4\.9"; 1\.5\.0 is the least/, /^Update it/],
    [
      '1.5.0',
      of('1.5.0'),
      'ok',
      /"1\.5\.0": .* needs 1\.6\.1/,
      /^Only for persistent chat: Update/,
    ],
    ['1.6.0', of('1.6.0'), 'ok', /needs 1\.6\.1/, /^Only for persistent chat/],
    ['1.6.1', of('1.6.1'), 'ok', /1\.6\.1 for persistent chat\.$/, /^$/],
    ['2.0.0', of('2.0.0'), 'ok', /1\.6\.1 for persistent chat\.$/, /^$/],
    ['no version', of('new'), 'unchecked', /no version that can be read: "new"/, /Marketplace/],
    ['an odd answer', of(7), 'unchecked', /could not be seen/, /Marketplace/],
    ['404', {status: 404}, 'unchecked', /knows no Pexip app/, /Marketplace/],
    ['403', {status: 403}, 'unchecked', /could not be seen: a refusal \(403\)/, /Marketplace/],
  ]) {
    it(`is ${status} for ${name}`, async (t) => {
      const server = await startWorkspace(t, {...holding(), [path]: answer});
      const finding = await findingOf('app-version', {server, serviceAccount});
      assert.equal(finding.status, status);
      assert.match(finding.message, message);
      assert.match(finding.remedy, remedy);
    });
  }

  it('is unchecked without the service account', async (t) => {
    const server = await startWorkspace(t, {[path]: of('1.6.1')});
    const {status, message} = await findingOf('app-version', {server});
    assert.equal(status, 'unchecked');
    assert.match(message, /by the service account only/);
  });
});

describe('server-cors', () => {
  const allowing = (origin) => ({headers: {'access-control-allow-origin': origin}});
  for (const [name, answer, page, status, message] of [
    ['everybody', allowing('*'), [PAGE], 'ok', /lets https:\/\/app\.example\.com use it/],
    ['the page', allowing(PAGE), [PAGE], 'ok', /lets https:\/\/app\.example\.com use it/],
    ['another', allowing('https://other.example.com'), [PAGE], 'ok', /does not let/],
    ['nobody', undefined, [PAGE], 'ok', /does not let/],
    ['everybody, without a page', allowing('*'), [], 'unchecked', /no page was given/],
  ]) {
    it(`is ${status} where the API lets in ${name}, and never wrong`, async (t) => {
      const server = await startWorkspace(t, {'/api/v1/me': answer});
      const finding = await findingOf('server-cors', {server, page});
      assert.equal(finding.status, status);
      assert.match(finding.message, message);
      assert.equal(finding.remedy.includes('Enable CORS'), !/ lets /.test(finding.message));
    });
  }
});

describe('server-reachable', () => {
  const gone = () => 'http://127.0.0.1:1';
  for (const [name, start, behindProxy, status, message] of [
    ['that answers', startWorkspace, false, 'ok', /^Rocket\.Chat answers at .* \(200\)/],
    ['that is not there', gone, false, 'wrong', /^Rocket\.Chat does not answer at/],
    ['that is not there', gone, true, 'unchecked', /does not use the proxy/],
    ['that was not named', () => undefined, false, 'unchecked', /no server was given/],
  ]) {
    it(`is ${status} for a workspace ${name}${behindProxy ? ', behind a proxy' : ''}`, async (t) => {
      const node = 'http://127.0.0.1:1';
      const server = await start(t);
      const finding = await findingOf('server-reachable', {node, server, behindProxy});
      assert.equal(finding.status, status);
      assert.match(finding.message, message);
      assert.equal(finding.remedy === '', status === 'ok');
    });
  }

  it('is ok for an error page, too: somebody answers', async (t) => {
    const server = await startWorkspace(t, {'/api/info': {status: 502}});
    const {status, message} = await findingOf('server-reachable', {server});
    assert.equal(status, 'ok');
    assert.match(message, /\(502\)/);
  });
});

describe('what is never seen from outside', () => {
  for (const [id, where, floors] of [
    ['node-version', /Management Node/, /\b30 is the least, 35 for persistent chat/],
    ['theme', /Services > Themes/, /rocket\.chat/],
    ['client-version', /About in the desktop client/, /\b3\.9\.4 is the least/],
  ]) {
    it(`${id} is unchecked whatever answers, and says how to check it by hand`, async (t) => {
      const server = await startWorkspace(t, holding(VIEW));
      for (const options of [{server, serviceAccount}, {node: server}]) {
        const finding = await findingOf(id, options);
        assert.equal(finding.status, 'unchecked');
        assert.match(finding.remedy, where);
        assert.match(finding.remedy, floors);
      }
    });
  }
});
