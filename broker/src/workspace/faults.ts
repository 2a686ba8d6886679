import {BrokerError} from '../errors.js';

/** What is wrong at the workspace, or with what the operator has set. */
export type FaultReason =
  | 'account-not-made'
  | 'answer-odd'
  | 'permission-missing'
  | 'secret-wrong'
  | 'service-token-refused'
  | 'two-factor-demanded'
  | 'way-missing';

/** Why the workspace does not do what the broker asks, for the operator: in logs and findings only. */
export class WorkspaceFault extends Error {
  readonly reason: FaultReason;
  /** What the operator can do. */
  readonly remedy: string;

  constructor(reason: FaultReason, message: string, remedy: string) {
    super(`${message} ${remedy}`);
    this.name = 'WorkspaceFault';
    this.reason = reason;
    this.remedy = remedy;
  }
}

/** The workspace takes no more calls of this route for `wait` ms. */
export class WorkspaceLimited extends Error {
  /** Ms. */
  readonly wait: number;

  constructor(route: string, wait: number) {
    super(`Rocket.Chat takes no more calls of ${route} for ${wait} ms.`);
    this.name = 'WorkspaceLimited';
    this.wait = wait;
  }
}

/** One way of making tokens is refused; another one may work unless `final`. */
export class WayRefused extends Error {
  readonly fault: WorkspaceFault;
  readonly final: boolean;

  constructor(fault: WorkspaceFault, final = false) {
    super(fault.message);
    this.name = 'WayRefused';
    this.fault = fault;
    this.final = final;
  }
}

/** What the caller is told of a fault that only the operator can mend. */
export const workspaceRefused = (fault: Error): BrokerError =>
  new BrokerError(
    503,
    'workspace-refused',
    'Rocket.Chat did not do what the broker asked for. The operator of the broker finds the reason and the remedy in its log; ask again later.',
    {cause: fault},
  );

/** What the caller is told when no answer came. */
export const workspaceUnreachable = (cause: unknown): BrokerError =>
  new BrokerError(
    502,
    'workspace-unreachable',
    'The broker could not reach Rocket.Chat. Ask again in a moment.',
    {cause, headers: {'retry-after': '5'}},
  );

const TOKEN_REMEDY =
  'Make a new personal access token for the service account, with "Ignore Two Factor Authentication", and set rocketChat.userId and rocketChat.authToken.';

/** The service account's own token does not count. */
export const serviceTokenRefused = (): WorkspaceFault =>
  new WorkspaceFault(
    'service-token-refused',
    "Rocket.Chat does not accept the service account's token.",
    TOKEN_REMEDY,
  );

/** The service account's token was not made to ignore two factors. */
export const twoFactorDemanded = (route: string): WorkspaceFault =>
  new WorkspaceFault(
    'two-factor-demanded',
    `Rocket.Chat demands a second factor for ${route}.`,
    TOKEN_REMEDY,
  );

/** The service account may not do it. */
export const permissionMissing = (route: string, permission: string): WorkspaceFault =>
  new WorkspaceFault(
    'permission-missing',
    `The service account may not call ${route}.`,
    `Grant its role the permission ${permission}.`,
  );

/** An answer that no known Rocket.Chat gives. */
export const answerOdd = (route: string, what: string): WorkspaceFault =>
  new WorkspaceFault(
    'answer-odd',
    `The answer to ${route} ${what}.`,
    'Check that rocketChat.internalUrl (or rocketChat.server) is the address of Rocket.Chat itself, without redirects.',
  );
