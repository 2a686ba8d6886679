import {expect} from '@open-wc/testing';

import {Departures} from '../../plugin/src/departures.js';

const ALICE = {uuid: 'u-1', displayName: 'Alice'};

describe('Departures', () => {
  let departures: Departures;
  beforeEach(() => {
    departures = new Departures();
  });

  it('remember nobody while no reply is awaited', () => {
    departures.note('u-1', ALICE);
    expect(departures.has('u-1')).to.equal(false);
  });

  it('remember who has gone since, and who of them had been in the meeting', () => {
    departures.dialled();
    departures.note('u-1', ALICE);
    departures.note('u-2', undefined);
    expect(['u-1', 'u-2', 'u-3'].map((uuid) => departures.has(uuid))).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(departures.find('u-1')).to.equal(ALICE);
    expect(departures.find('u-2')).to.equal(undefined);
  });

  it('forget who is back', () => {
    departures.dialled();
    departures.note('u-1', ALICE);
    departures.forget('u-1');
    expect(departures.has('u-1')).to.equal(false);
  });

  it('forget everybody with the last reply, and not before', () => {
    departures.dialled();
    departures.dialled();
    departures.note('u-1', ALICE);
    departures.replied();
    expect(departures.has('u-1')).to.equal(true);
    departures.replied();
    expect(departures.has('u-1')).to.equal(false);
    departures.note('u-2', ALICE);
    expect(departures.has('u-2')).to.equal(false);
  });

  it('remember the last hundred', () => {
    departures.dialled();
    for (let number = 0; number <= 100; number++) departures.note(`u-${number}`, undefined);
    expect(departures.has('u-0')).to.equal(false);
    expect(departures.has('u-1')).to.equal(true);
    expect(departures.has('u-100')).to.equal(true);
  });
});
