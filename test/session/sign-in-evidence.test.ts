import {expect} from '@open-wc/testing';

import type {EmbedRoom} from '../../src/protocol/rocket-chat-embed.js';
import {SignInEvidence} from '../../src/session/sign-in-evidence.js';

const GENERAL: EmbedRoom = {roomId: 'GENERAL', name: 'general', type: 'c'};
const STAFF: EmbedRoom = {roomId: 'STAFF', name: 'staff', type: 'p'};

describe('SignInEvidence', () => {
  let evidence: SignInEvidence;

  beforeEach(() => {
    evidence = new SignInEvidence();
  });

  const hears = (tokens: number): void => {
    for (let token = 0; token < tokens; token++) evidence.addToken();
  };

  it('proves nothing by itself, however many tokens were sent', () => {
    hears(10);
    expect(evidence.proves('alice', false)).to.be.false;
    expect(evidence.proves('alice', true)).to.be.false;
  });

  it("is a subscription of the user's", () => {
    evidence.addSubscriber('alice');
    expect(evidence.proves('alice', false)).to.be.true;
    expect(evidence.other).to.be.false;
  });

  it('is no subscription of another user, until one of the user follows', () => {
    evidence.addSubscriber('bob');
    expect(evidence.proves('alice', true)).to.be.false;
    expect(evidence.other).to.be.true;
    evidence.addSubscriber('alice');
    expect(evidence.proves('alice', false)).to.be.true;
  });

  it('is a subscription of which an older server does not say whose it is', () => {
    evidence.addSubscriber();
    expect(evidence.proves('alice', false)).to.be.true;
  });

  it('is a room, once two tokens were sent to the page that shows it', () => {
    hears(5);
    evidence.addRoom(GENERAL);
    expect(evidence.proves('alice', false)).to.be.false;
    hears(1);
    expect(evidence.proves('alice', false)).to.be.false;
    hears(1);
    expect(evidence.proves('alice', false)).to.be.true;
  });

  it('is a room at once where no more tokens will be sent', () => {
    evidence.addRoom(GENERAL);
    expect(evidence.proves('alice', true)).to.be.true;
  });

  it('hands the room on once', () => {
    evidence.addRoom(GENERAL);
    evidence.addSubscriber('alice');
    evidence.proves('alice', false);
    expect(evidence.takeRoom()).to.equal(GENERAL);
    expect(evidence.takeRoom()).to.equal(undefined);
  });

  for (const [room, kept] of [
    [GENERAL, true],
    [STAFF, false],
    [{...STAFF, type: 'd'}, false],
    [{...GENERAL, type: 'discussion'}, false],
  ] as const) {
    it(`${kept ? 'keeps' : 'forgets'} a room of type "${room.type}" that was opened for another user`, () => {
      evidence.addRoom(room);
      evidence.addSubscriber('bob');
      hears(10);
      expect(evidence.proves('alice', false)).to.be.false;
      evidence.addSubscriber('alice');
      expect(evidence.proves('alice', false)).to.be.true;
      expect(evidence.takeRoom()).to.equal(kept ? room : undefined);
    });
  }
});
