import {expect} from '@open-wc/testing';

import {PresenceWatch} from '../../src/session/presence-watch.js';
import {deferred, type Deferred} from '../support/deferred.js';

/** A connection that notes what it is told, and answers when the test says so. */
const setup = () => {
  const told: (readonly unknown[])[] = [];
  const answers: Deferred<string>[] = [];
  const connection = {
    subscribe: (...what: readonly unknown[]) => {
      told.push(what);
      const answer = deferred<string>();
      answers.push(answer);
      return answer.promise;
    },
  };
  const place: {connection: typeof connection | undefined} = {connection};
  const presence = new PresenceWatch(() => place.connection);
  /** What was changed of the list, in order. */
  const changes = (): unknown[] => told.map(([, , change]) => change);
  return {presence, told, changes, answers, place, connection};
};

describe('PresenceWatch', () => {
  const [widget, pane] = [{}, {}];

  it('asks for those whom somebody wants, each once', () => {
    const {presence, told} = setup();
    void presence.watch(widget, ['bob', 'carol']);
    void presence.watch(pane, ['carol']);
    void presence.watch(widget, ['bob', 'carol', 'dora']);
    expect(told).to.deep.equal([
      ['stream-user-presence', '', {added: ['bob', 'carol']}],
      ['stream-user-presence', '', {added: ['dora']}],
    ]);
  });

  it('takes out only whom nobody wants any more', () => {
    const {presence, changes} = setup();
    void presence.watch(pane, ['bob']);
    void presence.watch(widget, ['bob', 'carol']);
    void presence.watch(pane, []);
    void presence.watch(widget, ['bob', 'dora']);
    void presence.watch(widget, []);
    expect(changes().slice(2)).to.deep.equal([
      {added: ['dora'], removed: ['carol']},
      {removed: ['bob', 'dora']},
    ]);
  });

  it('resolves when all are told of, also those whom another one has asked for', async () => {
    const {presence, answers} = setup();
    let ready = false;
    void presence.watch(pane, ['bob']);
    const watched = presence.watch(widget, ['bob']).then(() => (ready = true));
    await Promise.resolve();
    expect(ready).to.equal(false);
    answers[0]!.resolve('1');
    await watched;
  });

  it('takes it for no failure that a later subscription ends at once', async () => {
    const {presence, answers} = setup();
    const watched = presence.watch(pane, ['bob']);
    answers[0]!.reject(new Error('nosub'));
    await watched;
  });

  it('asks for all of them where the server has begun anew', () => {
    const {presence, changes} = setup();
    void presence.watch(pane, ['bob']);
    void presence.watch(widget, ['carol']);
    presence.renew();
    expect(changes()[2]).to.deep.equal({added: ['bob', 'carol']});
  });

  it('asks for all of them on the next connection, as soon as one asks', () => {
    const {presence, changes, place, connection} = setup();
    void presence.watch(pane, ['bob']);
    place.connection = undefined;
    presence.renew();
    void presence.watch(widget, ['carol']);
    expect(changes()).to.have.length(1);
    place.connection = connection;
    void presence.watch(pane, ['bob']);
    expect(changes()[1]).to.deep.equal({added: ['bob', 'carol']});
  });
});
