import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';

import {AccessTokens, trustOf} from '../../broker/dist/callers/access-token.js';
import {AUDIENCE, ISSUER, SECRET} from '../support/broker-tokens.mjs';

const page = await readFile(new URL('../../docs/broker-sign-in.md', import.meta.url), 'utf8');
const trust = {issuer: ISSUER, audience: AUDIENCE, secret: SECRET, algorithms: ['HS256']};
const tokens = new AccessTokens([trustOf(trust)]);

/** A sample of docs/broker-sign-in.md in a file of its own, with what runs it around it. */
const sampleFile = async (t, name, file, around) => {
  const [, sample] = new RegExp(`\`\`\`\\w+ ${name}\\n(.*?)\`\`\``, 's').exec(page);
  const folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
  t.after(() => rm(folder, {recursive: true}));
  const path = join(folder, file);
  await writeFile(path, around(sample));
  return path;
};

/** What a sample prints; `undefined` where this machine has no Java, which the tests do not install. */
const printed = (t, command, path) => {
  const {error, stdout, stderr, status} = spawnSync(command, [path, 'anna', SECRET], {
    encoding: 'utf8',
  });
  if (error?.code === 'ENOENT' && command === 'java') return t.skip('no java on this machine');
  assert.ifError(error);
  assert.equal(status, 0, stderr);
  return stdout.trim();
};

describe('the samples of docs/broker-sign-in.md', () => {
  it('make a token in Node', async (t) => {
    const path = await sampleFile(t, 'sign-in-node', 'sample.mjs', (sample) => sample);
    const {accessToken} = await import(pathToFileURL(path));
    assert.equal((await tokens.verify(accessToken('anna', SECRET))).sub, 'anna');
  });

  it('make a token in PHP', async (t) => {
    const around = (sample) => `<?php\n${sample}\necho accessToken($argv[1], $argv[2]);`;
    const token = printed(t, 'php', await sampleFile(t, 'sign-in-php', 'sample.php', around));
    assert.equal((await tokens.verify(token)).sub, 'anna');
  });

  it('make a token in Java', async (t) => {
    const main =
      'public static void main(String[] a) throws Exception { System.out.print(accessToken(a[0], a[1])); }';
    const around = (sample) => `class Sample {\n${sample}\n${main}\n}`;
    const token = printed(t, 'java', await sampleFile(t, 'sign-in-java', 'Sample.java', around));
    if (token) assert.equal((await tokens.verify(token)).sub, 'anna');
  });
});
