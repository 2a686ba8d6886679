import {expect} from '@open-wc/testing';

import type {LiveSession} from '../../src/session/live-session.js';
import {hearFiles} from '../../src/session/file-arrivals.js';
import {FakeClock} from '../support/fake-socket.js';
import {FakeLiveSession, raw} from './native-session.js';

const setup = () => {
  const session = new FakeLiveSession();
  const {arrived, end} = hearFiles(session as unknown as LiveSession, 'room');
  const comes = (fileId: string, fields: object = {}): void =>
    session.put(raw(`message of ${fileId}`, 1, {file: {_id: fileId}, ...fields}));
  return {session, arrived, end, comes};
};

describe('hearFiles', () => {
  it('knows of a file that has come before anybody asks, and of one that comes while it is asked', async () => {
    const {arrived, comes} = setup();
    comes('first');
    expect(await arrived('first')).to.equal(true);
    const second = arrived('second');
    comes('second');
    expect(await second).to.equal(true);
  });

  it('waits fifteen seconds for the file and this room alone', async () => {
    const clock = new FakeClock();
    try {
      const {session, arrived, comes} = setup();
      const answers: boolean[] = [];
      const asked = arrived('mine').then((answer) => answers.push(answer));
      comes('other');
      comes('mine', {rid: 'elsewhere'});
      session.put(raw('m1', 1));
      await clock.pass(14_000);
      expect(answers).to.deep.equal([]);
      await clock.pass(1_000);
      await asked;
      expect(answers).to.deep.equal([false]);
      expect(clock.timers).to.equal(0);
    } finally {
      clock.restore();
    }
  });

  it('hears of nothing after its end', () => {
    const {session, end} = setup();
    end();
    expect(session.listeners).to.equal(0);
  });
});
