import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {describe, it} from 'node:test';

import {parse} from 'yaml';

import {repository, temporaryFolder} from './support/copy.mjs';

const read = (path) => readFileSync(join(repository, path), 'utf8');
const workflow = (name) => parse(read(`.github/workflows/${name}.yml`));

const ci = workflow('ci');
const release = workflow('release');
const jobs = [ci, release].flatMap((each) => Object.values(each.jobs));
const steps = jobs.flatMap((job) => job.steps);
const {scripts, version} = JSON.parse(read('package.json'));
const ZIP = `external-chat-v${version}`;

const commandsOf = (job) => job.steps.flatMap(({run}) => run?.trim().split('\n') ?? []);
const stepOf = (job, action) => job.steps.find(({uses}) => uses?.startsWith(`actions/${action}@`));
const orderOf = (job, ...words) =>
  words.map((word) => job.steps.findIndex((step) => JSON.stringify(step).includes(word)));
const assertAscending = (indices) => {
  assert.ok(!indices.includes(-1), String(indices));
  assert.deepEqual(
    indices,
    indices.toSorted((a, b) => a - b),
  );
};

/** A repository with the version 1.2.3 and these tags. */
const repositoryWith = (...tags) => {
  const root = temporaryFolder();
  const git = (...args) => execFileSync('git', args, {cwd: root, stdio: 'pipe'});
  mkdirSync(join(root, 'plugin'));
  cpSync(join(repository, 'plugin/release-check.mjs'), join(root, 'plugin/release-check.mjs'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({type: 'module', version: '1.2.3'}));
  git('init', '--quiet');
  git('add', '.');
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  git(...person, 'commit', '--quiet', '--message', 'First');
  for (const tag of tags) git(...person, 'tag', '--annotate', tag, '--message', tag);
  return root;
};

/** Runs a step's commands as the runner does. What it wrote as outputs is in `outputs`. */
const runStep = ({run}, {cwd, env = {}}) => {
  const file = join(temporaryFolder(), 'output');
  writeFileSync(file, '');
  const result = spawnSync('bash', ['-e', '-c', run], {
    cwd,
    encoding: 'utf8',
    env: {...process.env, ...env, GITHUB_OUTPUT: file},
  });
  return {...result, outputs: readFileSync(file, 'utf8')};
};

describe('the CI workflow', () => {
  const {package: job, test} = ci.jobs;

  it('runs on pushes to main, on pull requests and by hand', () => {
    assert.deepEqual(ci.on, {
      push: {branches: ['main']},
      pull_request: null,
      workflow_dispatch: null,
    });
  });

  it('installs, lints, checks the types and packages without a bump, in this order', () => {
    assert.deepEqual(commandsOf(job).slice(0, 4), [
      ...['npm ci', 'npm run lint', 'npm run typecheck', 'make package'],
    ]);
    assert.ok(!commandsOf(job).some((command) => /\b(?:bump|release|all)\b/.test(command)));
  });

  it('keeps the zip as an artifact of its name, external-chat-v<version>', () => {
    const naming = job.steps.find(({id}) => id === 'zip');
    assert.equal(runStep(naming, {cwd: repository}).outputs, `name=${ZIP}\n`);
    assert.deepEqual(stepOf(job, 'upload-artifact').with, {
      name: '${{ steps.zip.outputs.name }}',
      path: '${{ steps.zip.outputs.name }}.zip',
      'if-no-files-found': 'error',
    });
    assertAscending(orderOf(job, 'make package', '"id":"zip"', 'upload-artifact'));
  });

  it('runs every check and test, too', () => {
    assert.deepEqual(commandsOf(test), ['make test']);
  });
});

describe('the release workflow', () => {
  const {package: job, publish} = release.jobs;
  const check = job.steps.find(({id}) => id === 'check');

  it('runs by hand only', () => {
    assert.deepEqual(release.on, {workflow_dispatch: null});
  });

  it('goes on with the tag v<version> when there is none yet', () => {
    const {status, outputs} = runStep(check, {cwd: repositoryWith('v1.2.2', 'v1.2.30', 'v11.2.3')});
    assert.equal(status, 0);
    assert.equal(outputs, 'tag=v1.2.3\n');
    assert.equal(job.outputs.tag, '${{ steps.check.outputs.tag }}');
  });

  it('refuses a tag that exists, and says to bump first', () => {
    const {status, outputs, stderr} = runStep(check, {cwd: repositoryWith('v1.2.2', 'v1.2.3')});
    assert.equal(status, 1);
    assert.equal(outputs, '');
    assert.match(
      stderr,
      /^v1\.2\.3 is released already.* never overwritten\. Bump the version first:/,
    );
    assert.match(
      stderr,
      /make bump\n {2}npm run build\n {2}git commit -am "release"\n {2}git push/,
    );
  });

  it('refuses a version that is none', () => {
    const root = repositoryWith();
    writeFileSync(join(root, 'package.json'), JSON.stringify({type: 'module', version: '1; id'}));
    const {status, stderr} = runStep(check, {cwd: root});
    assert.equal(status, 1);
    assert.match(stderr, /"1; id", not as in 1\.2\.3/);
  });

  it('knows every tag before it checks, and checks before it builds and publishes', () => {
    assert.equal(stepOf(job, 'checkout').with['fetch-depth'], 0);
    assertAscending(orderOf(job, 'checkout', 'release-check', 'make package', 'upload-artifact'));
    assert.equal(publish.needs, 'package');
    assert.ok(job.steps.every((step) => !('if' in step) && !('continue-on-error' in step)));
  });

  it('hands the zip of make package, which does not bump, from one job to the other', () => {
    assert.deepEqual(commandsOf(job).slice(-2), ['npm ci', 'make package']);
    assert.deepEqual(stepOf(job, 'upload-artifact').with, {
      name: 'external-chat-${{ steps.check.outputs.tag }}',
      path: 'external-chat-${{ steps.check.outputs.tag }}.zip',
      'if-no-files-found': 'error',
    });
    assert.equal(
      stepOf(publish, 'download-artifact').with.name,
      'external-chat-${{ needs.package.outputs.tag }}',
    );
    assert.equal(publish.env.TAG, '${{ needs.package.outputs.tag }}');
  });

  /** Runs the steps of the publishing job with a `gh` that notes what it is asked, and fails if told to. */
  const publishWith = (failing = '') => {
    const root = temporaryFolder();
    const gh = 'printf "%s\\n" "$*" >> asked\ncase "$*" in $FAILING) exit 1;; esac\n';
    writeFileSync(join(root, 'gh'), `#!/bin/sh\n${gh}`, {mode: 0o755});
    const env = {
      PATH: `${root}${delimiter}${process.env.PATH}`,
      ...{GH_REPO: 'someone/something', TAG: 'v1.2.3', GITHUB_SHA: 'abc123', FAILING: failing},
    };
    const outcome = {};
    let failed = false;
    for (const step of publish.steps.filter(({run}) => run)) {
      const isDue = step.if ? failed && outcome.tag === 'success' : !failed;
      if (!isDue) continue;
      const {status} = runStep(step, {cwd: root, env});
      outcome[step.id] = status === 0 ? 'success' : 'failure';
      failed ||= status !== 0;
    }
    return {failed, asked: readFileSync(join(root, 'asked'), 'utf8').trim().split('\n')};
  };
  const TAG_IT = 'api repos/someone/something/git/refs -f ref=refs/tags/v1.2.3 -f sha=abc123';
  const RELEASE_IT =
    'release create v1.2.3 external-chat-v1.2.3.zip --verify-tag --generate-notes --title v1.2.3';

  it('creates the tag, then the release with the zip and generated notes', () => {
    assert.deepEqual(publishWith(), {failed: false, asked: [TAG_IT, RELEASE_IT]});
  });

  it('publishes nothing when GitHub refuses the tag, and leaves the other tag alone', () => {
    assert.deepEqual(publishWith('*git/refs*'), {failed: true, asked: [TAG_IT]});
  });

  it('takes its tag back when the release fails', () => {
    const {if: condition} = publish.steps.at(-1);
    assert.equal(condition, "failure() && steps.tag.outcome == 'success'");
    assert.deepEqual(publishWith('release*'), {
      failed: true,
      asked: [
        TAG_IT,
        RELEASE_IT,
        'api --method DELETE repos/someone/something/git/refs/tags/v1.2.3',
      ],
    });
  });

  it('lets only the job that runs no code of the repository write', () => {
    assert.deepEqual(release.permissions, {});
    assert.deepEqual(job.permissions, {contents: 'read'});
    assert.deepEqual(publish.permissions, {contents: 'write'});
    assert.equal(stepOf(publish, 'checkout'), undefined);
    assert.ok(commandsOf(publish).every((command) => command.startsWith('gh ')));
  });

  it('runs once at a time, and is not cut off by the next', () => {
    assert.deepEqual(release.concurrency, {group: 'release', 'cancel-in-progress': false});
  });
});

describe('the workflows', () => {
  it('call only what there is', () => {
    const makefile = read('Makefile');
    const commands = jobs.flatMap(commandsOf).join('\n');
    for (const [, name] of commands.matchAll(/\bnpm run ([\w:]+)/g)) assert.ok(scripts[name], name);
    for (const [, name] of commands.matchAll(/\bmake (\w+)/g)) {
      assert.match(makefile, new RegExp(`^${name}:`, 'm'));
    }
    for (const [, path] of commands.matchAll(/\bnode (\S+\.mjs)/g)) {
      assert.ok(existsSync(join(repository, path)), path);
    }
  });

  it('read with the token of the runner only where they must, and keep none in git', () => {
    assert.deepEqual(ci.permissions, {contents: 'read'});
    assert.ok(Object.values(ci.jobs).every((job) => !('permissions' in job)));
    const checkouts = steps.filter(({uses}) => uses?.startsWith('actions/checkout@'));
    assert.equal(checkouts.length, 3);
    for (const checkout of checkouts) assert.equal(checkout.with['persist-credentials'], false);
  });

  it('use actions of GitHub itself only, by version, and end in time', () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    for (const action of uses) assert.match(action, /^actions\/[\w-]+@v\d+$/);
    for (const job of jobs) assert.ok(job['timeout-minutes'] <= 90);
  });

  it('put no value of GitHub into the text of a command', () => {
    assert.doesNotMatch(commandsOf({steps}).join('\n'), /\$\{\{/);
  });

  it('take the origins and the dialect from variables of the repository', () => {
    const packaging = steps.filter(({run}) => run === 'make package');
    const variables = {ORIGINS: '${{ vars.ORIGINS }}', DIALECT: '${{ vars.DIALECT }}'};
    assert.deepEqual(
      packaging.map(({env}) => env),
      [variables, variables],
    );
  });

  it('install from a lock file that names no registry', () => {
    const {packages} = JSON.parse(read('package-lock.json'));
    const found = Object.entries(packages).filter(([, {resolved, link}]) => resolved && !link);
    assert.deepEqual(found, []);
    assert.ok(Object.keys(packages).length > 300);
  });
});
