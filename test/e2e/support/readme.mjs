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

/** A page without anything but `body`. */
export const pageWith = (example) => `<!doctype html>
<html lang="en">
<title>A page of one's own</title>
<link rel="icon" href="data:," />
${example}
</html>`;

/** Signs the person in as the example does; to stand after the elements. */
export const SIGN_IN = `<script>
  document.querySelector('rc-chat-pane').auth = async ({signal}) =>
    (await fetch('/chat-credentials', {method: 'POST', signal})).json();
</script>`;
