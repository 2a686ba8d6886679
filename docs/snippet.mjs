/**
 * Writes the version and the hash of the built first script into the snippets of README.md, which
 * stand between `<!-- snippet -->` and `<!-- /snippet -->`. With `--check` it changes nothing, and
 * fails if it would have to. To be started in the folder with README.md and dist/.
 */
import {readFileSync, writeFileSync} from 'node:fs';

const SNIPPET = /(?<=^<!-- snippet -->\n)[^]*?(?=^<!-- \/snippet -->$)/gm;
const HASH = /sha384-[\w+/=]*/g;
const PINNED = /(?<=pexip-chat-room@)[^/"\s]+/g;

const {version, files} = JSON.parse(readFileSync('dist/sri.json', 'utf8'));
const before = readFileSync('README.md', 'utf8');

let hashes = 0;
let versions = 0;
const after = before.replace(SNIPPET, (snippet) =>
  snippet
    .replace(HASH, () => (hashes++, files['pexip-chat-room.min.js']))
    .replace(PINNED, () => (versions++, version)),
);

const fail = (message) => {
  console.error(message);
  process.exitCode = 1;
};

if (!hashes || !versions) {
  fail('README.md has no hash or no version between <!-- snippet --> and <!-- /snippet -->.');
} else if (after === before) {
  console.log(`README.md has the hash of ${version}.`);
} else if (process.argv.includes('--check')) {
  fail(
    'README.md has not the hash and version of this build: npm run build, then commit README.md.',
  );
} else {
  writeFileSync('README.md', after);
  console.log(`README.md now has the hash of ${version}.`);
}
