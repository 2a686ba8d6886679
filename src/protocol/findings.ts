/** What a diagnosis of the node, the plugin and the workspace tells (`POST /v1/diagnose`; docs/doctor.md). */
import {field, identifier, text} from './guards.js';

/** `ok`: seen to be right; `wrong`: seen to be wrong; `unchecked`: could not be seen from here. */
export const FINDING_STATUSES = ['ok', 'wrong', 'unchecked'] as const;

/** See {@link FINDING_STATUSES}. */
export type FindingStatus = (typeof FINDING_STATUSES)[number];

/** What was found of one thing that a meeting with a chat needs. */
export interface Finding {
  /** Stable, such as `plugin-in-manifest`: a heading of docs/doctor.md. */
  readonly id: string;
  readonly status: FindingStatus;
  /** What was seen, and where. */
  readonly message: string;
  /** What to change, or how to check it by hand; empty where nothing is to be done. */
  readonly remedy: string;
}

/** How many findings are read, and the most code units of their texts: what is longer is cut. */
export const FINDING_LIMITS = {count: 200, message: 2048, remedy: 2048} as const;

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

const parseFinding = (data: unknown): Finding | undefined => {
  const id = identifier(field(data, 'id'), 64);
  const status = FINDING_STATUSES.find((each) => each === field(data, 'status'));
  const message = text(field(data, 'message'), FINDING_LIMITS.message);
  const remedy = text(field(data, 'remedy'), FINDING_LIMITS.remedy) ?? '';
  return id && ID.test(id) && status && message ? {id, status, message, remedy} : undefined;
};

/** Reads the findings of `{findings}`; what is no finding, or has an unknown status, is left out. */
export const parseFindings = (data: unknown): Finding[] => {
  const given = field(data, 'findings');
  if (!Array.isArray(given)) return [];
  return given
    .slice(0, FINDING_LIMITS.count)
    .map(parseFinding)
    .filter((each) => each !== undefined);
};
