import type {Finding, FindingStatus} from '../src/protocol/findings.js';

import {SUBJECTS} from './doctor/index.js';

/** Words in a width of their own, so that nothing depends on colour or on a sign. */
const MARKS: Readonly<Record<FindingStatus, string>> = {
  ok: '[ok]       ',
  wrong: '[WRONG]    ',
  unchecked: '[unchecked]',
};
const COLOURS: Readonly<Record<FindingStatus, string>> = {ok: '32', wrong: '31', unchecked: '33'};

/** How many findings there are of each status. */
export type Summary = Readonly<Record<FindingStatus, number>>;

/** Counts findings. */
export const summaryOf = (findings: readonly Finding[]): Summary => {
  const count = (status: FindingStatus): number =>
    findings.filter((each) => each.status === status).length;
  return {ok: count('ok'), wrong: count('wrong'), unchecked: count('unchecked')};
};

const painted = (text: string, colour: string, colours: boolean): string =>
  colours ? `\u001b[${colour}m${text}\u001b[0m` : text;

const linesOf = (
  {id, status, message, remedy}: Finding,
  width: number,
  colours: boolean,
): string => {
  const mark = painted(MARKS[status], COLOURS[status], colours);
  const indent = ' '.repeat(MARKS.unchecked.length + width + 5);
  const first = `  ${mark} ${id.padEnd(width)}  ${message}`;
  return remedy ? `${first}\n${indent}-> ${remedy}` : first;
};

/** The findings for people: by product, aligned, each with its remedy below it, and a summary. */
export const reportOf = (findings: readonly Finding[], colours: boolean): string => {
  const width = Math.max(0, ...findings.map(({id}) => id.length));
  const subjects = new Set(SUBJECTS.values());
  const parts = [...subjects].flatMap((subject) => {
    const own = findings.filter(({id}) => SUBJECTS.get(id) === subject);
    return own.length
      ? [[subject, ...own.map((each) => linesOf(each, width, colours))].join('\n')]
      : [];
  });
  const {ok, wrong, unchecked} = summaryOf(findings);
  const last = `${wrong} wrong, ${unchecked} unchecked, ${ok} ok. Each is explained in docs/doctor.md.`;
  return [...parts, last].join('\n\n');
};
