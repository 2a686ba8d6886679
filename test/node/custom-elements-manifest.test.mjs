import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {transform} from 'esbuild';

// The built classes themselves, which the generator never sees: it reads the source only.
import * as built from 'pexip-chat-room';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');
const {customElements: place} = JSON.parse(await read('package.json'));
const text = await read(place);
const {modules} = JSON.parse(text);
const elements = modules.flatMap(({declarations}) => declarations);
const events = elements.flatMap((element) => element.events);
const named = (items, name) => items.find((item) => item.name === name);
const namesOf = (items) => items.map(({name}) => name).toSorted();

describe('dist/custom-elements.json', () => {
  it('has all elements, in the modules that export and define them', () => {
    const shown = modules.map(({path, exports}) => [path, exports.map(({name}) => name)]);
    assert.deepEqual(shown, [
      ['dist/index.js', ['PexipChatRoomElement', 'RcChatPaneElement', 'PexipChatWidgetElement']],
      ['dist/define.js', ['pexip-chat-room', 'rc-chat-pane', 'pexip-chat-widget']],
    ]);
    assert.deepEqual(
      elements.map(({tagName, customElement}) => [tagName, customElement]),
      [
        ['pexip-chat-room', true],
        ['rc-chat-pane', true],
        ['pexip-chat-widget', true],
      ],
    );
  });

  it('names no place of the machine it was made on, and nothing of the source', () => {
    assert.doesNotMatch(text, /"[^"]*(src\/|node_modules|file:|^\/)/);
    assert.ok(!text.includes(new URL('.', root).pathname));
  });

  for (const element of elements) {
    const Class = built[element.name];

    describe(`<${element.tagName}>`, () => {
      it('has every attribute that the class observes, and no other', () => {
        // `id` is HTML's own; a room only hears of its changes.
        const observed = Class.observedAttributes.filter((name) => name !== 'id');
        // What has no property is watched by a file that is loaded later: a test of its own is below.
        const withProperty = element.attributes.filter(({fieldName}) => fieldName);
        assert.deepEqual(namesOf(withProperty), observed.toSorted());
      });

      it('says of each property what the class declares: attribute, type, and if it is reflected', () => {
        for (const [name, {attribute, type = String, reflect}] of Class.elementProperties) {
          const field = named(element.members, name);
          assert.ok(field, name);
          if (attribute === false) {
            assert.equal(field.attribute, undefined, name);
            continue;
          }
          const entry = element.attributes.find(({fieldName}) => fieldName === name);
          assert.equal(entry.name, typeof attribute === 'string' ? attribute : name.toLowerCase());
          assert.equal(entry.name, field.attribute);
          assert.equal(entry.reflects, reflect || undefined, name);
          assert.match(entry.type.text, /./);
          if (type !== String) assert.equal(entry.type.text, type.name.toLowerCase(), name);
        }
      });

      it('has the getters and methods of the class, with parameters and answers', () => {
        const {members} = element;
        const {prototype} = Class;
        for (const {kind, name, readonly, parameters, return: answer} of members) {
          assert.ok(name in prototype, name);
          if (kind === 'field') {
            const {get, set} = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
            if (get) assert.equal(!set, readonly ?? false, name);
          } else {
            assert.match(answer.type.text, /./, name);
            const {length} = prototype[name];
            const required = parameters.filter(({optional}) => !optional);
            // 0: it hands on whatever it is given.
            assert.ok(!length || length >= required.length, name);
            assert.ok(length <= parameters.length, name);
          }
        }
      });

      it('has nothing that is private, protected, or of Lit or HTML', () => {
        const ours = ['FramedElement', element.name];
        const {members} = element;
        for (const {name, privacy, inheritedFrom} of members) {
          assert.doesNotMatch(name, /^[#_]|Callback$|^(update|render|requestUpdate|styles)$/);
          assert.equal(privacy ?? 'public', 'public', name);
          assert.ok(!inheritedFrom || ours.includes(inheritedFrom.name), name);
        }
        for (const name of ['error', 'frameView', 'texts', 'report', 'showState', 'fireError'])
          assert.equal(named(members, name), undefined, name);
      });

      it('describes everything', () => {
        const {attributes, members, events, slots = [], cssParts, cssProperties = []} = element;
        const {cssStates = []} = element;
        for (const items of [
          attributes,
          members,
          events,
          slots,
          cssParts,
          cssProperties,
          cssStates,
        ])
          for (const {name, description} of items) assert.match(description, /\.$/, name);
      });

      it('has a CSS state for each value of its state, and none without one', () => {
        const {parsedType} = named(element.members, 'state') ?? {};
        // What the widget says of its state is in its button alone.
        assert.equal(!parsedType, element.tagName === 'pexip-chat-widget');
        if (!parsedType) return assert.deepEqual(element.cssStates ?? [], []);
        const states = [...parsedType.text.matchAll(/'(\w+)'/g)].map(([, state]) => state);
        assert.ok(states.length > 5);
        for (const state of states) assert.ok(named(element.cssStates, state), state);
      });
    });
  }

  it('resolves defaults to values', () => {
    const [room, pane] = elements;
    assert.equal(named(room.attributes, 'plugin-timeout').default, '30000');
    assert.equal(named(room.attributes, 'guest').default, 'false');
    assert.equal(named(room.attributes, 'path').default, 'webapp3');
    assert.equal(named(room.members, 'dialOutTimeout').default, '60000');
    assert.equal(named(room.attributes, 'node').default, undefined);
    assert.equal(named(pane.attributes, 'active').default, 'true');
  });

  it('has the attributes of the common base in both elements with a frame', () => {
    for (const {attributes} of elements.slice(0, 2))
      assert.equal(named(attributes, 'frame-title').fieldName, 'frameTitle');
  });

  it('has the attributes of the widget as it checks them: values, default, and what is there or not', async () => {
    const {code} = await transform(await read('src/elements/floating/option-values.ts'), {
      loader: 'ts',
    });
    const options = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const {attributes} = elements[2];
    for (const [name, values] of Object.entries(options.OPTION_VALUES)) {
      const attribute = named(attributes, name);
      assert.equal(attribute?.type.text, values.map((value) => `'${value}'`).join(' | '), name);
      assert.equal(attribute.default, values[0], name);
    }
    for (const name of options.OPTION_FLAGS)
      assert.equal(named(attributes, name)?.type.text, 'boolean', name);
  });

  it('has an event for every event class that the package exports, and no other', () => {
    const classes = Object.keys(built).filter((name) => name.endsWith('Event'));
    assert.ok(classes.length > 15);
    assert.deepEqual(events.map(({type}) => type.text).toSorted(), classes.toSorted());
  });

  it('says of each event what its class makes', () => {
    for (const {name, type, bubbles, composed, cancelable} of events) {
      const event = new built[type.text]({});
      assert.deepEqual(
        {name, bubbles, composed, cancelable},
        {
          name: event.type,
          bubbles: event.bubbles,
          composed: event.composed,
          cancelable: event.cancelable,
        },
      );
    }
  });

  it('lists the fields of a detail with their types, names of our own resolved', () => {
    const {detail} = named(events, 'pexip-chat-toggled');
    const types = detail.map(({name, type, parsedType}) => [name, (parsedType ?? type).text]);
    assert.deepEqual(types, [
      ['active', 'boolean'],
      ['by', "'toolbar' | 'page' | 'pane'"],
    ]);
    const unread = named(named(events, 'rc-unread-changed').detail, 'rooms');
    assert.equal(
      unread.parsedType.text,
      '{roomId: string, name: string, count: number, alert: boolean}[]',
    );
    assert.equal(named(named(events, 'pexip-connected').detail, 'conferenceAlias').optional, true);
    assert.deepEqual(named(events, 'rc-ready').detail, []);
  });
});
