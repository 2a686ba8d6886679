import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {
  ACCESS_TOKEN_PACE,
  BrokerClient,
  refusalOf,
  type BrokerAccess,
} from '../../src/transport/broker-client.js';
import {HttpFailure} from '../../src/transport/http-failure.js';
import {rejectionOf} from '../session/recorders.js';
import {FakeFetch} from '../support/fake-socket.js';

const BASE = 'https://broker.example/chat/';
const SESSION = {
  lease: 'lease/1',
  leaseExpiresAt: '2026-11-21T00:05:00Z',
  userId: 'u-alice',
  username: 'alice',
  surfaces: {live: {authToken: 'x'.repeat(43)}},
  expiresAt: '2026-11-22T00:00:00Z',
};

describe('BrokerClient', () => {
  let server: FakeFetch;
  const {signal} = new AbortController();

  beforeEach(() => {
    server = new FakeFetch(() => ({body: SESSION}));
  });
  afterEach(() => server.restore());

  const client = (accessToken?: BrokerAccess['accessToken']): BrokerClient =>
    new BrokerClient({base: BASE, accessToken});

  it('begins a session, and renews one', async () => {
    expect(await client('j.w.t').open({surfaces: ['live', 'embed']}, signal)).to.deep.equal(
      SESSION,
    );
    await client('j.w.t').open({surfaces: ['live'], lease: 'lease/1'}, signal);
    const [first, second] = server.requests;
    expect(first).to.deep.include({
      url: `${BASE}v1/chat/session`,
      method: 'POST',
      body: {surfaces: ['live', 'embed']},
    });
    expect(first!.headers.get('content-type')).to.equal('application/json');
    expect(second!.body).to.deep.equal({surfaces: ['live'], lease: 'lease/1'});
  });

  it('shows the token of the host application, and then no cookie', async () => {
    await client('j.w.t').open({}, signal);
    const [request] = server.requests;
    expect(request!.headers.get('authorization')).to.equal('Bearer j.w.t');
    expect(request!.headers.has('x-requested-with')).to.equal(false);
    expect(request!.init.credentials).to.equal('omit');
    expect(client('j.w.t').credentials).to.equal('omit');
  });

  it('asks a function for the token each time', async () => {
    let count = 0;
    const one = client(() => `j.w.t${++count}`);
    const two = client(async () => `j.w.t${++count}`);
    for (const each of [one, one, two]) await each.open({}, signal);
    expect(server.requests.map(({headers}) => headers.get('authorization'))).to.deep.equal([
      'Bearer j.w.t1',
      'Bearer j.w.t2',
      'Bearer j.w.t3',
    ]);
  });

  it('asks nothing with what a function gives instead of a token, and repeats none of it', async () => {
    const odd = [
      '<!doctype html>CANARY',
      '{"token":"CANARY"}',
      'CANARY a.b.c',
      'a.b.c\n',
      'a=b',
      'ä.b.c',
      {token: 'CANARY'},
    ];
    for (const given of odd) {
      const error = await rejectionOf(client(() => given as string).open({}, signal));
      expect(error).to.be.instanceOf(PexipChatError).and.include({code: 'credentials-failed'});
      expect((error as Error).message)
        .to.include('accessToken')
        .and.not.include('CANARY');
      // A server that is not well may be well again.
      expect((error as Error).cause).to.be.instanceOf(TypeError);
    }
    for (const given of [undefined, null]) {
      const error = await rejectionOf(client(() => given as never).open({}, signal));
      expect(error).to.include({code: 'credentials-failed', cause: undefined});
    }
    expect(server.requests).to.have.length(0);
  });

  it('says of a function that throws that it has, and why only as the cause', async () => {
    const cause = new Error('CANARY');
    const throws = (): never => {
      throw cause;
    };
    for (const accessToken of [throws, () => Promise.reject(cause)]) {
      const error = await rejectionOf(client(accessToken).open({}, signal));
      expect(error).to.include({code: 'credentials-failed', cause});
      expect((error as Error).message).not.to.include('CANARY');
    }
    const own = new PexipChatError('credentials-failed', 'Of compat().');
    expect(await rejectionOf(client(() => Promise.reject(own)).open({}, signal))).to.equal(own);
    expect(server.requests).to.have.length(0);
  });

  it('sends the cookie where there is no token, with the header that no form can send', async () => {
    await client().open({}, signal);
    const [request] = server.requests;
    expect(request!.init.credentials).to.equal('include');
    expect(request!.headers.get('x-requested-with')).to.equal('pexip-chat-room');
    expect(request!.headers.has('authorization')).to.equal(false);
    expect(await client().headers()).to.deep.equal({'X-Requested-With': 'pexip-chat-room'});
  });

  it('asks who is who, each name whole', async () => {
    const answer = {users: [], complete: true};
    server.answer = () => ({body: answer});
    const usernames = ['bob', 'a&b=c d'];
    expect(await client('j.w.t').users({aliases: ['dr/bob'], usernames})).to.deep.equal(answer);
    const [request] = server.requests;
    expect(request).to.deep.include({
      url: `${BASE}v1/users?username=bob&username=a%26b%3Dc+d&alias=dr%2Fbob`,
      method: 'GET',
    });
    expect(request!.headers.get('authorization')).to.equal('Bearer j.w.t');
  });

  it('takes somebody unknown for an answer, and nothing else that is refused', async () => {
    const question = {aliases: ['nobody'], usernames: []};
    const refuse = (status: number, code: string) => {
      server.answer = () => ({status, body: {error: {code, message: 'x'}}});
      return client('j.w.t').users(question);
    };
    expect(await refuse(404, 'user-not-found')).to.deep.equal({users: [], complete: true});
    for (const [status, code] of [
      [404, 'not-found'],
      [401, 'access-token-expired'],
      [429, 'rate-limited'],
    ] as const) {
      const failure = await rejectionOf(refuse(status, code));
      expect(failure).to.be.instanceOf(HttpFailure).with.property('status', status);
    }
  });

  it('names the lease in the address whole, and goes on while the page goes', async () => {
    server.answer = () => ({status: 204});
    await client('j.w.t').release('../lease/1?x');
    await client('j.w.t').end();
    const [release, end] = server.requests;
    expect(release).to.deep.include({
      url: `${BASE}v1/chat/session/..%2Flease%2F1%3Fx`,
      method: 'DELETE',
    });
    expect(end).to.deep.include({url: `${BASE}v1/chat/session`, method: 'DELETE'});
    for (const {init, headers} of server.requests) {
      expect(init.keepalive).to.equal(true);
      expect(headers.get('authorization')).to.equal('Bearer j.w.t');
      expect(headers.has('content-type')).to.equal(false);
    }
  });

  it('takes a function for failed that gives nothing in time', async () => {
    const {patience} = ACCESS_TOKEN_PACE;
    ACCESS_TOKEN_PACE.patience = 1;
    const never = (): Promise<string> => new Promise(() => undefined);
    const error = await rejectionOf(client(never).open({}, signal));
    ACCESS_TOKEN_PACE.patience = patience;
    expect(error).to.include({code: 'credentials-failed'});
    // It may be well again.
    expect((error as Error).cause).to.be.instanceOf(Error);
    expect(server.requests).to.have.length(0);
  });

  it('signs out by the last token of a function, which may be of somebody else by now', async () => {
    let count = 0;
    const one = client(() => `j.w.t${++count}`);
    await one.open({}, signal);
    server.answer = () => ({status: 204});
    await one.end();
    expect(count).to.equal(1);
    expect(server.requests[1]!.headers.get('authorization')).to.equal('Bearer j.w.t1');
  });

  it('signs out by the token that the page has given since where the last one has expired', async () => {
    const one = client('j.w.t1');
    await one.open({}, signal);
    one.use('j.w.t2');
    const answers = [401, 204];
    server.answer = () => ({status: answers.shift()!});
    await one.end();
    expect(server.requests[2]!.headers.get('authorization')).to.equal('Bearer j.w.t2');
  });

  it('signs nobody else out where the last token of a function has expired', async () => {
    let count = 0;
    const one = client(() => `j.w.t${++count}`);
    await one.open({}, signal);
    server.answer = () => ({status: 401});
    expect(await rejectionOf(one.end())).to.include({status: 401});
    expect([count, server.requests.length]).to.deep.equal([1, 2]);
  });

  it('signs nobody out by a function that never gave a token, as nothing was begun', async () => {
    await client(() => 'j.w.t').end();
    expect(server.requests).to.have.length(0);
  });

  it('passes Rocket.Chat through below its own address', () => {
    expect(client().passThrough).to.equal(`${BASE}v1/rc/`);
  });

  it('asks for the configuration without telling who asks, as it is open to everyone', async () => {
    const config = {node: 'https://node.example', server: 'https://chat.example'};
    server.answer = () => ({body: {...config, features: []}});
    expect(await client('j.w.t').config()).to.deep.equal(config);
    const [request] = server.requests;
    expect(request).to.deep.include({url: `${BASE}v1/config`, method: 'GET'});
    expect(request!.headers.has('authorization')).to.equal(false);
    expect(request!.init.credentials).to.equal('omit');
  });

  it('asks for a diagnosis as the user, and hands on what is said, whatever it is', async () => {
    for (const body of [{findings: []}, [], 'none of ours' as unknown, {}]) {
      server.answer = () => ({body: typeof body === 'string' ? JSON.stringify(body) : body});
      expect(await client('j.w.t').diagnose()).to.deep.equal(body);
    }
    const [request] = server.requests;
    expect(request).to.deep.include({url: `${BASE}v1/diagnose`, method: 'POST', body: {}});
    expect(request!.headers.get('authorization')).to.equal('Bearer j.w.t');
    expect(request!.headers.get('content-type')).to.equal('application/json');
    server.answer = () => ({status: 502, body: '<h1>Bad gateway</h1>'});
    expect(await rejectionOf(client('j.w.t').diagnose())).to.include({status: 502});
  });

  it('takes an answer for none that is no session', async () => {
    for (const body of [{}, [], null, {...SESSION, userId: '../x'}, {...SESSION, lease: ''}]) {
      server.answer = () => ({body});
      const error = await rejectionOf(client('j.w.t').open({}, signal));
      expect(error).to.be.instanceOf(HttpFailure);
      expect(error).to.include({status: 200});
    }
  });

  it('tells why it was refused', async () => {
    const error = {code: 'sign-in-queued', message: 'Wait', position: 3};
    const headers = {'Retry-After': '5'};
    server.answer = () => ({status: 429, headers, body: {error}});
    const failure = (await rejectionOf(client('j.w.t').open({}, signal))) as HttpFailure;
    expect(failure).to.include({status: 429, wait: 5000});
    expect(refusalOf(failure)).to.deep.equal({code: 'sign-in-queued', position: 3});
    expect(refusalOf(new HttpFailure(502))).to.equal(undefined);
    for (const gone of [client('j.w.t').release('x'), client('j.w.t').end()])
      expect(await rejectionOf(gone)).to.include({status: 429});
  });
});
