/** How many causes of causes are logged. */
const LONGEST_CHAIN = 5;

/** What a log has of an error. */
export interface PlainError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: PlainError;
}

/**
 * What may be logged of an error: its own text, and not the properties that libraries hang on it
 * (claims of a token, headers of a request).
 */
export const plainError = (error: unknown, depth = LONGEST_CHAIN): PlainError => {
  if (!(error instanceof Error)) return {type: typeof error, message: 'Something else was thrown.'};
  const {name, message, stack, cause} = error;
  const {code} = error as {readonly code?: unknown};
  return {
    type: name,
    message,
    ...(typeof code === 'string' && {code}),
    ...(stack !== undefined && {stack}),
    ...(cause !== undefined && depth > 0 && {cause: plainError(cause, depth - 1)}),
  };
};
