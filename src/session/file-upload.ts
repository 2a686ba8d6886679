import {field, identifier} from '../protocol/guards.js';
import {isHttpFailure} from '../transport/http-failure.js';
import type {RestClient} from '../transport/rest-client.js';
import {MOST_TRIES, waitOf} from '../transport/rate-limit.js';
import {sleep} from '../transport/sleep.js';
import {upload} from '../transport/upload.js';
import {hearFiles} from './file-arrivals.js';
import type {FileProblem} from './file-rules.js';
import type {LiveSession} from './live-session.js';

/** A file that is to appear in a room. */
export interface OutgoingFile {
  readonly roomId: string;
  readonly file: File;
  readonly description?: string;
  /** The message whose thread it belongs to. */
  readonly threadId?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  /** Tells whether the file has come where the server's answer is lost. */
  readonly session: Pick<LiveSession, 'subscribe'>;
}

const TOO_LARGE = 413;
const UNKNOWN_ROUTE = 404;

/** What the server says of a file that it does not take. Source: `errorType` of REST's failures. */
const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  'error-file-too-large': 'too-large',
  'error-invalid-file-type': 'type',
  'error-file-upload-disabled': 'disabled',
};

/** By its fields; an answer may have its type in the text, between brackets. */
const problemOf = (failure: unknown): FileProblem => {
  const {status, body} = Object(failure) as {status?: unknown; body?: unknown};
  if (status === TOO_LARGE) return 'too-large';
  const type = identifier(field(body, 'errorType')) ?? '';
  const said = field(body, 'error');
  const inText = typeof said === 'string' ? /\[([\w-]+)\]/.exec(said)?.[1] : undefined;
  return PROBLEMS[type] ?? PROBLEMS[inText ?? ''] ?? 'failed';
};

/** The server may have done what it was asked. */
const isLost = (failure: unknown): boolean => {
  const status = field(failure, 'status');
  return status === 0 || (typeof status === 'number' && status >= 500);
};

const formOf = (fields: Readonly<Record<string, string | undefined>>, file: File): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  form.append('file', file, file.name);
  return form;
};

/**
 * Sends a file to a room: in two steps, as servers since 6.10 have it, or in one.
 *
 * Source: developer.rocket.chat, "Upload Media Files to a Room", "Confirm Media Upload",
 * `rooms.upload/:rid`.
 *
 * @returns why it was not taken; undefined if it was
 * @throws the signal's reason
 */
export const sendFile = async (
  rest: RestClient,
  outgoing: OutgoingFile,
): Promise<FileProblem | undefined> => {
  const {roomId, file, description, threadId, signal, session} = outgoing;
  let gone = 0;
  const onProgress = (share: number): void => outgoing.onProgress((gone = share));
  const send = async (route: string, form: FormData): Promise<unknown> => {
    for (let tries = 1; ; tries++) {
      gone = 0;
      try {
        return await upload({
          ...(await rest.target(`${route}/${roomId}`)),
          form,
          signal,
          onProgress,
        });
      } catch (error) {
        // What was refused for its rate was not done.
        const wait = isHttpFailure(error) ? waitOf(error) : undefined;
        if (wait === undefined || tries >= MOST_TRIES) throw error;
        await sleep(wait, signal);
      }
    }
  };
  try {
    const answer = await send('rooms.media', formOf({}, file)).catch((error: unknown) => {
      if (field(error, 'status') === UNKNOWN_ROUTE) return;
      throw error;
    });
    if (answer === undefined) {
      try {
        await send('rooms.upload', formOf({description, tmid: threadId}, file));
      } catch (error) {
        // The file is in the room by then, or is not.
        if (!isLost(error) || gone < 1) throw error;
        return 'unsure';
      }
      return;
    }
    const id = identifier(field(field(answer, 'file'), '_id'));
    if (!id) return 'failed';
    const about = {...(description && {description}), ...(threadId && {tmid: threadId})};
    const {arrived, end} = hearFiles(session, roomId);
    try {
      await rest.post(`rooms.mediaConfirm/${roomId}/${id}`, about, false, signal);
    } catch (error) {
      // Each time it is asked for, the file appears once more.
      if (!isLost(error)) throw error;
      return (await arrived(id)) ? undefined : 'unsure';
    } finally {
      end();
    }
    return;
  } catch (error) {
    signal.throwIfAborted();
    return problemOf(error);
  }
};
