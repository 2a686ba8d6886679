import {parseArgs, type ParseArgsConfig} from 'node:util';

/** A command that was called in a way that it cannot be; the message says how to. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UsageError';
  }
}

/**
 * The options of a command.
 *
 * @throws {UsageError} for one that it does not know
 */
export const parsedArguments = <Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
): ReturnType<typeof parseArgs<{args: string[]; options: Options}>>['values'] => {
  try {
    return parseArgs({args: [...args], options}).values;
  } catch (error) {
    // Node's text names the option, and may go on with how to write a positional argument.
    const [first = ''] = (error instanceof Error ? error.message : '').split('. ');
    throw new UsageError(`${first.replace(/\.$/, '')}.`, {cause: error});
  }
};
