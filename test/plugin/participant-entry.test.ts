import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {readEntry} from '../../plugin/src/participant-entry.js';
import {createParticipant} from '../../demo/simulators/web-app3/page/participants.js';
import {anything, HOSTILE_RUNS, keepingPrototypes, objectWith} from '../protocol/hostile.js';
import {fromReply} from './fakes.js';

/** The flags that are set, without what is allowed. */
const flagsOf = (data: unknown): string[] =>
  Object.entries(readEntry(data)!.participant)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
const allowed = (data: unknown): string[] =>
  Object.entries(readEntry(data)!.participant.can)
    .filter(([, value]) => value)
    .map(([name]) => name);

describe('readEntry', () => {
  const FLAGS = [
    'isWaiting',
    'isHost',
    'isMuted',
    'isClientMuted',
    'isCameraMuted',
    'isPresenting',
    'isSpotlight',
    'raisedHand',
  ];

  describe('reads a participant of an event', () => {
    it('as the plugin API tells it, with its address', () => {
      const alice = createParticipant({name: 'Alice', role: 'chair'}, {uri: 'sip:alice@x'});
      expect(readEntry(alice)).to.deep.equal({
        rings: false,
        participant: {
          uuid: alice.uuid,
          displayName: 'Alice',
          uri: 'sip:alice@x',
          isWaiting: false,
          isHost: true,
          isMuted: false,
          isClientMuted: false,
          isCameraMuted: false,
          isPresenting: false,
          isSpotlight: false,
          raisedHand: false,
          can: {
            control: true,
            mute: true,
            disconnect: true,
            transfer: true,
            spotlight: true,
            fecc: false,
            raiseHand: true,
            changeLayout: true,
          },
        },
      });
    });

    it('each flag for itself', () => {
      for (const flag of FLAGS) expect(flagsOf({uuid: 'u', [flag]: true})).to.deep.equal([flag]);
    });

    it('each permission for itself', () => {
      const names = {
        canControl: 'control',
        canMute: 'mute',
        canDisconnect: 'disconnect',
        canTransfer: 'transfer',
        canSpotlight: 'spotlight',
        canFecc: 'fecc',
        canRaiseHand: 'raiseHand',
        canChangeLayout: 'changeLayout',
      };
      for (const [name, permission] of Object.entries(names)) {
        expect(allowed({uuid: 'u', [name]: true})).to.deep.equal([permission]);
      }
    });

    it('without a name and an address that are none', () => {
      const {participant} = readEntry({uuid: 'u', displayName: {}, uri: ''})!;
      expect(participant.displayName).to.equal('');
      expect(participant).not.to.have.property('uri');
    });
  });

  describe('reads a participant of a reply to requestParticipants', () => {
    it('as the same entry that an event gives', () => {
      const told = [
        createParticipant({name: 'Alice', role: 'chair'}, {uri: 'sip:alice@x'}),
        createParticipant({name: 'Bob', role: 'guest', cameraMuted: true, microphoneMuted: true}),
        {...createParticipant({name: 'Zoë', role: 'guest'}), raisedHand: true, isSpotlight: true},
        {...createParticipant({name: 'Eve', role: 'guest'}), isPresenting: true, isMuted: true},
        {...createParticipant({name: 'D', role: 'guest'}), canMute: false, canTransfer: false},
      ];
      for (const each of told) expect(readEntry(fromReply(each))).to.deep.equal(readEntry(each));
    });

    it('with texts for flags, of which NO is none', () => {
      const is = {is_muted: 'YES', is_presenting: 'YES', is_client_muted: true};
      const isNot = {is_muted: 'NO', is_presenting: 'NO', is_client_muted: false};
      expect(flagsOf({uuid: 'u', ...is})).to.deep.equal([
        'isMuted',
        'isClientMuted',
        'isPresenting',
      ]);
      expect(flagsOf({uuid: 'u', ...isNot})).to.deep.equal([]);
    });

    it('with the address for a name, if there is none', () => {
      const {participant} = readEntry({uuid: 'u', display_name: '', uri: 'sip:alice@x'})!;
      expect(participant.displayName).to.equal('alice@x');
    });

    it('in the lobby by its service', () => {
      expect(flagsOf({uuid: 'u', service_type: 'waiting_room'})).to.deep.equal(['isWaiting']);
    });

    it('whose permissions follow from role and service', () => {
      const host = {uuid: 'u', role: 'chair'};
      expect(allowed({...host, service_type: 'conference'})).to.deep.equal([
        'control',
        'spotlight',
        'raiseHand',
        'changeLayout',
      ]);
      expect(allowed({...host, service_type: 'gateway'})).to.deep.equal(['changeLayout']);
      expect(allowed({...host, service_type: 'waiting_room'})).to.deep.equal([
        'spotlight',
        'raiseHand',
      ]);
      expect(allowed({uuid: 'u', role: 'guest', service_type: 'lecture'})).to.deep.equal([
        'spotlight',
        'raiseHand',
      ]);
    });
  });

  it('tells of a phone that still rings, in both', () => {
    expect(readEntry({uuid: 'u', serviceType: 'connecting'})?.rings).to.equal(true);
    expect(readEntry({uuid: 'u', service_type: 'connecting'})?.rings).to.equal(true);
    expect(readEntry({uuid: 'u', serviceType: 'conference'})?.rings).to.equal(false);
  });

  it('reads nobody without a uuid', () => {
    for (const uuid of [undefined, null, '', 1, {}, 'x'.repeat(129)]) {
      expect(readEntry({uuid, displayName: 'Alice'})).to.equal(undefined);
    }
  });

  it('stands anything, and gives flags that are flags', () => {
    const names = [
      'uuid',
      'displayName',
      'display_name',
      'is_muted',
      'service_type',
      'uri',
      'role',
    ];
    let read = 0;
    const someone = objectWith(names).map((each) => ({uuid: 'u', ...each}));
    fc.assert(
      fc.property(fc.oneof(someone, anything()), (data) => {
        const entry = keepingPrototypes(() => readEntry(data));
        if (!entry) return;
        read++;
        const {uuid, displayName, uri, can, ...flags} = entry.participant;
        const isRight =
          typeof uuid === 'string' &&
          typeof displayName === 'string' &&
          displayName.length <= 256 &&
          (uri === undefined || typeof uri === 'string') &&
          Object.keys(flags).join() === FLAGS.join() &&
          [...Object.values(flags), ...Object.values(can)].every((flag) => flag === !!flag);
        // Chai's own checks of each would take WebKit half a minute.
        if (!isRight) expect.fail(JSON.stringify(entry));
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(1_000);
  });
});
