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
      assert.equal(
        finding.message.includes('users.createToken refuses it'),
        !held.includes(MINT) && status !== 'ok',
      );
    });
  }
});
