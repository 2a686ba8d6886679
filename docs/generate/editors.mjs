// What editors read: VS Code's custom data, and the web-types of JetBrains' editors.
const ADDRESS =
  'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json';

const typeOf = ({type, parsedType}) => (parsedType ?? type).text;
/** The values that a type lists: `'native' | 'embed'`. */
const listed = (field) => [...typeOf(field).matchAll(/'([^']*)'/g)].map(([, value]) => value);
const isBoolean = ({type}) => type.text === 'boolean';

/** https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md */
export const htmlData = (elements) => ({
  version: 1.1,
  tags: elements.map(({tagName, description, attributes}) => ({
    name: tagName,
    description,
    attributes: attributes.map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      // An attribute that is there or not is completed without a value.
      ...(isBoolean(attribute)
        ? {valueSet: 'v'}
        : {values: listed(attribute).map((name) => ({name}))}),
    })),
  })),
});

const all = (elements, kind) => elements.flatMap((element) => element[kind] ?? []);
/** Elements share names: each once, with what all of them say. */
const named = (items, nameOf) => {
  const texts = new Map();
  for (const item of items) {
    const name = nameOf(item);
    texts.set(name, [...new Set([...(texts.get(name) ?? []), item.description])]);
  }
  return [...texts].map(([name, lines]) => ({name, description: lines.join('\n\n')}));
};

/** https://github.com/microsoft/vscode-css-languageservice/blob/main/docs/customData.md */
export const cssData = (elements) => ({
  version: 1.1,
  properties: named(all(elements, 'cssProperties'), ({name}) => name),
  pseudoClasses: named(all(elements, 'cssStates'), ({name}) => `:state(${name})`),
  pseudoElements: named(all(elements, 'cssParts'), ({name}) => `::part(${name})`),
});

const plain = ({name, description}) => ({name, description});
const valued = (field) => ({
  ...plain(field),
  ...(field.default !== undefined && {default: field.default}),
});

/** In the style sheets of a page the elements cannot be told apart either. */
const cssOf = (elements) => ({
  properties: named(all(elements, 'cssProperties'), ({name}) => name),
  'pseudo-classes': named(all(elements, 'cssStates'), ({name}) => `state(${name})`),
  'pseudo-elements': named(all(elements, 'cssParts'), ({name}) => `part(${name})`),
});

/** https://github.com/JetBrains/web-types */
export const webTypes = (elements, version) => ({
  $schema: ADDRESS,
  name: 'pexip-chat-room',
  version,
  'description-markup': 'markdown',
  contributions: {html: {elements: elements.map(contribution)}, css: cssOf(elements)},
});

const contribution = (element) => ({
  name: element.tagName,
  description: element.description,
  attributes: element.attributes.map((attribute) => ({
    ...valued(attribute),
    value: {type: typeOf(attribute)},
  })),
  slots: (element.slots ?? []).map(plain),
  js: {
    properties: element.members
      .filter(({kind}) => kind === 'field')
      .map((field) => ({
        ...valued(field),
        type: typeOf(field),
        ...(field.readonly && {'read-only': true}),
      })),
    events: element.events.map((event) => ({...plain(event), type: event.type.text})),
  },
});
