import {field, LIMITS, text} from '../protocol/guards.js';
import type {HttpFailure} from './http-failure.js';

/** How often a request that may be repeated is sent, the first time included. */
export const MOST_TRIES = 5;

/**
 * When something is asked again that was refused for its rate, in ms; undefined if it was not. By
 * Rocket.Chat's text for status 429, which a page of another origin reads in place of the header.
 */
export const waitOf = ({status, wait, body}: HttpFailure): number | undefined => {
  const said = /wait (\d{1,4}) seconds/.exec(text(field(body, 'error'), LIMITS.message) ?? '')?.[1];
  if (status !== 429) return;
  return wait ?? Math.min(Number(said ?? 10), 60) * 1000;
};
