import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import semver from 'semver';

const {packages} = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Where Node finds a package that is asked for from another one. */
const placeOf = (name, from) => {
  for (let folder = from; ; folder = folder.replace(/(^|\/)[^/]*$/, '')) {
    const place = folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[place]) return place;
    if (!folder) return undefined;
  }
};

/** All that a package is installed with, where it is. */
const installedWith = (place, found = new Set()) => {
  const {dependencies = {}, optionalDependencies = {}} = packages[place];
  for (const name of Object.keys({...dependencies, ...optionalDependencies})) {
    const next = placeOf(name, place);
    if (!next) assert.ok(name in optionalDependencies, `${name} of ${place} is not installed.`);
    else if (!found.has(next)) installedWith(next, found.add(next));
  }
  return found;
};

describe('what the broker is installed with', () => {
  it('runs on the oldest Node that the broker promises', () => {
    const {version} = semver.minVersion(packages.broker.engines.node);
    const all = [...installedWith('broker')];
    assert.ok(all.length > 40, `${all.length} packages`);
    const refused = all.filter((place) => {
      const {node = '*'} = packages[place].engines ?? {};
      return !semver.satisfies(version, node);
    });
    assert.deepEqual(refused, []);
  });
});
