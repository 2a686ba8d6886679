import {expect} from '@open-wc/testing';

import {answerPage, type PageAnswers} from '../../plugin/src/answer-page.js';
import type {ReceivedPageMessage} from '../../src/protocol/external-chat.js';
import {captureConsole} from './fakes.js';

const DIAL: ReceivedPageMessage = {
  type: 'dial-out',
  dial: {request: {role: 'GUEST', destination: 'a@example.com', protocol: 'sip'}},
};
const CANCEL: ReceivedPageMessage = {type: 'dial-out-cancel', requestId: 'r-1'};
const HELLO: ReceivedPageMessage = {type: 'hello', version: 1};

/** A plugin of which only is seen what it does. */
const answering = (hasOrigins: boolean) => {
  const done: unknown[] = [];
  const note =
    (what: string) =>
    (...args: unknown[]): void =>
      void done.push([what, ...args]);
  const parts = {
    hasOrigins,
    channel: {send: note('send'), greet: note('greet')},
    chatButton: {show: note('show')},
    participantsButton: {show: note('panel')},
    control: note('control'),
    dialOut: {start: note('dial'), cancel: note('cancel')},
  };
  return {done, answer: answerPage(parts as unknown as PageAnswers)};
};

describe('what the plugin does when the page speaks', () => {
  let log: ReturnType<typeof captureConsole>;
  beforeEach(() => (log = captureConsole()));
  afterEach(() => log.restore());

  for (const hasOrigins of [true, false]) {
    it(`is to show button and badge, packaged ${hasOrigins ? 'with' : 'without'} origins`, () => {
      const {done, answer} = answering(hasOrigins);
      answer({type: 'toggle-chat-button-state', active: true});
      answer({type: 'toggle-chat-badge', visible: false});
      expect(done).to.deep.equal([
        ['show', {active: true}],
        ['show', {badge: false}],
      ]);
    });
  }

  it('is to dial, to hang up and to greet, packaged with origins', () => {
    const {done, answer} = answering(true);
    for (const message of [DIAL, CANCEL, HELLO]) answer(message);
    expect(done).to.deep.equal([['dial', DIAL], ['cancel', 'r-1'], ['greet']]);
    expect(log.lines).to.deep.equal([]);
  });

  it('is to dial nobody, and to say how to package it, where it was packaged without', () => {
    const {done, answer} = answering(false);
    answer(DIAL);
    expect(done).to.have.length(1);
    const [what, message] = done[0] as [string, Record<string, unknown>];
    expect(what).to.equal('send');
    expect(message).to.include({type: 'dial-out-error', code: 'origins-missing'});
    expect(message['message']).to.contain('make package ORIGINS');
  });

  it('is nothing but one line at hello and dial-out-cancel, where it was packaged without', () => {
    const {done, answer} = answering(false);
    for (const message of [HELLO, CANCEL, HELLO]) answer(message);
    expect(done).to.deep.equal([]);
    expect(log.lines).to.have.length(1);
    expect(log.lines[0]).to.contain('make package ORIGINS');
  });
});
