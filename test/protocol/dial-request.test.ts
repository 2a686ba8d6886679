import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {checkDialRequest} from '../../src/protocol/dial-request.js';
import {DIAL_NAMES, dialRequest} from './arbitraries.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const LEAST = {role: 'GUEST', destination: 'al@example.com', protocol: 'sip'};
const CONTROLS = ['\0', '\t', '\n', '\r\n', '\x1b', '\x7f', '\x85'];

describe('checkDialRequest', () => {
  it('passes the three required fields', () => {
    expect(checkDialRequest(LEAST)).to.deep.equal({request: LEAST});
  });

  it('passes every request that the documentation allows, as it is', () => {
    fc.assert(
      fc.property(dialRequest(), (request) => {
        expect(checkDialRequest(request)).to.deep.equal({request});
      }),
      {numRuns: 1000},
    );
  });

  it('gives a copy', () => {
    const checked = checkDialRequest(LEAST);
    expect('request' in checked && checked.request).not.to.equal(LEAST);
  });

  it('defaults nothing: each required field must be there', () => {
    for (const name of ['role', 'destination', 'protocol']) {
      expect(checkDialRequest({...LEAST, [name]: undefined})).to.deep.equal({field: name});
    }
    expect(checkDialRequest({})).to.deep.equal({field: 'role'});
  });

  it('takes an optional field that is undefined for left out', () => {
    expect(checkDialRequest({...LEAST, text: undefined})).to.deep.equal({request: LEAST});
  });

  it('drops what is not documented', () => {
    const data = {...LEAST, action: 'x', requestId: 'r', timeout: 1, constructor: 'x', extra: {}};
    expect(checkDialRequest(data)).to.deep.equal({request: LEAST});
  });

  it('reads no inherited field', () => {
    expect(checkDialRequest(Object.create(LEAST))).to.deep.equal({field: 'role'});
    expect(checkDialRequest(belowProto(LEAST))).to.deep.equal({field: 'role'});
    const data = Object.assign(Object.create({text: 'inherited'}), LEAST);
    expect(checkDialRequest(data)).to.deep.equal({request: LEAST});
  });

  it('names the field that is wrong, be it of another type or an unknown value', () => {
    const wrong = ODD_VALUES.filter((value) => value !== undefined);
    for (const name of DIAL_NAMES) {
      for (const value of wrong.filter((each) => typeof each !== 'string')) {
        expect(checkDialRequest({...LEAST, [name]: value})).to.deep.equal({field: name});
      }
    }
    for (const name of ['role', 'protocol', 'call_type', 'streaming', 'keep_conference_alive']) {
      for (const value of ['', 'host', 'SIP', 'sip ', 'Yes', 'constructor', '__proto__']) {
        expect(checkDialRequest({...LEAST, [name]: value})).to.deep.equal({field: name});
      }
    }
  });

  it('names the first of several wrong fields, in the order of the documentation', () => {
    expect(checkDialRequest({text: 1, protocol: 'x', role: 'HOST'})).to.deep.equal({
      field: 'destination',
    });
  });

  const LINES = DIAL_NAMES.filter((name) => /destination|url|source|display|^text$/.test(name));

  it('wants lines of text that are neither empty nor blank', () => {
    expect(LINES).to.have.length(6);
    for (const name of LINES) {
      for (const value of ['', ' ', '   ', '\u00a0', '\u3000']) {
        expect(checkDialRequest({...LEAST, [name]: value})).to.deep.equal({field: name});
      }
    }
  });

  it('wants lines without control characters, which could add a line to a signalling header', () => {
    for (const name of LINES) {
      for (const control of CONTROLS) {
        for (const value of [`a@b${control}X: y`, `${control}a`, `a${control}`]) {
          expect(checkDialRequest({...LEAST, [name]: value})).to.deep.equal({field: name});
        }
      }
    }
  });

  it('wants lines of at most 255 code units, 1024 for an address of a presentation', () => {
    for (const name of LINES) {
      const [max, start] = name === 'presentation_url' ? [1024, 'rtmp://'] : [255, ''];
      const ofLength = (length: number) => ({...LEAST, [name]: start.padEnd(length, 'x')});
      expect(checkDialRequest(ofLength(max))).to.deep.equal({request: ofLength(max)});
      for (const length of [max + 1, 4096]) {
        expect(checkDialRequest(ofLength(length))).to.deep.equal({field: name});
      }
    }
  });

  it('takes only tones for a dtmf_sequence, at most 64', () => {
    for (const tones of ['1', '0123456789*#ABCD,', '1'.repeat(64)]) {
      const request = {...LEAST, dtmf_sequence: tones};
      expect(checkDialRequest(request)).to.deep.equal({request});
    }
    for (const tones of ['', 'E', 'a', '1 2', '1\n', '\n1', '１', '1'.repeat(65)]) {
      expect(checkDialRequest({...LEAST, dtmf_sequence: tones})).to.deep.equal({
        field: 'dtmf_sequence',
      });
    }
  });

  const destinationOf = (destination: string, protocol = 'sip') =>
    checkDialRequest({...LEAST, destination, protocol});

  it('takes an address, a host, an alias or a number for a destination, whatever the protocol', () => {
    for (const protocol of ['sip', 'h323', 'mssip', 'auto']) {
      for (const destination of [
        'al@example.com',
        "al.o'hara+x_1@example.com:5061",
        'al@[2001:db8::1]:5061',
        '192.0.2.1',
        '192.0.2.1##17',
        'pexip.example.com',
        'pexip.example.com:5061',
        'consultation',
        '+49301234567',
        '*17#',
      ]) {
        expect(destinationOf(destination, protocol), destination).to.have.property('request');
      }
    }
  });

  it('refuses a destination that says more than whom to call, or that nobody can read', () => {
    for (const destination of [
      'a@b;transport=tls',
      'a@b?Route=c',
      'javascript:1',
      'sip:al@example.com',
      'sip:+882131234@x',
      'tel:0900..',
      'tel:0900123456',
      'sip:5060',
      '０９００',
      'rtmp://evil/live',
      'https://example.com',
      '../../',
      '..',
      '%2e%2e',
      'a/b',
      'a b',
      ' al@example.com',
      'al@example.com ',
      'al@exa mple.com',
      'al@bücher.example',
      '\u202eal@example.com',
      'al@@example.com',
      'al@',
      '@example.com',
      'al@example.com:99999999',
      '<al@example.com>',
      'al@example.com,bob@example.com',
      'al\\@example.com',
    ]) {
      expect(destinationOf(destination), destination).to.deep.equal({field: 'destination'});
    }
  });

  it('takes an RTMP URL with rtmp, and nothing else', () => {
    for (const url of ['rtmp://live.example.com/app/key', 'rtmps://live.example.com:443/app?k=v']) {
      expect(destinationOf(url, 'rtmp')).to.have.property('request');
      expect(destinationOf(url, 'auto')).to.deep.equal({field: 'destination'});
      expect(checkDialRequest({...LEAST, presentation_url: url})).to.have.property('request');
    }
    for (const url of [
      'rtmp:',
      'rtmp://',
      'rtmp://a b',
      'rtmp://a"b',
      'http://a',
      'al@example.com',
    ]) {
      expect(destinationOf(url, 'rtmp')).to.deep.equal({field: 'destination'});
      expect(checkDialRequest({...LEAST, presentation_url: url})).to.deep.equal({
        field: 'presentation_url',
      });
    }
  });

  it('never throws, and gives documented fields of bounded length or the name of one', () => {
    const value = fc.oneof(anything(), fc.string(), fc.constantFrom('HOST', 'sip', 'yes', 'al@x'));
    const data = fc.oneof(anything(), objectWith(DIAL_NAMES, value));
    const merged = fc
      .tuple(fc.boolean(), data)
      .map(([complete, each]) =>
        complete && typeof each === 'object' ? {...LEAST, ...each} : each,
      );
    let passed = 0;
    fc.assert(
      fc.property(merged, (each) => {
        const checked = keepingPrototypes(() => checkDialRequest(each));
        if ('field' in checked) {
          expect(DIAL_NAMES).to.include(checked.field);
          return;
        }
        passed++;
        expect(DIAL_NAMES).to.include.members(Object.keys(checked.request));
        expect(checked.request).to.include.all.keys('role', 'destination', 'protocol');
        for (const each of Object.values(checked.request)) {
          expect(each).to.be.a('string');
          expect(each).to.have.length.within(1, 1024);
        }
      }),
      HOSTILE_RUNS,
    );
    expect(passed).to.be.greaterThan(100);
  });
});
