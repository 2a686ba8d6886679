import {expect} from '@open-wc/testing';

import {sendFile, type OutgoingFile} from '../../src/session/file-upload.js';
import type {RestClient} from '../../src/transport/rest-client.js';
import {FakeClock} from '../support/fake-socket.js';

/** What comes of an upload: its status and body, or none after so much of it has gone. */
type Answer = {readonly status: number; readonly body: object} | {readonly lostAt: number};

const {XMLHttpRequest: Real} = globalThis;
const NO_ROUTE: Answer = {status: 404, body: {success: false}};
const TAKEN: Answer = {status: 200, body: {success: true, file: {_id: 'f'}}};
const TOO_MANY: Answer = {
  status: 429,
  body: {error: 'You must wait 20 seconds before trying this endpoint again.'},
};

describe('sendFile', () => {
  let clock: FakeClock;
  let life: AbortController;
  /** The answers to come; the last one stays. */
  let answers: Answer[];
  /** Where files were sent to, and when. */
  let sent: {readonly route: string; readonly at: number}[];

  class FakeUpload extends EventTarget {
    readonly upload = new EventTarget();
    status = 0;
    responseText = '';
    #route = '';

    open(_: string, url: string): void {
      this.#route = url.split('/').at(-2)!;
    }

    setRequestHeader(): void {}

    abort(): void {}

    send(): void {
      sent.push({route: this.#route, at: clock.now - clock.start});
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      const lost = 'lostAt' in answer;
      const loaded = lost ? answer.lostAt : 1;
      const progress = {lengthComputable: true, loaded, total: 1};
      this.upload.dispatchEvent(new ProgressEvent('progress', progress));
      if (!lost) {
        this.status = answer.status;
        this.responseText = JSON.stringify(answer.body);
      }
      this.dispatchEvent(new Event(lost ? 'error' : 'load'));
    }
  }

  beforeEach(() => {
    clock = new FakeClock();
    life = new AbortController();
    sent = [];
    globalThis.XMLHttpRequest = FakeUpload as unknown as typeof XMLHttpRequest;
  });
  afterEach(() => {
    clock.restore();
    globalThis.XMLHttpRequest = Real;
  });

  /** What comes of a file, after as long as it may take. */
  const outcome = async (): Promise<unknown> => {
    const rest = {
      target: async (route: string) => ({url: route, files: '', headers: {}, withCookies: false}),
      post: async () => ({}),
    };
    const outgoing: OutgoingFile = {
      roomId: 'r',
      file: new File(['x'], 'x.txt'),
      signal: life.signal,
      onProgress: () => undefined,
      session: {subscribe: () => () => undefined},
    };
    const settled = sendFile(rest as unknown as RestClient, outgoing).catch((error) => error);
    await clock.pass(600_000);
    return settled;
  };

  for (const [route, first] of Object.entries({'rooms.media': [], 'rooms.upload': [NO_ROUTE]}))
    it(`sends to ${route} again, when it may, what was too much for a minute`, async () => {
      answers = [...first, TOO_MANY, TAKEN];
      expect(await outcome()).to.equal(undefined);
      expect(sent.slice(-2)).to.deep.equal([
        {route, at: 0},
        {route, at: 20_000},
      ]);
    });

  it('gives up what is too much for the fifth time', async () => {
    answers = [TOO_MANY];
    expect(await outcome()).to.equal('failed');
    expect(sent).to.have.lengthOf(5);
  });

  it('waits for nothing once it is cancelled', async () => {
    answers = [TOO_MANY];
    setTimeout(() => life.abort(new Error('cancelled')), 5_000);
    expect(await outcome()).to.include({message: 'cancelled'});
    expect(sent).to.have.lengthOf(1);
  });

  it('does not know of a file that was sent in one step and had no answer', async () => {
    answers = [NO_ROUTE, {lostAt: 1}];
    expect(await outcome()).to.equal('unsure');
    answers = [NO_ROUTE, {status: 502, body: {}}];
    expect(await outcome()).to.equal('unsure');
  });

  it('knows that a file failed that was cut off on its way', async () => {
    answers = [NO_ROUTE, {lostAt: 0.5}];
    expect(await outcome()).to.equal('failed');
    answers = [{lostAt: 1}];
    expect(await outcome()).to.equal('failed');
  });
});
