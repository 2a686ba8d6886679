/**
 * node plugin/release-check.mjs
 *
 * Prints the tag of the version in package.json, `v<version>`, if the repository does not have it yet.
 * Else it says to bump first, and ends with 1. Looks at the tags that git knows here: fetch them first.
 * Imports nothing that would have to be installed.
 */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

// What npm makes; nothing else gets into the name of a tag or a file.
const VERSION = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

const check = () => {
  const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
  if (!VERSION.test(version)) {
    throw new Error(`The version in package.json is ${JSON.stringify(version)}, not as in 1.2.3.`);
  }
  const tag = `v${version}`;
  const tags = execFileSync('git', ['tag', '--list'], {encoding: 'utf8'}).split('\n');
  if (tags.includes(tag)) {
    throw new Error(
      `${tag} is released already, and a release is never overwritten. Bump the version first:\n` +
        '  make bump\n  npm run build\n  git commit -am "release"\n  git push',
    );
  }
  return tag;
};

try {
  console.log(check());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
