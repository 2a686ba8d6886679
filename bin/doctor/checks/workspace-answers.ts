import {field, identifier} from '../../../src/protocol/guards.js';
import type {PublicSettings} from '../judge/iframe-settings.js';
import {whatCame} from '../judge/page-kind.js';
import {jsonOf, type Asked} from '../net/answer.js';
import type {Scene} from '../scene.js';
import {good} from './common.js';

/** Asks what any Rocket.Chat tells everybody. */
export const askInfo = (scene: Scene, server: URL): Promise<Asked> =>
  scene.askApi(server, 'api/info');

/** The version in an answer of `/api/info`; releases before 1.0 had it in `info`. */
export const versionOf = (answer: Asked): string | undefined => {
  const found = good(answer);
  const info = found && jsonOf(found);
  return identifier(field(info, 'version')) ?? identifier(field(field(info, 'info'), 'version'));
};

const SETTINGS = [
  'Iframe_Integration_receive_enable',
  'Iframe_Integration_receive_origin',
  'Iframe_Integration_send_enable',
  'Iframe_Integration_send_target_origin',
  'Discussion_enabled',
];

/** The public settings that the findings are about; a text says why they are not known. */
export const publicSettings = async (
  scene: Scene,
  server: URL,
): Promise<PublicSettings | string> => {
  const path = `api/v1/settings.public?_id=${SETTINGS.join(',')}&count=${SETTINGS.length}`;
  const answer = await scene.askApi(server, path);
  const found = good(answer);
  const listed = found && field(jsonOf(found), 'settings');
  if (!Array.isArray(listed)) return `api/v1/settings.public has ${whatCame(answer)}`;
  return new Map(
    listed.flatMap((each: unknown): [string, unknown][] => {
      const id = identifier(field(each, '_id'));
      return id && SETTINGS.includes(id) ? [[id, field(each, 'value')]] : [];
    }),
  );
};
