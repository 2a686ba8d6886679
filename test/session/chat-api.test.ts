import {expect} from '@open-wc/testing';

import {ChatApi} from '../../src/session/chat-api.js';
import {DdpRefusal, type DdpConnection} from '../../src/transport/ddp-connection.js';
import type {RestClient} from '../../src/transport/rest-client.js';
import {FakeClock} from '../support/fake-socket.js';
import {rejectionOf} from './recorders.js';

const SECOND = 1000;

describe('ChatApi', () => {
  let clock: FakeClock;
  /** When the method was called, since the start. */
  let times: number[];
  let rests: number;
  beforeEach(() => {
    clock = new FakeClock();
    times = [];
    rests = 0;
  });
  afterEach(() => clock.restore());

  /** Of a server that refuses so often. */
  const refusedFor = (count: number, code: string, wait?: number): ChatApi => {
    const call = async (): Promise<void> => {
      times.push(clock.now - clock.start);
      if (times.length <= count)
        throw new DdpRefusal({code, reason: '', ...(wait !== undefined && {wait})});
    };
    const post = async (): Promise<void> => void rests++;
    const rest = {post} as unknown as RestClient;
    return new ChatApi({call} as unknown as DdpConnection, async () => rest);
  };

  for (const [wait, waited] of [
    [undefined, SECOND],
    [-5, SECOND],
    [0, SECOND],
    [0.001, SECOND],
    [7 * SECOND, 7 * SECOND],
    [1e9, 60 * SECOND],
  ] as const)
    it(`asks a server again after ${waited} ms that was asked too much and says ${wait}`, async () => {
      const read = refusedFor(2, 'too-many-requests', wait).read('r');
      await clock.pass(2 * waited);
      await read;
      expect(times).to.deep.equal([0, waited, 2 * waited]);
      expect(rests).to.equal(0);
    });

  it('asks by REST where the server does not know the method', async () => {
    await refusedFor(1, '404').read('r');
    expect(times).to.have.length(1);
    expect(rests).to.equal(1);
  });

  it('takes any other refusal for one', async () => {
    const error = await rejectionOf(refusedFor(1, 'error-not-allowed').read('r'));
    expect(error).to.be.instanceOf(DdpRefusal);
    expect(rests).to.equal(0);
  });
});
