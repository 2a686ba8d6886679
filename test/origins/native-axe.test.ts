import {expect} from '@open-wc/testing';

import {OF_COLOURS, violationsIn} from '../support/axe.js';
import {setupConversation} from '../support/conversation.js';
import {makeLivePane} from '../support/live-pane.js';
import {place} from '../support/mount.js';
import {NATIVE_STATES} from '../support/native-states.js';
import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

interface Look {
  readonly language: 'ar' | 'en';
  readonly width: string;
  /** What is looked for in each colour scheme: all, or what can be found in one alone. */
  readonly schemes: Readonly<Partial<Record<'dark' | 'light', readonly string[] | undefined>>>;
}

const LOOKS: Readonly<Record<string, Look>> = {
  'in light and dark': {
    language: 'en',
    width: '46rem',
    schemes: {light: undefined, dark: OF_COLOURS},
  },
  'in Arabic, 320 px wide': {language: 'ar', width: '320px', schemes: {light: undefined}},
};

describe('axe finds nothing in the native view', function () {
  this.timeout(90_000);

  for (const [name, {language, width, schemes}] of Object.entries(LOOKS))
    it(`in any of its states, ${name}`, async () => {
      const server = await startWorkspace({API_Enable_CORS: true});
      const placed = await setupNative({attributes: {language}}, 'c', server);
      const {pane, page} = placed;
      pane.style.cssText = `inline-size: ${width}`;
      await waitUntil(() => page.find('.conversation').lang === language, 'it is in that language');
      const violations: Record<string, string[]> = {};
      for (const [state, enter] of Object.entries(NATIVE_STATES)) {
        await enter(placed);
        for (const [scheme, rules] of Object.entries(schemes)) {
          pane.style.colorScheme = scheme;
          const found = await violationsIn(pane, rules);
          if (found.length) violations[`${state}, ${scheme}`] = found;
        }
      }
      expect(violations).to.deep.equal({});
    });

  it('while it loads', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {view: 'native'});
    pane.auth = () => new Promise(() => undefined);
    place(pane);
    await waitUntil(() => pane.shadowRoot?.querySelector('rc-conversation')?.content);
    expect(await violationsIn(pane)).to.deep.equal([]);
  });

  it('where the room is encrypted', async () => {
    const {page, pane, workspace, other, room} = await setupNative();
    await workspace.encrypt(room._id);
    await workspace.post(other.username, room._id, 'Secret');
    await waitUntil(() => page.root.querySelector('.composer-blocked'));
    expect(await violationsIn(pane)).to.deep.equal([]);
  });
});
