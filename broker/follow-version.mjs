/**
 * There is one version, the root package.json's: writes it into the broker's package, into what the
 * root package says of the broker, and into the lock file.
 */
import {readFileSync, writeFileSync} from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (path) => JSON.parse(readFileSync(at(path), 'utf8'));
const write = (path, data) => writeFileSync(at(path), `${JSON.stringify(data, null, 2)}\n`);

const root = read('package.json');
const {version} = root;
root.peerDependencies['pexip-chat-room-broker'] = version;
write('package.json', root);
write('broker/package.json', {...read('broker/package.json'), version});
const lock = read('package-lock.json');
lock.packages.broker.version = version;
lock.packages[''].peerDependencies['pexip-chat-room-broker'] = version;
write('package-lock.json', lock);
