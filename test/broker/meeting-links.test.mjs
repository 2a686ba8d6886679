import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {Links} from '../../broker/dist/meetings/links.js';
import {NODE} from '../support/meetings-bench.mjs';

const ALIAS = '00112233445566778899aabbccddeeff';
const MEETING = {id: 'm1', alias: ALIAS, guests: true, hostPin: '314159'};
const NUMERIC = {...MEETING, alias: '4155550100', guestPin: '271828'};
const CLOSED = {...MEETING, guests: false};

const setup = (own = {}) => {
  const issued = [];
  const tickets = {
    issue: async ({id}, holder) => {
      issued.push([id, holder]);
      return `ticket-${holder.sub}`;
    },
  };
  return {issued, links: new Links({node: NODE, tickets, ...own})};
};
const HOST = {sub: 'alice', role: 'chair', name: 'Alice'};
const GUEST = {sub: 'bob', role: 'guest'};

describe('the link of a meeting that one shares', () => {
  it('leads guests in without a PIN', () => {
    const {issued, links} = setup();
    assert.equal(links.joinUrl(MEETING), `${NODE}/webapp3/m/${ALIAS}?role=guest`);
    assert.deepEqual(issued, []);
  });

  it('has the branding path of the node', () => {
    const {links} = setup({path: 'clinic/ward'});
    assert.equal(links.joinUrl(MEETING), `${NODE}/clinic/ward/m/${ALIAS}?role=guest`);
  });

  it('asks for the PIN that was told apart where the alias can be guessed', () => {
    assert.equal(setup().links.joinUrl(NUMERIC), `${NODE}/webapp3/m/4155550100`);
  });

  it('asks for the hosts’ PIN where no guests may come', () => {
    assert.equal(setup().links.joinUrl(CLOSED), `${NODE}/webapp3/m/${ALIAS}`);
  });
});

describe('the link of one person', () => {
  for (const [what, meeting, holder, query] of [
    ['a host', MEETING, HOST, 'callTag=ticket-alice'],
    ['a guest', MEETING, GUEST, 'role=guest&callTag=ticket-bob'],
    ['a guest who needs no PIN by it', NUMERIC, GUEST, 'role=guest&callTag=ticket-bob'],
    ['a guest where no others may come', CLOSED, GUEST, 'role=guest&callTag=ticket-bob'],
  ])
    it(`has the ticket of ${what}`, async () => {
      const {issued, links} = setup();
      const url = await links.personalUrl(meeting, holder);
      assert.equal(url, `${NODE}/webapp3/m/${meeting.alias}?${query}`);
      assert.deepEqual(issued, [['m1', holder]]);
    });

  it('never has a PIN', async () => {
    const {links} = setup();
    const all = [links.joinUrl(NUMERIC), await links.personalUrl(NUMERIC, HOST)];
    for (const url of all) assert.doesNotMatch(url, /pin|271828|314159/i);
  });

  it('is in what the element needs', async () => {
    const {links} = setup({path: 'clinic'});
    assert.deepEqual(await links.element(MEETING, HOST), {
      node: NODE,
      room: ALIAS,
      path: 'clinic',
      url: `${NODE}/clinic/m/${ALIAS}?callTag=ticket-alice`,
    });
    assert.ok(!('path' in (await setup().links.element(MEETING, HOST))));
  });
});

describe('a node that is none', () => {
  it('gives no link', () => {
    for (const options of [{node: 'node.example.com'}, {path: '../x'}])
      assert.throws(() => setup(options).links.joinUrl(MEETING), /pexip\.node and pexip\.path/);
  });
});
