import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {setupNative} from '../support/native.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';

const fields = (more: object): MessageFields => more as MessageFields;

/** A pane in which all messages of a test are in the DOM. */
const TALL = {attributes: {style: 'block-size: 8000px'}};

/** What no server sends, but a page has to live with; `shown` unless the message cannot be read. */
const ODD: Readonly<Record<string, {more: object; shown?: boolean}>> = {
  'a time that no clock shows': {
    more: {editedAt: {$date: 8.64e15 + 1}, tlm: {$date: -9e15}, tcount: 2},
  },
  'times that are none': {more: {editedAt: 'soon', tlm: {}, tcount: 1e308, dlm: [], dcount: -1}},
  'a time far away': {
    more: {ts: '+275760-09-12T00:00:00.000Z', editedAt: '-271821-04-21T00:00:00.000Z'},
  },
  'a time before all others': {more: {ts: '0001-01-01T00:00:00.000Z'}},
  'no time': {more: {ts: null}},
  'lists that are none': {
    more: {
      attachments: {length: 5},
      reactions: 'none',
      mentions: [7, {}],
      channels: {},
      replies: 'x',
      urls: 1,
    },
  },
  'lists of nothing': {
    more: {
      attachments: [null, 1, 'x', [], {}],
      reactions: {':a:': null, ':b:': {usernames: 7}},
      blocks: [null],
    },
  },
  'names that every object has': {
    more: {
      _id: `__proto__${Math.random()}`,
      reactions: {constructor: {usernames: ['__proto__']}, toString: {usernames: ['constructor']}},
      attachments: [{type: 'constructor', title: '__proto__'}],
    },
  },
  'an id that no selector takes': {more: {_id: `a "b' [c] <d> \\ ${Math.random()}`}},
  'no author': {more: {u: {}}, shown: false},
  'an author without a name': {more: {u: {_id: 'x'}}, shown: false},
  'a name of a megabyte': {more: {alias: 'n'.repeat(1_000_000)}},
  'a kind that is unknown': {more: {t: 'something-new'}},
  'a kind of a megabyte': {more: {t: 'x'.repeat(1_000_000)}},
  'a discussion that leads elsewhere': {
    more: {t: 'discussion-created', drid: '../../admin', dcount: 3},
  },
  'pictures without measure': {
    more: {
      attachments: [
        {title: 'a', image_url: '/file-upload/a/b.png', image_dimensions: {width: 1e9, height: 1}},
        {title: 'b', image_url: '/file-upload/a/b.png', image_dimensions: {width: -1, height: 'x'}},
        {title: 'c', image_url: '/file-upload/a/b.png', image_size: 1e300, image_type: 7},
        {title: 'd', image_url: '/../../etc/passwd'},
        {title: 'e', image_url: '//evil.localhost/x.png'},
        {title: 'f', title_link: '\\\\evil.localhost\\x', type: 'file'},
      ],
    },
  },
  'attachments within attachments': {
    more: {
      attachments: [
        Array.from({length: 1000}).reduce<object>(
          (inner, _, i) => ({text: `level ${i}`, attachments: [inner]}),
          {},
        ),
      ],
    },
  },
};

describe('a message of the native view that is not as it should be', function () {
  // There are megabytes among them, and all are drawn at once.
  this.timeout(90_000);

  it('is shown as far as it can be read, and none around it suffers', async () => {
    const thrown = uncaught();
    const {page, workspace, other, room, write} = await setupNative(TALL);
    await write('Before');
    await page.shows('Before');
    for (const [name, {more}] of Object.entries(ODD))
      await workspace.post(other.username, room._id, `With ${name}.`, fields(more));
    await write('After');
    await page.shows('After');
    for (const [name, {shown = true}] of Object.entries(ODD)) {
      if (shown) await page.shows(`With ${name}.`);
      else expect(page.texts).to.not.include(`With ${name}.`);
    }
    expect(thrown).to.deep.equal([]);
    // Also when each is drawn anew.
    page.pane.setAttribute('language', 'ar');
    await waitUntil(() => page.find('.conversation').dir === 'rtl', 'it is drawn in Arabic');
    await page.shows('After');
    expect(thrown).to.deep.equal([]);
  });

  it('is the same where it was there before the room is opened', async () => {
    const thrown = uncaught();
    const {page} = await setupNative({
      ...TALL,
      before: async ({workspace, other, room, write}) => {
        for (const [name, {more, shown = true}] of Object.entries(ODD))
          if (shown) await workspace.post(other.username, room._id, `With ${name}.`, fields(more));
        await write('After');
      },
    });
    await page.shows('After');
    for (const [name, {shown = true}] of Object.entries(ODD))
      if (shown) await page.shows(`With ${name}.`);
    expect(thrown).to.deep.equal([]);
  });
});
