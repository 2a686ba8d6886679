import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

const SECTIONS = readFileSync('docs/csp-and-origins.md', 'utf8').split(/^##+ /m);

/** The first block of a language below a heading of docs/csp-and-origins.md. */
const blockOf = (heading, language) => {
  const section = SECTIONS.find((text) => text.startsWith(`${heading}\n`));
  const [, block] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(section);
  return block.trim();
};

const replaceAll = (text, replacements) =>
  Object.entries(replacements).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The recipe has no ${from}: ${text}`);
    return changed.replaceAll(from, to);
  }, text);

/**
 * A header as docs/csp-and-origins.md has it below a heading, on one line.
 *
 * @param {string} heading
 * @param {Record<string, string>} [replacements] what stands for the example's addresses and braces; each must be there
 * @returns {Record<string, string>} the header, by its name
 */
export const headerOf = (heading, replacements = {}) => {
  const [, name, value] = /^([\w-]+):([^]+)$/.exec(blockOf(heading, 'http'));
  return {[name]: replaceAll(value.trim().replace(/\s+/g, ' '), replacements)};
};

/** The header that the nginx line below a heading adds; see {@link headerOf}. */
export const nginxHeaderOf = (heading, replacements = {}) => {
  const [, name, value] = /^add_header ([\w-]+) "([^"]+)" always;$/.exec(blockOf(heading, 'nginx'));
  return {[name]: replaceAll(value, replacements)};
};

/** The hashes of the built files, printed by the command of the document. */
export const printedHashes = () =>
  execFileSync('sh', ['-c', blockOf('By hash', 'sh')], {encoding: 'utf8'}).trim();
