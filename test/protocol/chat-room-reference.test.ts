import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {roomPaths} from '../../src/protocol/chat-room-reference.js';
import {HOSTILE_RUNS} from './hostile.js';

describe('roomPaths', () => {
  it('takes #name for a channel and @user for a direct message', () => {
    expect(roomPaths('#general')).to.deep.equal(['channel/general']);
    expect(roomPaths('@alice')).to.deep.equal(['direct/alice']);
  });

  it("takes Rocket.Chat's own path form", () => {
    expect(roomPaths('channel/general')).to.deep.equal(['channel/general']);
    expect(roomPaths('group/staff')).to.deep.equal(['group/staff']);
    expect(roomPaths('direct/alice')).to.deep.equal(['direct/alice']);
  });

  it('tries a bare id as each kind in turn', () => {
    expect(roomPaths('GENERAL')).to.deep.equal([
      'channel/GENERAL',
      'group/GENERAL',
      'direct/GENERAL',
    ]);
    expect(roomPaths('channel')).to.have.length(3);
  });

  it('encodes the name, which never becomes another part of the path', () => {
    expect(roomPaths('#a b')).to.deep.equal(['channel/a%20b']);
    expect(roomPaths('#a?layout=x&y')).to.deep.equal(['channel/a%3Flayout%3Dx%26y']);
    expect(roomPaths('#a#b')).to.deep.equal(['channel/a%23b']);
    expect(roomPaths('#%2e%2e')).to.deep.equal(['channel/%252e%252e']);
    expect(roomPaths('#a\\b')).to.deep.equal(['channel/a%5Cb']);
    expect(roomPaths('group/Zoë')).to.deep.equal(['group/Zo%C3%AB']);
  });

  it('finds no room in a text without a name', () => {
    for (const room of ['', ' ', 'channel/', 'group/', 'direct/', '# ', '@\t', '/']) {
      expect(roomPaths(room), room).to.deep.equal([]);
    }
  });

  it('finds no room in a mark alone', () => {
    for (const room of ['#', '@']) expect(roomPaths(room), room).to.deep.equal([]);
  });

  it('finds no room in more or other steps', () => {
    for (const room of [
      'channel/a/b',
      'admin/users',
      '/channel/a',
      '#a/b',
      '@a/..',
      'Channel/a',
      'https://evil.example',
      '//evil.example',
    ]) {
      expect(roomPaths(room), room).to.deep.equal([]);
    }
  });

  it('finds no room in dots, which would be steps of the path', () => {
    for (const room of ['.', '..', '...', '#.', '#..', '@..', 'channel/.', 'group/..']) {
      expect(roomPaths(room), room).to.deep.equal([]);
    }
  });

  it('never throws, not even for half a surrogate pair, which no address can hold', () => {
    for (const room of ['\ud800', '#a\udc00b', 'group/\ud800']) {
      expect(() => roomPaths(room)).not.to.throw();
    }
  });

  it('gives only paths of a kind and one name, which decodes to what was asked for', () => {
    const start = fc.constantFrom('', '#', '@', 'channel/', 'group/', 'direct/');
    const name = fc.oneof(
      fc.string({unit: 'binary'}),
      fc.string(),
      fc.stringMatching(/^[./\\%#?@2eE]{1,5}$/),
    );
    let found = 0;
    fc.assert(
      fc.property(start, name, (mark, each) => {
        const paths = roomPaths(mark + each);
        expect([0, 1, 3]).to.include(paths.length);
        for (const path of paths) {
          found++;
          const [, kind, step = ''] = /^(channel|group|direct)\/([^/]+)$/.exec(path) ?? [];
          expect(kind).to.be.a('string');
          expect((mark + each).endsWith(decodeURIComponent(step))).to.equal(true);
          const {pathname, search, hash} = new URL(path, 'https://chat.example.com/base/');
          expect(pathname + search + hash).to.equal(`/base/${path}`);
        }
      }),
      HOSTILE_RUNS,
    );
    expect(found).to.be.greaterThan(1000);
  });
});
