import {expect} from '@open-wc/testing';

import {mountRoom} from '../support/mount.js';
import {setupLive} from '../support/live-pane.js';
import {setupDesk} from '../support/launcher-place.js';
import {restlessRules} from '../support/restless-rules.js';
import {waitUntil} from '../support/wait.js';
import {placeWindow} from '../support/widget-window.js';
import {simulators} from 'test-simulators';

describe('people who want less motion', () => {
  it('meet no rule of the room that moves something', async () => {
    const room = mountRoom({node: simulators.puppetNode, room: 'x', loading: 'click'});
    // With the style of what stands in for a meeting.
    await waitUntil(() => room.shadowRoot!.querySelector('.cover button'), 'there is a button');
    expect(restlessRules(room.shadowRoot!)).to.deep.equal([]);
  });

  it('meet no rule of the pane that moves something', async () => {
    const pane = await setupLive({'room-list': true}).then((scene) => scene.pane);
    // With the style of what is around the conversation.
    await waitUntil(() => pane.shadowRoot!.querySelector('.rooms'), 'there is a list of rooms');
    expect(restlessRules(pane.shadowRoot!)).to.deep.equal([]);
  });

  it('meet no rule of the widget that moves something', async () => {
    const {host} = await setupDesk();
    expect(host.shadowRoot!.querySelector('[part=badge]')).to.exist;
    expect(restlessRules(host.shadowRoot!)).to.deep.equal([]);
    expect(restlessRules(placeWindow().root)).to.deep.equal([]);
  });

  it('would be told of by rules for everybody, and not by those for all others', () => {
    const root = document.createElement('div').attachShadow({mode: 'open'});
    const sheet = new CSSStyleSheet();
    const rules = [
      '.a { transition: color 0.2s }',
      '.b { animation: turn 1s infinite }',
      '@media (width > 1px) { .c { scroll-behavior: smooth } }',
      '.f { transition: visibility 1ms, opacity 1s }',
      '.g { transition: visibility 1ms }',
      '@media (prefers-reduced-motion: reduce) { .d { transition: none } }',
      '@media (prefers-reduced-motion: no-preference) { .e { transition: color 0.2s } }',
    ];
    sheet.replaceSync(rules.join(''));
    root.adoptedStyleSheets = [sheet];
    expect(restlessRules(root).map((rule) => rule.slice(0, 2))).to.deep.equal([
      '.a',
      '.b',
      '.c',
      '.f',
    ]);
  });
});
