import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {FINDING_LIMITS, FINDING_STATUSES, parseFindings} from '../../src/protocol/findings.js';
import {anything, HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from './hostile.js';

const FINDING = {id: 'node-tls', status: 'wrong', message: 'It has expired.', remedy: 'Renew it.'};
const one = (over: object) => parseFindings({findings: [{...FINDING, ...over}]});

describe('parseFindings', () => {
  it('reads what the broker answers, and no more', () => {
    expect(parseFindings({findings: [FINDING]})).to.deep.equal([FINDING]);
    expect(one({secret: 'x'})).to.deep.equal([FINDING]);
    for (const status of FINDING_STATUSES)
      expect(one({status})).to.deep.equal([{...FINDING, status}]);
  });

  it('leaves out what is no finding, and keeps the others', () => {
    const odd = [...ODD_VALUES, {}, {...FINDING, status: 'fine'}, {...FINDING, id: 'Node TLS'}];
    expect(parseFindings({findings: [...odd, FINDING]})).to.deep.equal([FINDING]);
    for (const id of ['', 'a_b', '-a', 'a-', 'a--b', '<b>', '7', 'x'.repeat(65)])
      expect(one({id})).to.deep.equal([]);
    for (const message of ['', 7, null, undefined]) expect(one({message})).to.deep.equal([]);
  });

  it('takes no remedy for an empty one', () => {
    for (const remedy of [undefined, null, 7]) expect(one({remedy})[0]?.remedy).to.equal('');
  });

  it('cuts what is too long, and reads only so many', () => {
    const long = 'x'.repeat(5_000);
    expect(one({message: long})[0]?.message).to.have.length(FINDING_LIMITS.message);
    expect(one({remedy: long})[0]?.remedy).to.have.length(FINDING_LIMITS.remedy);
    const many = Array.from({length: 1_000}, () => FINDING);
    expect(parseFindings({findings: many})).to.have.length(FINDING_LIMITS.count);
  });

  it('reads nothing of what is no answer, and never throws', () => {
    for (const odd of [...ODD_VALUES, [FINDING], {findings: {0: FINDING}}, {findings: 'x'}])
      expect(parseFindings(odd)).to.deep.equal([]);
    keepingPrototypes(() => {
      fc.assert(
        fc.property(anything(), (data) => {
          parseFindings(data);
          parseFindings({findings: [data, data]});
        }),
        HOSTILE_RUNS,
      );
    });
  });
});
