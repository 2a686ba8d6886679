import {expect} from '@open-wc/testing';

import {HttpFailure} from '../../src/transport/http-failure.js';
import {RestClient, type RestClientOptions} from '../../src/transport/rest-client.js';
import {rejectionOf} from '../session/recorders.js';
import {FakeClock, FakeFetch, type FakeAnswer} from '../support/fake-socket.js';

const SLOW_DOWN =
  'Error, too many requests. Please slow down. You must wait N seconds before trying this ' +
  'endpoint again. [error-too-many-requests]';
const tooMany = (seconds: string): FakeAnswer => ({
  status: 429,
  body: {success: false, error: SLOW_DOWN.replace('N', seconds)},
});

describe('RestClient', () => {
  let clock: FakeClock;
  let server: FakeFetch;
  let life: AbortController;
  /** The answers to come; the last one stays. */
  let answers: (FakeAnswer | 'lost')[];
  /** When each request came, since the first one. */
  let times: number[];

  beforeEach(() => {
    clock = new FakeClock();
    life = new AbortController();
    answers = [{body: {success: true}}];
    times = [];
    server = new FakeFetch(() => {
      times.push(clock.now - clock.start);
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      if (answer === 'lost') throw new TypeError('Failed to fetch');
      return answer;
    });
  });
  afterEach(() => {
    server.restore();
    clock.restore();
  });

  const client = (options: Partial<RestClientOptions> = {}): RestClient =>
    new RestClient({
      base: 'https://chat.example/api/v1/',
      headers: async () => ({'X-User-Id': 'u', 'X-Auth-Token': 'token'}),
      ...options,
    });
  const get = (): Promise<unknown> => client().get('rooms.get', {}, life.signal);
  const post = (harmless?: boolean): Promise<unknown> =>
    client().post('chat.sendMessage', {message: {_id: 'm'}}, harmless, life.signal);
  /** What comes of a call, after as long as it may take. */
  const outcome = async (call: Promise<unknown>): Promise<unknown> => {
    const settled = call.catch((error: unknown) => error);
    await clock.pass(600_000);
    return settled;
  };
  const ok: FakeAnswer = {body: {success: true}};

  it('asks with the headers of the user, and without a cookie', async () => {
    const query = {roomId: 'a b&c', lastUpdate: '2026-11-21T00:00:00.000Z'};
    expect(await client().get('chat.syncMessages', query, life.signal)).to.deep.equal(ok.body);
    const [request] = server.requests;
    expect(request!.url).to.equal(
      'https://chat.example/api/v1/chat.syncMessages?roomId=a+b%26c&lastUpdate=2026-11-21T00%3A00%3A00.000Z',
    );
    expect(request!.method).to.equal('GET');
    expect(request!.headers.get('x-auth-token')).to.equal('token');
    expect(request!.headers.has('content-type')).to.equal(false);
    expect(request!.init.credentials).to.equal('omit');
  });

  it('has things done as JSON, with a cookie where that tells who asks', async () => {
    await client({credentials: 'include'}).post('x', {a: 1}, false, life.signal);
    const [request] = server.requests;
    expect(request).to.deep.include({method: 'POST', body: {a: 1}});
    expect(request!.headers.get('content-type')).to.equal('application/json');
    expect(request!.init.credentials).to.equal('include');
  });

  it('asks for the headers anew each time, as the token may be another one', async () => {
    let count = 0;
    answers = [{status: 500}, ok];
    const headers = async (): Promise<Record<string, string>> => ({'X-Auth-Token': `t${++count}`});
    await outcome(client({headers}).get('me', {}, life.signal));
    expect(server.requests.map((each) => each.headers.get('x-auth-token'))).to.deep.equal([
      't1',
      't2',
    ]);
  });

  it('fails as its headers fail, and asks nobody', async () => {
    const headers = (): Promise<never> => Promise.reject(new Error('nobody is signed in'));
    const error = await outcome(client({headers}).get('me', {}, life.signal));
    expect(error).to.include({message: 'nobody is signed in'});
    expect(server.requests).to.deep.equal([]);
  });

  describe('waits where too much was asked', () => {
    it('for as long as the header says', async () => {
      answers = [{...tooMany('50'), headers: {'Retry-After': '7'}}, ok];
      expect(await outcome(get())).to.deep.equal(ok.body);
      expect(times).to.deep.equal([0, 7000]);
    });

    it('for as long as the text says, which pages of other origins can read', async () => {
      answers = [tooMany('23'), ok];
      expect(await outcome(get())).to.deep.equal(ok.body);
      expect(times).to.deep.equal([0, 23_000]);
    });

    it('for ten seconds where nothing is said', async () => {
      for (const body of [undefined, '<h1>Too many</h1>', {}, {error: 7}, {error: 'wait'}]) {
        times.length = 0;
        answers = [{status: 429, body}, ok];
        const before = clock.now;
        await outcome(get());
        expect(times.map((time) => time - (before - clock.start))).to.deep.equal([0, 10_000]);
      }
    });

    it('for a minute at most, however absurd what is said is', async () => {
      for (const answer of [
        tooMany('9999'),
        {...tooMany('1'), headers: {'Retry-After': '99999999999999999999'}},
        {...tooMany('1'), headers: {'Retry-After': 'Fri, 31 Dec 9999 23:59:59 GMT'}},
      ]) {
        const before = clock.now - clock.start;
        times.length = 0;
        answers = [answer, ok];
        await outcome(get());
        expect(times.map((time) => time - before)).to.deep.equal([0, 60_000]);
      }
    });

    it('and then has done what was not done, harmless or not', async () => {
      answers = [tooMany('3'), ok];
      expect(await outcome(post())).to.deep.equal(ok.body);
      expect(times).to.deep.equal([0, 3000]);
      expect(server.requests[1]!.body).to.deep.equal(server.requests[0]!.body);
    });

    it('five times, and then gives up', async () => {
      answers = [tooMany('3')];
      expect(await outcome(get())).to.include({status: 429});
      expect(times).to.deep.equal([0, 3000, 6000, 9000, 12_000]);
      expect(clock.timers).to.equal(0);
    });
  });

  describe('repeats what was lost', () => {
    for (const [words, answer] of [
      ['no answer', 'lost'],
      ['an error of the server', {status: 500, body: {success: false}}],
      ['the page of a proxy', {status: 502, body: '<h1>Bad gateway</h1>'}],
      ['an answer that was cut off', {status: 200, body: '{"success": tr'}],
    ] as const) {
      it(`after ${words}, five times at most`, async () => {
        answers = [answer];
        expect(await outcome(get())).to.be.instanceOf(HttpFailure);
        expect(times).to.have.length(5);
        times.length = 0;
        answers = [answer, answer, ok];
        expect(await outcome(get())).to.deep.equal(ok.body);
        expect(times).to.have.length(3);
      });

      it(`after ${words} also of what is harmless, but never of anything else`, async () => {
        answers = [answer, ok];
        expect(await outcome(post(true))).to.deep.equal(ok.body);
        expect(times).to.have.length(2);
        answers = [answer, ok];
        expect(await outcome(post())).to.be.instanceOf(HttpFailure);
        expect(times).to.have.length(3);
        answers = [answer, ok];
        expect(await outcome(post(false))).to.be.instanceOf(HttpFailure);
        expect(times).to.have.length(4);
      });
    }

    it('ever more slowly', async () => {
      const {random} = Math;
      Math.random = () => 1;
      try {
        answers = ['lost'];
        await outcome(get());
        expect(times).to.deep.equal([0, 1000, 3000, 7000, 15_000]);
      } finally {
        Math.random = random;
      }
    });
  });

  it('repeats nothing that was refused', async () => {
    for (const status of [400, 401, 403, 404, 422]) {
      answers = [{status, body: {success: false, error: 'no'}}, ok];
      expect(await outcome(post(true))).to.include({status});
      answers = [{status, body: {success: false, error: 'no'}}, ok];
      expect(await outcome(get())).to.include({status});
    }
    expect(server.requests).to.have.length(10);
  });

  it('fails as any refusal does where the error is an odd object', async () => {
    answers = [{status: 400, body: {error: {toString: 1}}}];
    const error = await outcome(get());
    expect(error).to.be.instanceOf(HttpFailure).and.include({status: 400});
    expect(server.requests).to.have.length(1);
  });

  it('takes a success without a body for one, and HTML for none', async () => {
    answers = [{status: 204}];
    expect(await outcome(get())).to.equal(undefined);
    answers = [{body: '<!doctype html>'}];
    expect(await outcome(post()))
      .to.be.instanceOf(HttpFailure)
      .and.include({status: 0});
  });

  it('gives up at once when nobody needs the answer any more', async () => {
    answers = [tooMany('50')];
    const asked = rejectionOf(get());
    await clock.pass(1000);
    life.abort(new Error('never mind'));
    expect(await asked).to.include({message: 'never mind'});
    expect(clock.timers).to.equal(0);
    await clock.pass(600_000);
    expect(server.requests).to.have.length(1);
  });
});
