import {HttpFailure} from './http-failure.js';

export interface UploadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Cookies are sent along. */
  readonly withCookies: boolean;
  readonly form: FormData;
  readonly signal: AbortSignal;
  /** @param share how much has gone, from 0 to 1 */
  readonly onProgress: (share: number) => void;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
};

/**
 * Sends a form and reads its answer as JSON. By XMLHttpRequest, as `fetch` tells nothing of what has
 * gone. No time limit while bytes go; a connection that is cut ends it.
 *
 * @throws {HttpFailure} it was refused, or there was no answer; the signal's own reason
 */
export const upload = (request: UploadRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const {url, headers, withCookies, form, signal, onProgress} = request;
    if (signal.aborted) return reject(signal.reason as Error);
    const sending = new XMLHttpRequest();
    const over = new AbortController();
    const listen = {signal: over.signal};
    const settle = (done: () => void): void => {
      over.abort();
      done();
    };
    signal.addEventListener(
      'abort',
      () => {
        settle(() => reject(signal.reason as Error));
        sending.abort();
      },
      listen,
    );
    sending.upload.addEventListener(
      'progress',
      (event) => event.lengthComputable && onProgress(event.loaded / event.total),
      listen,
    );
    // Not all browsers tell of the last bytes as progress.
    sending.upload.addEventListener('load', () => onProgress(1), listen);
    sending.addEventListener('error', () => settle(() => reject(new HttpFailure(0))), listen);
    sending.addEventListener(
      'load',
      () =>
        settle(() => {
          const {status} = sending;
          const body = parsed(sending.responseText);
          if (status >= 200 && status < 300 && body !== undefined) resolve(body);
          else reject(new HttpFailure(status, body));
        }),
      listen,
    );
    sending.open('POST', url);
    sending.withCredentials = withCookies;
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value);
    sending.send(form);
  });
