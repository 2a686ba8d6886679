import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  fetchJson,
  HttpFailure,
  isHttpFailure,
  parseRetryAfter,
} from '../../src/transport/http-failure.js';
import {ODD_VALUES} from '../protocol/hostile.js';
import {rejectionOf} from '../session/recorders.js';
import {FakeClock, FakeFetch, type FakeAnswer} from '../support/fake-socket.js';

const URL = 'https://chat.example/api/v1/me';

describe('fetchJson', () => {
  let server: FakeFetch;
  const answers = (answer: FakeAnswer): void => {
    server.answer = () => answer;
  };
  const failure = async (): Promise<HttpFailure> => {
    const error = await rejectionOf(fetchJson(URL));
    expect(error).to.be.instanceOf(HttpFailure);
    return error as HttpFailure;
  };

  beforeEach(() => {
    server = new FakeFetch(() => ({}));
  });
  afterEach(() => server.restore());

  it('gives what a success says, whatever it is', async () => {
    for (const body of [{success: true}, [], 0, null, false]) {
      answers({body});
      expect(await fetchJson(URL)).to.deep.equal(body);
    }
    answers({status: 201, body: {id: 1}});
    expect(await fetchJson(URL)).to.deep.equal({id: 1});
  });

  it('gives nothing for a success that has nothing to say', async () => {
    answers({status: 204});
    expect(await fetchJson(URL)).to.equal(undefined);
  });

  it('follows no redirect, keeps nothing in a cache, and passes the rest on', async () => {
    answers({body: {}});
    const headers = {'X-User-Id': 'u'};
    await fetchJson(URL, {method: 'DELETE', headers, credentials: 'omit', keepalive: true});
    expect(server.requests[0]!.url).to.equal(URL);
    expect(server.requests[0]!.init).to.include({
      method: 'DELETE',
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      keepalive: true,
    });
    expect(server.requests[0]!.headers.get('x-user-id')).to.equal('u');
  });

  it('throws what a refusal says', async () => {
    for (const status of [400, 401, 403, 404, 429, 500, 502, 503]) {
      answers({status, body: {success: false, error: 'no'}});
      expect(await failure()).to.deep.include({
        status,
        body: {success: false, error: 'no'},
        wait: undefined,
        message: `HTTP ${status}`,
      });
    }
  });

  it('throws for HTML, for JSON that was cut off, and for nothing at all: a success of these is no answer', async () => {
    for (const body of ['<!doctype html><h1>Bad gateway</h1>', '{"success": tr', ''])
      for (const [status, told] of [
        [200, 0],
        [201, 0],
        [404, 404],
        [502, 502],
      ] as const) {
        answers({status, body});
        expect(await failure()).to.include({status: told, body: undefined});
      }
  });

  it('throws with status 0 where there is no answer', async () => {
    server.answer = () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await failure()).to.include({status: 0, body: undefined, wait: undefined});
  });

  it('says when to ask again', async () => {
    answers({status: 503, headers: {'Retry-After': '7'}, body: {}});
    expect((await failure()).wait).to.equal(7000);
  });

  it('ends with the reason of the signal', async () => {
    const life = new AbortController();
    server.answer = () => new Promise(() => undefined);
    const asked = rejectionOf(fetchJson(URL, {signal: life.signal}));
    life.abort(new Error('never mind'));
    expect(await asked).to.include({message: 'never mind'});
    expect(await rejectionOf(fetchJson(URL, {signal: life.signal}))).to.include({
      message: 'never mind',
    });
    expect(server.requests).to.have.length(1);
  });

  it('waits half a minute for an answer, and no longer', async () => {
    const {timeout} = AbortSignal;
    const late = new AbortController();
    const times: number[] = [];
    AbortSignal.timeout = (time) => {
      times.push(time);
      return late.signal;
    };
    try {
      server.answer = () => new Promise(() => undefined);
      const asked = failure();
      late.abort(new DOMException('', 'TimeoutError'));
      expect(await asked).to.include({status: 0});
      expect(times).to.deep.equal([30_000]);
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  it('puts no part of a request into its error', async () => {
    server.answer = () => {
      throw new TypeError('Failed to fetch');
    };
    const headers = {'X-Auth-Token': 'CANARY'};
    const error = await rejectionOf(fetchJson(`${URL}?CANARY`, {headers}));
    expect(`${String(error)} ${JSON.stringify(error)}`).not.to.include('CANARY');
  });
});

describe('parseRetryAfter', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  afterEach(() => clock.restore());

  it('reads seconds', () => {
    expect(['0', '1', '05', '59', '60'].map(parseRetryAfter)).to.deep.equal([
      0, 1000, 5000, 59_000, 60_000,
    ]);
  });

  it('reads dates', () => {
    const date = (fromNow: number): string => new Date(clock.now + fromNow).toUTCString();
    expect(parseRetryAfter(date(7000))).to.equal(7000);
    expect(parseRetryAfter(date(-7000))).to.equal(0);
    expect(parseRetryAfter(date(86_400_000))).to.equal(60_000);
  });

  it('waits for no server longer than a minute', () => {
    for (const absurd of ['61', '86400', '9'.repeat(20), 'Fri, 31 Dec 9999 23:59:59 GMT'])
      expect(parseRetryAfter(absurd)).to.equal(60_000);
    expect(parseRetryAfter('9'.repeat(400))).to.equal(undefined);
  });

  it('reads nothing where there is nothing to read', () => {
    for (const odd of [null, '', 'soon', 'NaN', 'Infinity', '{}'])
      expect(parseRetryAfter(odd)).to.equal(undefined);
  });

  it('reads nothing that is neither seconds nor a date, in every browser alike', () => {
    for (const odd of ['-1', '5.5', '1,2;3', '-30', '1e3', '0x10', ' 7', '2026-11-21'])
      expect(parseRetryAfter(odd), odd).to.equal(undefined);
  });

  it('never gives anything but a time that may be waited', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date().map((date) => (Number.isNaN(date.getTime()) ? '' : date.toUTCString())),
    );
    fc.assert(
      fc.property(odd, (value) => {
        expect(parseRetryAfter(value) ?? 0).to.be.within(0, 60_000);
      }),
      {numRuns: 2000},
    );
  });
});

describe('a failure of HTTP', () => {
  it('is known by its fields, as another file has a class of its own', () => {
    const failure = new HttpFailure(0);
    expect([failure, {...failure}].every(isHttpFailure)).to.equal(true);
  });

  it('is nothing else', () => {
    const others = [...ODD_VALUES, new Error('x'), {status: '403'}, {code: '403', reason: ''}];
    expect(others.some(isHttpFailure)).to.equal(false);
  });
});
