/** There is one version, the root package.json's: writes it into the broker's package and the lock file. */
import {readFileSync, writeFileSync} from 'node:fs';

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (path) => JSON.parse(readFileSync(at(path), 'utf8'));
const write = (path, data) => writeFileSync(at(path), `${JSON.stringify(data, null, 2)}\n`);

const {version} = read('package.json');
write('broker/package.json', {...read('broker/package.json'), version});
const lock = read('package-lock.json');
lock.packages.broker.version = version;
write('package-lock.json', lock);
