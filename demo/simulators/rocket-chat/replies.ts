/** A REST answer, thrown or returned. */
export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Ends the handling of a request with a reply. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(String(reply.body['error']));
    this.reply = reply;
  }
}

const NOT_LOGGED_IN = 'You must be logged in to do this.';

/** 200. */
export const success = (body: Readonly<Record<string, unknown>> = {}): Reply => ({
  status: 200,
  body: {...body, success: true},
});

/** 400. */
export const failure = (error: string, errorType?: string): Reply => ({
  status: 400,
  body: {success: false, error, ...(errorType && {errorType})},
});

/** 400 of a Meteor error, whose code stands behind its text. */
export const meteorFailure = (
  code: string,
  text: string,
  details?: Readonly<Record<string, unknown>>,
): Reply => {
  const {status, body} = failure(`${text} [${code}]`, code);
  return {status, body: {...body, ...(details && {details})}};
};

/** 400 of parameters that are not as the route wants them. */
export const invalidParams = (text: string): Reply => meteorFailure('invalid-params', text);

/** 401 without a login. The doubled text is the form of servers up to 8. */
export const notLoggedIn = (): Reply => ({
  status: 401,
  body: {success: false, error: NOT_LOGGED_IN, status: 'error', message: NOT_LOGGED_IN},
});

/** 401 of a login that failed. */
export const loginFailed = (): Reply => ({
  status: 401,
  body: {success: false, status: 'error', error: 'Unauthorized', message: 'Unauthorized'},
});

/** 403. */
export const forbidden = (): Reply => ({
  status: 403,
  body: {success: false, error: 'unauthorized'},
});

/** 403 of a permission that is missing. */
export const permissionMissing = (): Reply => ({
  status: 403,
  body: {
    success: false,
    error: 'User does not have the permissions required for this action [error-unauthorized]',
  },
});

/** 404. */
export const notFound = (): Reply => ({
  status: 404,
  body: {success: false, error: 'Resource not found'},
});

/** 429; `wait` in ms. */
export const tooManyRequests = (wait: number): Reply => ({
  status: 429,
  body: {
    success: false,
    error:
      'Error, too many requests. Please slow down. You must wait ' +
      `${Math.ceil(wait / 1000)} seconds before trying this endpoint again. ` +
      '[error-too-many-requests]',
  },
});
