import {field} from '../../protocol/guards.js';
import type {TOOLS} from './option-values.js';

/** Left out, all tools are on; given, those are that it names with `true`, and no others. */
export const isToolOn = (tools: unknown, name: (typeof TOOLS)[number]): boolean => {
  if (tools === undefined || tools === null) return true;
  try {
    return field(tools, name) === true;
  } catch {
    // The page's own code, such as a getter.
    return false;
  }
};
