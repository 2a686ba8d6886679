import {checkDialRequest, type DialRequest} from '../../../src/protocol/dial-request.js';
import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import type {Meeting} from './meeting.js';

type RecordingSettings = Pick<BrokerSettings, 'meetings' | 'recording'>;

const refuse = (status: 403 | 409, message: string, cause?: Error): BrokerError =>
  new BrokerError(status, 'recording-not-configured', message, cause && {cause});

/**
 * The dial-out that brings the operator's recorder into a meeting. Its destination may have a key of a
 * stream in it: it goes to those who dial, and into no log and no error.
 *
 * @throws {BrokerError} `recording-not-configured`
 */
export const recorderRequest = ({recording}: Pick<RecordingSettings, 'recording'>): DialRequest => {
  const {destination, protocol, name} = recording;
  if (destination === undefined)
    throw refuse(409, 'This broker has no recorder. Its operator sets recording.destination.');
  const check = checkDialRequest({
    role: 'GUEST',
    destination,
    protocol,
    streaming: 'yes',
    remote_display_name: name,
    // The recorder would go on for ever, alone.
    keep_conference_alive: 'keep_conference_alive_never',
  });
  if ('request' in check) return check.request;
  const setting = check.field === 'remote_display_name' ? 'name' : check.field;
  throw refuse(
    409,
    'The recorder of this broker cannot be dialled. Its operator finds the setting to mend in the log.',
    new Error(`recording.${setting} does not fit a dial-out of recording.protocol.`),
  );
};

/**
 * Refuses a meeting that is to be recorded where nothing would record it: people would rely on it.
 *
 * @throws {BrokerError} `recording-not-configured`
 */
export const demandRecorder = (
  settings: Pick<RecordingSettings, 'recording'>,
  {record}: Pick<Meeting, 'record'>,
): void => {
  if (record !== 'none') recorderRequest(settings);
};

/**
 * The dial-out for a recording that somebody starts by hand.
 *
 * @throws {BrokerError} `recording-not-configured` for everybody but `meetings.admins`, for a meeting
 *   that is not recorded by hand, and without a recorder
 */
export const recordingByHand = (
  settings: RecordingSettings,
  {record}: Pick<Meeting, 'record'>,
  sub: string,
): DialRequest => {
  if (!settings.meetings.admins.includes(sub))
    throw refuse(
      403,
      'You may not start recordings. The operator names who may in meetings.admins.',
    );
  if (record !== 'manual')
    throw refuse(409, 'This meeting is not recorded by hand. Make one with "record": "manual".');
  return recorderRequest(settings);
};
