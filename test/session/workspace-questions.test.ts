import {expect} from '@open-wc/testing';

import {ChatApi} from '../../src/session/chat-api.js';
import {PexipChatError} from '../../src/errors.js';
import {WorkspaceQuestions} from '../../src/session/workspace-questions.js';
import {
  ConnectionLost,
  DdpRefusal,
  type DdpConnection,
} from '../../src/transport/ddp-connection.js';
import {HttpFailure} from '../../src/transport/http-failure.js';
import type {RestClient} from '../../src/transport/rest-client.js';
import {rejectionOf} from './recorders.js';

describe('WorkspaceQuestions', () => {
  /** What was asked for, in order. */
  let asked: unknown[][];
  /** What the method answers, or throws. */
  let answer: () => unknown;
  /** What REST answers, or throws. */
  let body: (query: object) => unknown;
  let questions: WorkspaceQuestions;

  const refuse = (code: string) => (): never => {
    throw new DdpRefusal({code, reason: ''});
  };

  const NOT_FOUND = 'error-room-not-found';
  const notAllowed = (errorType: string): never => {
    throw new HttpFailure(400, {success: false, error: 'not-allowed', errorType});
  };

  beforeEach(() => {
    asked = [];
    answer = () => undefined;
    body = () => undefined;
    const call = async (method: string, params: readonly unknown[]): Promise<unknown> => {
      asked.push([method, ...params]);
      return answer();
    };
    const get = async (route: string, query: object): Promise<unknown> => {
      asked.push([route, query]);
      return body(query);
    };
    const rest = {get} as unknown as RestClient;
    questions = new WorkspaceQuestions(
      new ChatApi({call} as unknown as DdpConnection, async () => rest),
    );
  });

  describe('of the access to a room', () => {
    it('asks by its kind and its name, as that is without the encoding of an address', async () => {
      answer = () => ({_id: 'r'});
      for (const path of ['channel/general', 'group/a%20b%2Fc', 'direct/Zo%C3%AB'])
        expect(await questions.access(path)).to.equal('yes');
      expect(asked).to.deep.equal([
        ['getRoomByTypeAndName', 'c', 'general'],
        ['getRoomByTypeAndName', 'p', 'a b/c'],
        ['getRoomByTypeAndName', 'd', 'Zoë'],
      ]);
    });

    it('tells a room that is closed from one that is not there', async () => {
      answer = refuse('error-no-permission');
      expect(await questions.access('group/a')).to.equal('forbidden');
      for (const missing of [refuse('error-invalid-room'), () => undefined, () => null]) {
        answer = missing;
        expect(await questions.access('group/a')).to.equal('missing');
      }
    });

    it('asks by REST where the server does not know the method', async () => {
      answer = refuse('404');
      body = () => ({room: {_id: 'r'}, success: true});
      expect(await questions.access('group/a%20b')).to.equal('yes');
      expect(asked.at(-1)).to.deep.equal(['rooms.info', {roomName: 'a b'}]);
      body = () => ({success: true});
      expect(await questions.access('group/a')).to.equal('missing');
    });

    it('tells them apart by REST, too', async () => {
      answer = refuse('404');
      for (const [errorType, access] of [
        [NOT_FOUND, 'missing'],
        ['Not Allowed', 'forbidden'],
      ] as const) {
        body = () => notAllowed(errorType);
        expect(await questions.access('group/a')).to.equal(access);
      }
    });

    it('asks by REST for an id where there is no such name, as a path may hold either', async () => {
      answer = refuse('404');
      for (const [found, access] of [
        [() => ({room: {_id: 'a b'}, success: true}), 'yes'],
        [() => notAllowed('Not Allowed'), 'forbidden'],
        [() => notAllowed(NOT_FOUND), 'missing'],
      ] as const) {
        asked = [];
        body = (query) => ('roomId' in query ? found() : notAllowed(NOT_FOUND));
        expect(await questions.access('group/a%20b')).to.equal(access);
        expect(asked.slice(1)).to.deep.equal([
          ['rooms.info', {roomName: 'a b'}],
          ['rooms.info', {roomId: 'a b'}],
        ]);
      }
    });

    it('asks for no id where the name has been answered, be it with a refusal', async () => {
      answer = refuse('404');
      for (const answered of [
        () => ({room: {_id: 'r'}, success: true}),
        () => notAllowed('Not Allowed'),
        () => {
          throw new HttpFailure(500);
        },
      ]) {
        asked = [];
        body = answered;
        await questions.access('group/a').catch(() => undefined);
        expect(asked.slice(1)).to.deep.equal([['rooms.info', {roomName: 'a'}]]);
      }
    });

    it('takes no other refusal for one of the room', async () => {
      answer = refuse('error-not-allowed');
      expect(await rejectionOf(questions.access('group/a'))).to.include({
        code: 'error-not-allowed',
      });
      answer = refuse('404');
      body = () => {
        throw new PexipChatError('sign-in-required', 'Nobody.');
      };
      expect(await rejectionOf(questions.access('group/a'))).to.include({code: 'sign-in-required'});
    });

    it('makes nothing up where there is no answer', async () => {
      answer = () => {
        throw new ConnectionLost();
      };
      expect(await rejectionOf(questions.access('group/a'))).to.be.instanceOf(ConnectionLost);
      answer = refuse('404');
      body = () => {
        throw new HttpFailure(0);
      };
      expect(await rejectionOf(questions.access('group/a'))).to.be.instanceOf(HttpFailure);
    });
  });

  describe('of settings', () => {
    const LIST = [
      {_id: 'A', value: true},
      {_id: 'B', value: ''},
      {_id: 'other', value: 1},
      null,
      7,
      {value: 'of no name'},
    ];

    it('gives those that it was asked for, and of none what is not there', async () => {
      for (const list of [LIST, {update: LIST, remove: []}]) {
        answer = () => list;
        const settings = await questions.settings(['A', 'B', 'C']);
        expect([...settings]).to.deep.equal([
          ['A', true],
          ['B', ''],
        ]);
      }
      expect(asked[0]).to.deep.equal(['public-settings/get']);
    });

    it('asks by REST where the server does not know the method', async () => {
      answer = refuse('404');
      body = () => ({settings: LIST, success: true});
      expect([...(await questions.settings(['A', 'C']))]).to.deep.equal([['A', true]]);
      expect(asked.at(-1)).to.deep.equal(['settings.public', {_id: 'A,C'}]);
    });

    it('gives none where the answer is no list', async () => {
      for (const odd of [undefined, null, 7, 'A', {}, {update: {}}, {update: null}]) {
        answer = () => odd;
        expect((await questions.settings(['A'])).size).to.equal(0);
      }
    });

    it('makes nothing up where there is no answer', async () => {
      answer = refuse('error-not-allowed');
      expect(await rejectionOf(questions.settings(['A']))).to.be.instanceOf(DdpRefusal);
    });
  });
});
