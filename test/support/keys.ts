import {executeServerCommand} from '@web/test-runner-commands';

type Step = readonly ['type' | 'press' | 'down' | 'up', string];

const command = (...steps: readonly Step[]): Promise<unknown> =>
  executeServerCommand('real-keys', steps);

/** Types a text by real keys. */
export const type = (text: string): Promise<unknown> => command(['type', text]);

/**
 * Presses real keys, one after another.
 *
 * @param keys as `KeyboardEvent.key` has them; one may be held meanwhile: `Shift+Tab`
 */
export const press = (...keys: readonly string[]): Promise<unknown> =>
  command(
    ...keys.flatMap((each): Step[] => {
      const [key = '', held] = each.split('+').reverse();
      const pressed: Step = ['press', key];
      return held ? [['down', held], pressed, ['up', held]] : [pressed];
    }),
  );
