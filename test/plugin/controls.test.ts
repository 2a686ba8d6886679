import {expect} from '@open-wc/testing';

import {
  controlMeeting,
  type ControlledMeeting,
  type MeetingControl,
} from '../../plugin/src/controls.js';
import {turn} from '../support/turn.js';
import {captureConsole} from './fakes.js';

/** Each control for Bob, and the call of plugin-api it is. */
const CALLS: readonly (readonly [MeetingControl, string, object])[] = [
  [
    {type: 'mute', participantUuid: 'bob', muted: true},
    'mute',
    {mute: true, participantUuid: 'bob'},
  ],
  [
    {type: 'mute-video', participantUuid: 'bob', muted: false},
    'muteVideo',
    {muteVideo: false, participantUuid: 'bob'},
  ],
  [{type: 'mute-all-guests', muted: true}, 'muteAllGuests', {mute: true}],
  [{type: 'admit', participantUuid: 'bob'}, 'admit', {participantUuid: 'bob'}],
  [{type: 'disconnect', participantUuid: 'bob'}, 'disconnect', {participantUuid: 'bob'}],
  [
    {type: 'spotlight', participantUuid: 'bob', active: true},
    'spotlight',
    {enable: true, participantUuid: 'bob'},
  ],
  [
    {type: 'raise-hand', participantUuid: 'bob', raised: false},
    'raiseHand',
    {raise: false, participantUuid: 'bob'},
  ],
  [
    {type: 'set-role', participantUuid: 'bob', role: 'host'},
    'setRole',
    {role: 'chair', participantUuid: 'bob'},
  ],
  [
    {type: 'set-role', participantUuid: 'bob', role: 'guest'},
    'setRole',
    {role: 'guest', participantUuid: 'bob'},
  ],
  [
    {type: 'transfer', participantUuid: 'bob', alias: 'other', role: 'host', pin: '123456'},
    'transfer',
    {destination: 'other', role: 'host', pin: '123456', participantUuid: 'bob'},
  ],
  [
    {type: 'transfer', participantUuid: 'bob', alias: 'other'},
    'transfer',
    {destination: 'other', role: 'guest', pin: '', participantUuid: 'bob'},
  ],
  [
    {type: 'dtmf', participantUuid: 'bob', digits: '12#'},
    'sendDTMF',
    {digits: '12#', participantUuid: 'bob'},
  ],
];

describe('controlMeeting', () => {
  let calls: (readonly [string, object])[];
  let answer: () => Promise<unknown>;
  let known: string[];
  let control: (control: MeetingControl) => void;
  let log: ReturnType<typeof captureConsole>;

  beforeEach(() => {
    calls = [];
    known = ['alice', 'bob'];
    answer = () => Promise.resolve({status: 200, data: {status: 'success', result: true}});
    log = captureConsole();
    const call = (_: object, name: string) => (payload: object) => {
      calls.push([name, payload]);
      return answer();
    };
    const meeting = new Proxy({}, {get: call}) as unknown as ControlledMeeting;
    const people = {
      self: {participantUuid: 'alice'},
      mayInclude: (uuid: string) => known.length === 0 || known.includes(uuid),
    };
    control = controlMeeting(meeting, people);
  });
  afterEach(() => log.restore());

  for (const [asked, name, payload] of CALLS) {
    it(`asks the meeting for ${name} ${JSON.stringify(payload)}`, async () => {
      control(asked);
      await turn();
      expect(calls).to.deep.equal([[name, payload]]);
      expect(log.lines).to.deep.equal([]);
    });
  }

  it('leaves the id out for our own user, who may do this as a guest, too', async () => {
    control({type: 'mute', participantUuid: 'alice', muted: true});
    control({type: 'mute-video', participantUuid: 'alice', muted: true});
    control({type: 'raise-hand', participantUuid: 'alice', raised: true});
    await turn();
    expect(calls).to.deep.equal([
      ['mute', {mute: true}],
      ['muteVideo', {muteVideo: true}],
      ['raiseHand', {raise: true}],
    ]);
  });

  it('names our own user where only the id tells who is meant', async () => {
    control({type: 'disconnect', participantUuid: 'alice'});
    await turn();
    expect(calls).to.deep.equal([['disconnect', {participantUuid: 'alice'}]]);
  });

  it('asks nothing for somebody who is not in the meeting', async () => {
    known = ['alice'];
    for (const [asked] of CALLS) control(asked);
    await turn();
    expect(calls.map(([name]) => name)).to.deep.equal(['muteAllGuests']);
  });

  it('asks for anybody while nobody is known', async () => {
    known = [];
    control({type: 'admit', participantUuid: 'carol'});
    await turn();
    expect(calls).to.have.length(1);
  });

  describe('writes one line, without what was asked,', () => {
    const refusals: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['when the meeting replies with another status than 200', async () => ({status: 403})],
      ['when the call is rejected', () => Promise.reject(new Error('123456'))],
      [
        'when the call throws',
        () => {
          throw new Error('123456');
        },
      ],
    ];
    for (const [title, refusal] of refusals) {
      it(title, async () => {
        answer = refusal;
        control({type: 'transfer', participantUuid: 'bob', alias: 'other', pin: '123456'});
        await turn();
        expect(log.lines).to.have.length(1);
        expect(log.lines[0]).to.match(/transfer: the meeting refused$/);
      });
    }
  });

  it('is silent about a call without a reply, and about one without a status', async () => {
    answer = () => new Promise(() => undefined);
    control({type: 'dtmf', participantUuid: 'bob', digits: '1'});
    answer = () => Promise.resolve(undefined);
    control({type: 'set-role', participantUuid: 'bob', role: 'host'});
    await turn();
    expect(calls).to.have.length(2);
    expect(log.lines).to.deep.equal([]);
  });
});
