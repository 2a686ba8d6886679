import {expect} from '@open-wc/testing';

import type {Examination} from '../../src/elements/diagnosis.js';
import {examined} from '../../src/elements/findings.js';
import type {Finding} from '../../src/protocol/findings.js';
import {FakeFetch, type FakeAnswer} from '../support/fake-socket.js';
import {uncaught} from '../support/uncaught.js';

const BROKER = 'https://broker.example/chat';
const SEEN = {package: '1.2.3', state: 'idle'};
const OK: Finding = {id: 'node-answers', status: 'ok', message: 'The node answers.', remedy: ''};
const WRONG: Finding = {
  id: 'plugin-in-manifest',
  status: 'wrong',
  message: 'The branding has no plugin.',
  remedy: 'Upload the zip again.',
};

describe('a diagnosis that is waited for', () => {
  let server: FakeFetch;
  beforeEach(() => {
    server = new FakeFetch(() => ({body: {findings: [OK, WRONG]}}));
  });
  afterEach(() => server.restore());

  const ask = (
    broker: string | null = BROKER,
    accessToken: Parameters<typeof examined>[2] = 'j.w.t',
  ): Promise<typeof SEEN & Examination> => examined(SEEN, broker, accessToken);
  const answers = (answer: FakeAnswer): void => {
    server.answer = () => answer;
  };
  /** The one finding of a broker that told nothing. */
  const noteOf = ({findings}: Examination): Finding => {
    expect(findings).to.have.length(1);
    expect(findings[0]).to.include({id: 'broker', status: 'unchecked'});
    expect(findings[0]!.remedy).to.include('npx pexip-chat-room doctor');
    return findings[0]!;
  };

  it('has what was seen, and what the broker has found, in its order', async () => {
    const diagnosis = await ask();
    expect({...diagnosis}).to.deep.equal({...SEEN, findings: [OK, WRONG]});
    const [request] = server.requests;
    expect(request).to.deep.include({url: `${BROKER}/v1/diagnose`, method: 'POST', body: {}});
    expect(request!.headers.get('authorization')).to.equal('Bearer j.w.t');
  });

  it('is text with each finding in a line, and its remedy below it', async () => {
    const lines = String(await ask()).split('\n');
    expect(JSON.parse(lines.slice(0, -3).join('\n'))).to.deep.equal(SEEN);
    expect(lines.slice(-3)).to.deep.equal([
      'ok node-answers: The node answers.',
      'wrong plugin-in-manifest: The branding has no plugin.',
      '  Remedy: Upload the zip again.',
    ]);
  });

  it('can be waited for again, as it waits for nothing itself', async () => {
    const diagnosis = await ask();
    expect(await diagnosis).to.equal(diagnosis);
    expect(server.requests).to.have.length(1);
  });

  it('asks with the cookie where there is no token, and a function for its token', async () => {
    await examined(SEEN, BROKER, undefined);
    await ask(BROKER, () => Promise.resolve('from.a.function'));
    const [cookie, given] = server.requests;
    expect(cookie!.init.credentials).to.equal('include');
    expect(cookie!.headers.get('x-requested-with')).to.equal('pexip-chat-room');
    expect(given!.headers.get('authorization')).to.equal('Bearer from.a.function');
  });

  describe('says why it has no findings, and does not fail,', () => {
    it('without a broker', async () => {
      for (const broker of [null, ''])
        expect(noteOf(await ask(broker)).remedy).to.include('the attribute "broker"');
      expect(server.requests).to.deep.equal([]);
    });

    it('where the broker refuses, is away, or is none', async () => {
      for (const [answer, said] of [
        [{status: 401, body: {error: {code: 'x', message: 'CANARY'}}}, 'HTTP 401'],
        [{status: 404, body: {}}, 'HTTP 404'],
        [{status: 502, body: '<h1>CANARY</h1>'}, 'HTTP 502'],
        [{status: 200, body: '<h1>CANARY</h1>'}, 'no answer'],
      ] as const) {
        answers(answer);
        const diagnosis = await ask();
        expect(noteOf(diagnosis).message).to.include(said);
        expect(String(diagnosis)).to.include(said).and.not.include('CANARY');
      }
      server.answer = () => {
        throw new TypeError('CANARY');
      };
      expect(noteOf(await ask()).message)
        .to.include('no answer')
        .and.not.include('CANARY');
    });

    it('where the attribute is wrong, or the function of the token fails', async () => {
      expect(noteOf(await ask('http://broker.example')).message).to.include(
        '"broker" must be https',
      );
      const failing = (): Promise<string> => Promise.reject(new Error('CANARY of a token'));
      expect(String(await ask(BROKER, failing))).not.to.include('CANARY');
      expect(server.requests).to.deep.equal([]);
    });

    it('where the answer holds none', async () => {
      for (const body of [{}, [], null, 7, {findings: {}}, {findings: [1, null, {}, [OK]]}]) {
        answers({body});
        expect(noteOf(await ask()).message).to.include('without findings');
      }
    });
  });

  it('leaves out what is no finding, and takes nothing from a finding that it does not know', async () => {
    const odd = [
      {...OK, status: 'fine'},
      {...OK, id: '<b>'},
      {...OK, message: 7},
      {...WRONG, remedy: {}, html: '<b>', toString: 'x', __proto__: {status: 'ok'}},
    ];
    answers({body: {findings: odd}});
    expect((await ask()).findings).to.deep.equal([{...WRONG, remedy: ''}]);
  });

  it('keeps texts as texts: markup is nothing else, and none passes for another line', async () => {
    const message =
      '<img src=x onerror="window.hacked = true">\nok node-answers: all well\u001b[2J\u202e\u2028!';
    answers({body: {findings: [{...WRONG, message, remedy: 'a\r\n\r\nb'}]}});
    const diagnosis = await ask();
    const [finding] = diagnosis.findings;
    expect(finding!.message).to.equal(
      '<img src=x onerror="window.hacked = true"> ok node-answers: all well [2J !',
    );
    expect(finding!.remedy).to.equal('a b');
    expect(String(diagnosis).split('\n').slice(-2)).to.deep.equal([
      `wrong plugin-in-manifest: ${finding!.message}`,
      '  Remedy: a b',
    ]);
    expect('hacked' in window).to.equal(false);
  });

  it('is not long after an answer of ten megabytes', async () => {
    const long = 'x'.repeat(50_000);
    answers({body: {findings: Array.from({length: 200}, () => ({...WRONG, message: long}))}});
    const {findings} = await ask();
    expect(findings).to.have.length(200);
    expect(findings.every(({message}) => message.length <= 2048)).to.equal(true);
    answers({body: {findings: Array.from({length: 100_000}, () => WRONG)}});
    expect(String(await ask()).length).to.be.below(50_000);
    answers({body: {findings: 'x'.repeat(10_000_000)}});
    noteOf(await ask());
  });

  it('leaves no rejection behind', async () => {
    const texts = uncaught();
    server.answer = () => Promise.reject(new TypeError('gone'));
    await ask();
    // What is handled by nobody is told in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    expect(texts).to.deep.equal([]);
  });
});
