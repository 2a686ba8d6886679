import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, describe, it} from 'node:test';

import {copyOfRepository} from './support/copy.mjs';

const ROOM = 'src/elements/pexip-chat-room.ts';
const PANE = 'src/elements/rc-chat-pane.ts';
const WIDGET = 'src/elements/pexip-chat-widget.ts';
const OPERATIONS = 'src/elements/floating/widget-operations.ts';
const EVENTS = 'src/events/meeting-events.ts';
const MANIFEST = 'dist/custom-elements.json';

describe('the generated documentation', () => {
  let root;
  // Never in the repository itself: other work may be using its files.
  beforeEach(() => {
    root = copyOfRepository(
      'broker/src',
      'custom-elements-manifest.config.mjs',
      'docs',
      'package.json',
      '.prettierrc.json',
      'README.md',
      'src',
      'tsconfig.json',
    );
  });

  const read = (path) => readFileSync(join(root, path), 'utf8');
  const change = (path, before, after) => {
    const text = read(path);
    assert.ok(text.includes(before), `${path}: ${before}`);
    writeFileSync(join(root, path), text.replace(before, after));
  };
  const run = (...args) =>
    spawnSync(process.execPath, [join(root, 'docs/generate/write.mjs'), ...args], {
      encoding: 'utf8',
    });

  it('is what the source says, as committed', () => {
    const {status, stderr} = run('--check');
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  it('fails the check when a page differs, names page and command, and leaves the page alone', () => {
    change('docs/events.md', '| `rc-ready`', '| `rc-steady`');
    const edited = read('docs/events.md');
    const {status, stderr} = run('--check');
    assert.equal(status, 1);
    assert.equal(
      stderr,
      'docs/events.md: not what the source says. Run `npm run docs` and commit that.\n',
    );
    assert.equal(read('docs/events.md'), edited);
  });

  it('has the settings of the broker as their table says', () => {
    const table = 'broker/src/config/settings-of-service.ts';
    change(table, "about: 'Port to listen at;", "about: 'Port for requests;");
    assert.match(run('--check').stderr, /^docs\/broker\.md: not what the source says/);
    assert.equal(run().status, 0);
    assert.match(
      read('docs/broker.md'),
      /\| `listen\.port` .*`8090` .*Port for requests;.*`BROKER_LISTEN_PORT`/,
    );
    change('docs/broker.md', '<!-- generated: settings of the broker -->', '');
    assert.match(run().stderr, /no marker for the settings of the broker/);
  });

  it('fails the check when the source has changed and the pages have not', () => {
    change(ROOM, '/** Joins as a guest. */', '/** Joins with the role of a guest. */');
    const {status, stderr} = run('--check');
    assert.equal(status, 1);
    assert.match(stderr, /^docs\/attributes\.md: /);
  });

  it('takes up a new attribute, property and event, and leaves the prose as it is', () => {
    change(
      ROOM,
      '    guest: {type',
      "    ringTone: {attribute: 'ring-tone'},\n    ringLimits: {attribute: false},\n    guest: {type",
    );
    change(
      ROOM,
      '  /** Joins as a guest. */',
      [
        '  /** How it rings. */',
        "  declare ringTone: 'soft' | 'loud' | null;",
        '  /** At most so many. */',
        '  declare ringLimits: {inFlight: number};',
        '  /** Joins as a guest. */',
      ].join('\n'),
    );
    change(
      ROOM,
      '    this.dialOutTimeout =',
      '    this.ringLimits = {\n      inFlight: 1_000,\n    };\n    this.dialOutTimeout =',
    );
    change(
      ROOM,
      ' * @csspart',
      ' * @fires {PexipRangEvent} pexip-rang - It rang.\n *\n * @csspart',
    );
    change(
      EVENTS,
      'export interface MeetingEventMap {',
      [
        'export class PexipRangEvent extends ComposedEvent<{readonly times?: 1 | 2}> {',
        "  constructor(detail: {readonly times?: 1 | 2}) {\n    super('pexip-rang', detail, true);\n  }",
        '}',
        "export interface MeetingEventMap {\n  'pexip-rang': PexipRangEvent;",
      ].join('\n'),
    );
    const prose = /A change of `room` goes to that room in the loaded page\./;
    assert.match(read('docs/attributes.md'), prose);
    const {status, stderr} = run();
    assert.equal(stderr, '');
    assert.equal(status, 0);
    const [attributes, events, readme] = ['docs/attributes.md', 'docs/events.md', 'README.md'].map(
      (path) => read(path).replace(/ +/g, ' '),
    );
    assert.match(attributes, prose);
    assert.ok(attributes.includes("| `ring-tone` | `'soft' \\| 'loud'` | | How it rings. |"));
    assert.ok(
      attributes.includes(
        '| `ringLimits` | `{inFlight: number}` | `{inFlight: 1000}` | At most so many. |',
      ),
    );
    assert.ok(events.includes('| `pexip-rang` | It rang. | `times?: 1 \\| 2` | yes |'));
    assert.ok(readme.includes('`pexip-rang` (cancelable)'));
    assert.ok(readme.includes('`ring-tone`, `guest`'));
  });

  it('has what an interface declares of an element, and asks for its description', () => {
    change(
      OPERATIONS,
      '  /** Whether the user is signed in. */',
      '  /** Somebody is signed in. */',
    );
    assert.equal(run().status, 0);
    assert.match(
      read('docs/attributes.md'),
      /\| `isAuthenticated\(\)` +\| `boolean` +\| Somebody is signed in\. /,
    );
    change(OPERATIONS, '  /** Somebody is signed in. */\n', '');
    assert.match(
      run().stderr,
      /- <pexip-chat-widget>: the method "isAuthenticated" has no description\./,
    );
  });

  it('asks for the type of an attribute without a property', () => {
    change(WIDGET, '@attr {boolean} [use-cookie=false]', '@attr use-cookie');
    assert.match(
      run().stderr,
      /- <pexip-chat-widget>: the attribute "use-cookie" belongs to no declared property, and has no @attr with a type\./,
    );
  });

  it('writes the same bytes again', () => {
    run();
    const first = read(MANIFEST);
    writeFileSync(join(root, MANIFEST), '');
    run();
    assert.ok(first.length > 10_000);
    assert.equal(read(MANIFEST), first);
  });

  it('fails with a line for each mistake in the JSDoc, and writes nothing', () => {
    change(ROOM, '  /** Joins as a guest. */\n', '');
    change(ROOM, '  /** The same as `chat`. */\n', '');
    change(ROOM, ' * @slot chat - The chat, beside the meeting.', ' * @slot chat');
    change(ROOM, '@fires {PexipReadyEvent} pexip-ready', '@fires pexip-ready');
    change(ROOM, '@fires {PexipConnectedEvent}', '@fires {PexipReadyEvent}');
    change(ROOM, ' * @cssstate ready - The plugin has loaded; the person has not joined.\n', '');
    change(PANE, / *\/\*\*(?:(?!\*\/)[^])*\*\/\n(?= *diagnose\(\))/.exec(read(PANE))[0], '');
    change(PANE, /@fires \{RcErrorEvent\} rc-error - .*/.exec(read(PANE))[0], '');
    change(EVENTS, "  'pexip-error': PexipErrorEvent;\n", '');
    const {status, stderr} = run();
    assert.equal(status, 1);
    assert.deepEqual(stderr.trim().split('\n').toSorted(), [
      '- <pexip-chat-room>: @fires pexip-connected names PexipReadyEvent, which is the class of "pexip-ready".',
      '- <pexip-chat-room>: @fires pexip-error: PexipErrorEvent is not in DocumentEventMap.',
      '- <pexip-chat-room>: @fires pexip-error: PexipErrorEvent is not in HTMLElementEventMap.',
      '- <pexip-chat-room>: @fires pexip-ready names no class of src/events: write @fires {ItsClass} pexip-ready - When.',
      '- <pexip-chat-room>: the attribute "guest" has no description.',
      '- <pexip-chat-room>: the property "chatActive" has no description.',
      '- <pexip-chat-room>: the slot "chat" has no description.',
      '- <pexip-chat-room>: the state "ready" has no @cssstate.',
      '- <rc-chat-pane>: the method "diagnose" has no description.',
      "- The event class PexipConnectedEvent is in no element's @fires.",
      "- The event class RcErrorEvent is in no element's @fires.",
      'The JSDoc of the elements is not complete:',
    ]);
    assert.throws(() => read(MANIFEST), {code: 'ENOENT'});
  });

  it('fails on a marker that names no table, and on one without an end', () => {
    change(
      'docs/events.md',
      'generated: events of rc-chat-pane',
      'generated: eventz of rc-chat-pane',
    );
    assert.match(
      run().stderr,
      /^<!-- generated: eventz of rc-chat-pane -->: there is no such table/,
    );
    change(
      'docs/events.md',
      'generated: eventz of rc-chat-pane',
      'generated: events of rc-chat-pane',
    );
    change('docs/events.md', '<!-- /generated -->', '');
    assert.match(run().stderr, /has no <!-- \/generated --> after it/);
  });
});
