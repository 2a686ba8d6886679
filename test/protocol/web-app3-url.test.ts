import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  joinAddress,
  meetingAddress,
  type JoinOptions,
  type MeetingPlace,
  type PlaceRefusal,
} from '../../src/protocol/web-app3-url.js';

const NODE = 'https://node.example.com';

const hrefOf = (place: MeetingPlace): string | PlaceRefusal | undefined => {
  const address = meetingAddress(place);
  return address instanceof URL ? address.href : address;
};

/** The alias as Web App 3 reads it: the step after `/m/`, else the query's `conference`. */
const aliasIn = (href: string): string | null => {
  const {pathname, searchParams} = new URL(href);
  const step = /\/m\/([^/]+)/.exec(pathname)?.[1];
  return step === undefined ? searchParams.get('conference') : decodeURIComponent(step);
};

describe('meetingAddress', () => {
  it('is missing until there are a node and a room, or a url', () => {
    for (const place of [{}, {node: NODE}, {room: 'meet'}, {node: '', room: ''}, {url: ''}]) {
      expect(hrefOf(place)).to.equal(undefined);
    }
    expect(hrefOf({node: null, room: null, url: null, path: null, flow: null})).to.equal(undefined);
    expect(hrefOf({path: '!', flow: '!'})).to.equal(undefined);
  });

  it('is that of Web App 3 on the node', () => {
    expect(hrefOf({node: NODE, room: 'meet'})).to.equal(`${NODE}/webapp3/m/meet`);
    expect(hrefOf({node: `${NODE}/`, room: 'meet'})).to.equal(`${NODE}/webapp3/m/meet`);
    expect(hrefOf({node: 'http://pexip.localhost:1234', room: 'meet'})).to.equal(
      'http://pexip.localhost:1234/webapp3/m/meet',
    );
  });

  it('has the branding path and the flow', () => {
    const place = {node: NODE, room: 'meet'};
    expect(hrefOf({...place, path: 'acme'})).to.equal(`${NODE}/acme/m/meet`);
    expect(hrefOf({...place, path: 'acme/web-app_3'})).to.equal(`${NODE}/acme/web-app_3/m/meet`);
    expect(hrefOf({...place, flow: 'express'})).to.equal(`${NODE}/webapp3/m/meet/express`);
    expect(hrefOf({...place, flow: 'step-by-step'})).to.equal(
      `${NODE}/webapp3/m/meet/step-by-step`,
    );
    expect(hrefOf({...place, path: '', flow: ''})).to.equal(`${NODE}/webapp3/m/meet`);
  });

  it('keeps a room whatever its characters, which never become another part of the address', () => {
    for (const [room, step] of [
      ['meet@example.com', 'meet%40example.com'],
      ['../../x', '..%2F..%2Fx'],
      ['a?callType=none&x', 'a%3FcallType%3Dnone%26x'],
      ['a#b', 'a%23b'],
      ['%2e%2e', '%252e%252e'],
      ['</script>', '%3C%2Fscript%3E'],
      ['a b', 'a%20b'],
      ['a\\b', 'a%5Cb'],
      ['a\r\nb', 'a%0D%0Ab'],
      ['//evil.example', '%2F%2Fevil.example'],
      ['https://evil.example', 'https%3A%2F%2Fevil.example'],
      ['Zoë', 'Zo%C3%AB'],
    ] as const) {
      expect(hrefOf({node: NODE, room})).to.equal(`${NODE}/webapp3/m/${step}`);
    }
  });

  it('names a room of dots in the query, as in the path it would be a step', () => {
    expect(hrefOf({node: NODE, room: '.'})).to.equal(`${NODE}/webapp3/m/?conference=.`);
    expect(hrefOf({node: NODE, room: '..'})).to.equal(`${NODE}/webapp3/m/?conference=..`);
  });

  it('stays on the node, and names the room, for every room, path and flow', () => {
    const room = fc.oneof(
      fc.string({unit: 'binary', minLength: 1}),
      fc.string({minLength: 1}),
      fc.stringMatching(/^[./\\%#?@:2eEfF]{1,6}$/),
    );
    const path = fc.constantFrom(undefined, 'acme', 'a/b');
    fc.assert(
      fc.property(room, path, (each, below) => {
        const href = hrefOf({node: NODE, room: each, path: below}) as string;
        expect(href.startsWith(`${NODE}/${below ?? 'webapp3'}/m/`)).to.equal(true);
        expect(aliasIn(href)).to.equal(each);
      }),
      {numRuns: 5000},
    );
  });

  it('names a room of dots also with a flow', () => {
    for (const flow of ['express', 'step-by-step']) {
      for (const room of ['.', '..', '...']) {
        expect(aliasIn(hrefOf({node: NODE, room, flow}) as string)).to.equal(room);
      }
    }
  });

  it('never throws, not even for half a surrogate pair, which no address can hold', () => {
    for (const room of ['\ud800', 'a\udc00b']) {
      expect(() => meetingAddress({node: NODE, room})).not.to.throw();
    }
  });

  it('refuses a node that is more than an origin', () => {
    const refused = {attribute: 'node', reason: 'not-an-origin'};
    for (const more of ['/webapp3', '/?x', '?x=1', '#x', '/a/..b']) {
      expect(hrefOf({node: NODE + more, room: 'meet'})).to.deep.equal(refused);
    }
  });

  it('refuses a node or url that is not secure, and says why', () => {
    for (const [value, reason] of [
      ['javascript:alert(1)', 'insecure'],
      ['http://node.example.com', 'insecure'],
      ['https://node.example.com@evil.example', 'credentials'],
      ['node.example.com', 'malformed'],
      ['//node.example.com', 'malformed'],
    ] as const) {
      expect(hrefOf({node: value, room: 'meet'})).to.deep.equal({attribute: 'node', reason});
      expect(hrefOf({url: value})).to.deep.equal({attribute: 'url', reason});
    }
  });

  it('refuses a path that is none', () => {
    const refused = {attribute: 'path', reason: 'unknown-value'};
    for (const path of [
      '/',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      'a?b',
      'a#b',
      'a b',
      'a:b',
      '%2e',
    ]) {
      expect(hrefOf({node: NODE, room: 'meet', path}), path).to.deep.equal(refused);
    }
  });

  it('refuses a flow that Web App 3 does not have', () => {
    const refused = {attribute: 'flow', reason: 'unknown-value'};
    for (const flow of ['fast', 'Express', 'express/', '../x', 'constructor']) {
      expect(hrefOf({node: NODE, room: 'meet', flow})).to.deep.equal(refused);
    }
  });

  it('is a ready-made join link as it is, whatever the other four say', () => {
    const url = `${NODE}/webapp3/m/?conference=meet&callTag=abc`;
    expect(hrefOf({url})).to.equal(url);
    expect(hrefOf({url, node: 'javascript:', room: 'x', path: '!', flow: '!'})).to.equal(url);
  });
});

describe('joinAddress', () => {
  const address = new URL(`${NODE}/webapp3/m/meet`);
  const queryOf = (options: JoinOptions): Record<string, string> =>
    Object.fromEntries(new URL(joinAddress(address, options)).searchParams);

  it('is the address itself without options', () => {
    expect(joinAddress(address, {})).to.equal(address.href);
    const none = {displayName: null, callType: '', pin: null};
    expect(joinAddress(address, {...none, guest: false, join: false})).to.equal(address.href);
  });

  it('has the names that Web App 3 reads', () => {
    const options = {
      displayName: 'Zoë & Al',
      guest: true,
      callType: 'audioonly',
      join: true,
      muteMicrophone: true,
      muteCamera: true,
      pin: '1234',
    };
    expect(queryOf(options)).to.deep.equal({
      name: 'Zoë & Al',
      role: 'guest',
      callType: 'audioonly',
      join: '1',
      muteMicrophone: 'true',
      muteCamera: 'true',
      pin: '1234',
    });
  });

  it('keeps the query of a join link, and replaces what the options set', () => {
    const link = new URL(`${NODE}/webapp3/m/?conference=meet&callTag=t%3D1&name=Al`);
    const {searchParams} = new URL(joinAddress(link, {displayName: 'Bo', pin: '0'}));
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      conference: 'meet',
      callTag: 't=1',
      name: 'Bo',
      pin: '0',
    });
  });

  it('changes nothing but the query, and not the address it was given', () => {
    const before = address.href;
    const text = fc.oneof(fc.string(), fc.string({unit: 'binary'}));
    fc.assert(
      fc.property(text, text, text, (displayName, callType, pin) => {
        const url = new URL(joinAddress(address, {displayName, callType, pin}));
        expect(url.origin + url.pathname + url.hash).to.equal(before);
        expect(url.searchParams.get('name') ?? '').to.equal(displayName);
        expect(url.searchParams.get('callType') ?? '').to.equal(callType);
        expect(url.searchParams.get('pin') ?? '').to.equal(pin);
        expect(address.href).to.equal(before);
      }),
      {numRuns: 2000},
    );
  });
});
