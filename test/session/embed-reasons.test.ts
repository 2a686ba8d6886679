import {expect} from '@open-wc/testing';

import type {ErrorCode} from '../../src/errors.js';
import type {WorkspaceQuestions} from '../../src/session/workspace-questions.js';
import {embedReason, type EmbedSight} from '../../src/session/embed-reasons.js';
import {rejectionOf} from './recorders.js';

const ORIGIN = 'https://app.example';
const RECEIVE = 'Iframe_Integration_receive_enable';
const RECEIVE_ORIGIN = 'Iframe_Integration_receive_origin';
const SEND = 'Iframe_Integration_send_enable';
const SEND_ORIGIN = 'Iframe_Integration_send_target_origin';
/** A workspace that is set up as it should be. */
const GOOD = {[RECEIVE]: true, [RECEIVE_ORIGIN]: '*', [SEND]: true, [SEND_ORIGIN]: '*'};
const SILENT: EmbedSight = {
  paths: ['channel/general'],
  heard: false,
  signedIn: false,
  otherUser: false,
};

/** The workspace, what it says of rooms, and whether the token is good. */
interface Scene {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly access?: Readonly<Record<string, 'yes' | 'forbidden' | 'missing'>>;
  readonly token?: boolean;
}

describe('embedReason', () => {
  let asked: string[];
  beforeEach(() => {
    asked = [];
  });

  const apiOf = ({settings = {}, access = {}}: Scene): WorkspaceQuestions =>
    ({
      settings: async (names: readonly string[]) => {
        asked.push('settings');
        const all = Object.entries({...GOOD, ...settings});
        return new Map(all.filter(([name, value]) => names.includes(name) && value !== undefined));
      },
      access: async (path: string) => {
        asked.push(path);
        return access[path] ?? 'yes';
      },
    }) as unknown as WorkspaceQuestions;
  const reason = async (
    sight: Partial<EmbedSight>,
    scene: Scene = {},
  ): Promise<ErrorCode | undefined> => {
    const seen = {...SILENT, ...sight};
    const works = async (): Promise<boolean> => {
      asked.push('token');
      return scene.token ?? true;
    };
    const error = await embedReason(apiOf(scene), seen, ORIGIN, works);
    if (error) expect(error.message).to.match(/\.$/).and.to.have.length.greaterThan(40);
    return error?.code;
  };

  it('is the framing where the workspace is silent, and all else is as it should be', async () => {
    expect(await reason({})).to.equal('framing-forbidden');
  });

  it('is what the workspace is set to, before all else', async () => {
    expect(await reason({}, {settings: {[SEND]: false}})).to.equal('events-disabled');
    expect(await reason({}, {settings: {[RECEIVE]: false}})).to.equal('commands-disabled');
    expect(await reason({}, {settings: {[SEND]: false, [RECEIVE]: false}})).to.equal(
      'events-disabled',
    );
    expect(await reason({heard: true}, {settings: {[SEND]: false}})).to.equal(undefined);
    expect(await reason({heard: true}, {settings: {[RECEIVE]: false}})).to.equal(
      'commands-disabled',
    );
    expect(await reason({otherUser: true}, {settings: {[RECEIVE]: false}})).to.equal(
      'commands-disabled',
    );
  });

  it('is the origin where commands are taken from others, letter by letter as Rocket.Chat does', async () => {
    const list = (value: unknown): Promise<ErrorCode | undefined> =>
      reason({heard: true}, {settings: {[RECEIVE_ORIGIN]: value}});
    for (const good of ['*', ORIGIN, `https://other.example,${ORIGIN}`])
      expect(await list(good)).to.equal(undefined);
    for (const bad of [
      '',
      `${ORIGIN}/`,
      `https://other.example, ${ORIGIN}`,
      `${ORIGIN}.evil.example`,
      'https://app.example:443',
      `*,${ORIGIN}x`,
      undefined,
      null,
      7,
      {toString: 1},
      Object.create(null) as unknown,
    ])
      expect(await list(bad)).to.equal('origin-not-allowed');
  });

  it('is the origin where events go to another one, unless one was heard', async () => {
    const sends = (value: unknown, heard = false): Promise<ErrorCode | undefined> =>
      reason({heard}, {settings: {[SEND_ORIGIN]: value}});
    for (const bad of [
      'https://other.example',
      'https://app.example.evil',
      '',
      undefined,
      7,
      {toString: 1},
      Object.create(null) as unknown,
    ]) {
      expect(await sends(bad)).to.equal('origin-not-allowed');
      expect(await sends(bad, true)).to.equal(undefined);
    }
    // As postMessage() takes a target origin: any address of that origin.
    for (const good of [ORIGIN, `${ORIGIN}/`, `${ORIGIN}:443`, `${ORIGIN}/path`])
      expect(await sends(good)).to.equal('framing-forbidden');
  });

  it('is another user who is signed in there, where commands are taken', async () => {
    expect(await reason({otherUser: true, heard: true})).to.equal('other-user');
    expect(asked).to.deep.equal(['settings']);
  });

  it('is the token where the workspace takes it no more', async () => {
    expect(await reason({}, {token: false})).to.equal('token-rejected');
    expect(await reason({heard: true}, {token: false})).to.equal('token-rejected');
  });

  it('is the room where the user is signed in, or the page was heard', async () => {
    for (const sight of [{signedIn: true}, {heard: true}, {signedIn: true, heard: true}]) {
      const of = (access: 'yes' | 'forbidden' | 'missing'): Promise<ErrorCode | undefined> =>
        reason(sight, {access: {'channel/general': access}});
      expect(await of('yes')).to.equal(undefined);
      expect(await of('forbidden')).to.equal('room-forbidden');
      expect(await of('missing')).to.equal('room-not-found');
    }
  });

  it('asks for nothing but the room where the user is signed in', async () => {
    const broken = {settings: {[SEND]: false, [RECEIVE]: false}, token: false};
    expect(await reason({signedIn: true, otherUser: true}, broken)).to.equal(undefined);
    expect(asked).to.deep.equal(['channel/general']);
  });

  it('tries each room that a name may mean: one that is open will do', async () => {
    const paths = ['channel/a', 'group/a', 'direct/a'];
    const of = (...answers: ('yes' | 'forbidden' | 'missing')[]) =>
      reason(
        {signedIn: true, paths},
        {access: Object.fromEntries(paths.map((path, place) => [path, answers[place]!]))},
      );
    expect(await of('missing', 'yes', 'forbidden')).to.equal(undefined);
    expect(await of('missing', 'forbidden', 'missing')).to.equal('room-forbidden');
    expect(await of('missing', 'missing', 'missing')).to.equal('room-not-found');
  });

  it('is not made up where the workspace says nothing', async () => {
    const api = {
      settings: () => Promise.reject(new Error('away')),
    } as unknown as WorkspaceQuestions;
    const error = await rejectionOf(embedReason(api, SILENT, ORIGIN, async () => true));
    expect(error).to.include({message: 'away'});
  });
});
