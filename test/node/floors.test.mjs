import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {ESLint} from 'eslint';

const eslint = new ESLint();
const complaints = async (filePath, code) => {
  const [{messages}] = await eslint.lintText(code, {filePath});
  return messages.map(({ruleId}) => ruleId);
};

describe('lint', () => {
  const refused = [
    ['src/protocol/x.ts', "import {a} from '../transport/frame-channel.js';\na();\n"],
    ['src/protocol/x.ts', "import {a} from '../events/chat-events.js';\na();\n"],
    ['src/transport/x.ts', "import {a} from '../session/observable.js';\na();\n"],
    ['src/session/x.ts', "import {a} from '../elements/dom.js';\na();\n"],
    ['src/session/x.ts', "import {css} from 'lit';\ncss('');\n"],
    ['src/controllers/x.ts', "import {a} from '../elements/dom.js';\na();\n"],
    ['src/elements/x.ts', "import {a} from '../register.js';\na();\n"],
    ['plugin/src/x.ts', "import {a} from '../../src/session/observable.js';\na();\n"],
  ];
  for (const [file, code] of refused) {
    const [line] = code.split('\n');
    it(`refuses in ${file}: ${line}`, async () => {
      assert.deepEqual(await complaints(file, code), ['no-restricted-imports']);
    });
  }

  const allowed = [
    ['src/session/x.ts', "import {a} from '../protocol/guards.js';\na();\n"],
    [
      'src/elements/x.ts',
      "import {css} from 'lit';\nimport {a} from '../session/observable.js';\na(css);\n",
    ],
    ['plugin/src/x.ts', "import {a} from '../../src/protocol/guards.js';\na();\n"],
  ];
  for (const [file, code] of allowed) {
    it(`lets ${file} import from below`, async () => {
      assert.deepEqual(await complaints(file, code), []);
    });
  }

  it('refuses to know by its class what may be of another file, but for what all files share', async () => {
    const asks = (name) =>
      complaints('src/session/x.ts', `export const is = (it: unknown) => it instanceof ${name};\n`);
    assert.deepEqual(await asks('DdpRefusal'), ['no-restricted-syntax']);
    assert.deepEqual(await asks('HttpFailure'), ['no-restricted-syntax']);
    assert.deepEqual(await asks('PexipChatError'), []);
    assert.deepEqual(await asks('URL'), []);
  });

  it('has PexipChatError once for all files', async () => {
    assert.match(await readFile('src/parts/core.ts', 'utf8'), /^export \{PexipChatError\}/m);
  });

  it('refuses HTML from strings, the console and the window of the protocol', async () => {
    assert.deepEqual(
      await complaints('src/elements/x.ts', 'document.body.innerHTML = location.hash;\n'),
      ['no-restricted-syntax'],
    );
    assert.deepEqual(await complaints('src/elements/x.ts', "console.warn('x');\n"), ['no-console']);
    assert.deepEqual(await complaints('src/protocol/x.ts', 'window.close();\n'), [
      'no-restricted-globals',
    ]);
  });
});
