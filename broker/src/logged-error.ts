import {redact} from './log-redaction.js';

/** An error as it is logged. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string | number;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
  /** Of an error of several, such as one for each address that was tried. */
  readonly errors?: readonly LoggedError[];
}

const DEPTH = 5;
const SEVERAL = 4;
const MESSAGE = 2000;
const STACK = 4000;
const CODE = 64;

const short = (text: unknown, most: number): string => redact(String(text)).slice(0, most);

const codeOf = (error: Error): {readonly code?: string | number} => {
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'number') return {code};
  return typeof code === 'string' ? {code: short(code, CODE)} : {};
};

/** What was thrown may be anything, also an error whose fields throw. */
const described = (thrown: unknown, depth: number): LoggedError => {
  if (!(thrown instanceof Error))
    return {
      type: typeof thrown,
      message: typeof thrown === 'string' ? short(thrown, MESSAGE) : 'no error was thrown',
    };
  const {cause} = thrown;
  const errors: unknown = thrown instanceof AggregateError ? thrown.errors : undefined;
  const deeper = depth < DEPTH;
  return {
    type: short(thrown.name, CODE),
    ...codeOf(thrown),
    message: short(thrown.message, MESSAGE),
    ...(thrown.stack !== undefined && {stack: short(thrown.stack, STACK)}),
    ...(deeper && cause !== undefined && {cause: described(cause, depth + 1)}),
    ...(deeper &&
      Array.isArray(errors) && {
        errors: errors.slice(0, SEVERAL).map((each: unknown) => described(each, depth + 1)),
      }),
  };
};

/** Whoever logs one that he has described already has it described once more, by the logger. */
const isLogged = new WeakSet<object>();
const isDescribed = (thrown: unknown): thrown is LoggedError =>
  typeof thrown === 'object' && thrown !== null && isLogged.has(thrown);

/**
 * An error for the log: type, code, message, stack, and what caused it. Nothing else of it, as other
 * fields hold requests and their headers; and nothing in these that looks like a secret. What it has
 * made itself it leaves as it is.
 */
export const loggedError = (thrown: unknown): LoggedError => {
  if (isDescribed(thrown)) return thrown;
  try {
    const logged = described(thrown, 0);
    isLogged.add(logged);
    return logged;
  } catch {
    return {type: 'unknown', message: 'an error that cannot be read'};
  }
};
