/** The codes that plugins and people see for a node's words (getErrorCode of @pexip/infinity-api 20). */
const CODES: Readonly<Record<string, string>> = {
  'Invalid PIN': '#pex101',
  'Invalid token': '#pex113',
  'Timer expired awaiting token refresh': '#pex113',
  'Disconnected by an administrator': '#pex123',
  'Disconnected by another participant': '#pex124',
  'Conference terminated by another participant': '#pex125',
  'Signaling node disconnected': '#pex129',
  'Media node disconnected': '#pex131',
  'Call rejected': '#pex150',
  'Neither conference nor gateway found': '#pex154',
};

/** The code for a node's words; `#pex117` for all others. */
export const codeOf = (words: string): string => CODES[words] ?? '#pex117';
