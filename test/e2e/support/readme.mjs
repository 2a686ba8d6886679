import {readFileSync} from 'node:fs';

const FIRST_SNIPPET = /^<!-- snippet -->\s+```html\n([^]*?)^```\s+^<!-- \/snippet -->$/m;

/**
 * The first example of README.md as it stands there, with addresses of this machine for those of the
 * example.
 *
 * @param {{node: string, server: string}} places
 */
export const readmeExample = ({node, server}) => {
  const [, example] = FIRST_SNIPPET.exec(readFileSync('README.md', 'utf8'));
  return example
    .replace('https://pexip.example.com', node)
    .replace('https://chat.example.com', server);
};
