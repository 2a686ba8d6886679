import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import {createSSRApp, h} from 'vue';
import {renderToString as renderVue} from 'vue/server-renderer';

const accessToken = async () => 'eyJhbGciOi…';
const BROKER = 'https://broker.example.com';

// What docs/frameworks.md says of a server, which a release of these could change.
describe('what a server writes of the widget', () => {
  it('has attributes, and no token that is a function, in React', () => {
    const html = renderToString(
      createElement('pexip-chat-widget', {
        broker: BROKER,
        'use-cookie': true,
        hidden: false,
        accessToken,
        'onwidget-error': () => {},
      }),
    );
    assert.equal(html, `<pexip-chat-widget broker="${BROKER}" use-cookie=""></pexip-chat-widget>`);
  });

  it('would have a token that is a string, in React: the types refuse it', () => {
    const html = renderToString(createElement('pexip-chat-widget', {accessToken: 'eyJhbGciOi…'}));
    assert.match(html, /eyJ/);
  });

  it('has attributes, and no property, in Vue', async () => {
    const props = {broker: BROKER, '.accessToken': accessToken, onWidgetError: () => {}};
    const html = await renderVue(createSSRApp({render: () => h('pexip-chat-widget', props)}));
    assert.equal(html, `<pexip-chat-widget broker="${BROKER}"></pexip-chat-widget>`);
  });
});
