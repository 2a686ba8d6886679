/** What Rocket.Chat refuses with: a Meteor error, which REST and DDP each tell in a shape of their own. */
export class MeteorError extends Error {
  /** Such as `error-invalid-room`, or 403. */
  readonly code: string | number;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: string | number,
    reason = '',
    details: Readonly<Record<string, unknown>> | undefined = undefined,
  ) {
    super(reason ? `${reason} [${code}]` : `[${code}]`);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/**
 * A refusal that Rocket.Chat throws as an ordinary error: REST tells its text, DDP says no more than
 * `Internal server error`, as Meteor does of everything that is not made for clients.
 */
export class OperationError extends Error {}

/** Refuses whoever is not signed in. */
export const invalidUser = (method: string): MeteorError =>
  new MeteorError('error-invalid-user', 'Invalid user', {method});

/** Refuses a room that is not there, or hidden. */
export const invalidRoom = (method: string): MeteorError =>
  new MeteorError('error-invalid-room', 'Invalid room', {method});

/** Refuses what the user may not do. */
export const notAllowed = (method: string): MeteorError =>
  new MeteorError('error-not-allowed', 'Not allowed', {method});
