import type {Dialect} from '../../src/protocol/dialects.js';
import {warn} from './log.js';

/**
 * Reads the dialect the plugin starts in from `<meta name="external-chat-dialect" content="videoconf">`,
 * which `make package DIALECT=videoconf` writes. What is no dialect counts as `external-chat`, with one
 * line in the log.
 */
export const readDialect = (page: ParentNode): Dialect => {
  const meta = page.querySelector<HTMLMetaElement>('meta[name="external-chat-dialect"]');
  const dialect = meta?.content.trim() || 'external-chat';
  if (dialect === 'videoconf' || dialect === 'external-chat') return dialect;
  warn('ignores its dialect, which is neither external-chat nor videoconf');
  return 'external-chat';
};
