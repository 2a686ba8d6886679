const indent = (text) => text.replace(/^(?=.)/gm, '  ');
const comment = (text) => (text ? `/** ${text.replaceAll('*/', '*\\/')} */\n` : '');
const key = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);
const field = ({name, description}, type) => `${comment(description)}${key(name)}${type};`;
const declared = (name, about, fields) =>
  `${comment(about)}export interface ${name} {\n${fields.map(indent).join('\n')}\n}\n`;

/** What the text of an attribute can be. A boolean one counts when it is there, whatever its text. */
const textType = ({type, fieldName}, className) => {
  if (type.text === 'boolean') return "'' | true";
  if (type.text === 'number') return 'number | `${number}`';
  return fieldName ? `NonNullable<${className}['${fieldName}']>` : type.text;
};

const attributes = ({name: className, attributes}) =>
  attributes.map((each) => field(each, `?: ${textType(each, className)} | undefined`));

/** What is read-only stands in the manifest, too; no markup can set it. */
const writable = ({members}) => members.filter(({kind, readonly}) => kind === 'field' && !readonly);

const properties = (element) =>
  writable(element).map((each) => field(each, `?: ${element.name}['${each.name}'] | undefined`));

/** What HTML has itself is in the frameworks' own types. */
const HTML_OWN = new Set(['hidden']);
const isText = ({type}) => type.text.replace(/ \| (null|undefined)\b/g, '') === 'string';

/**
 * Several frameworks set a property where the element has one of that name, and else an attribute: on a
 * server, and where the element is not defined yet. What is a property only takes no string from them,
 * since a PIN or a token would stand in the page's HTML.
 */
const props = (element) => {
  const fields = writable(element);
  const names = new Set([...HTML_OWN, ...fields.map(({name}) => name)]);
  const typeOf = ({name, attribute}) => {
    const own = `${element.name}['${name}']`;
    return attribute ? own : `Exclude<${own}, string>`;
  };
  return [
    ...fields
      .filter((each) => each.attribute || !isText(each))
      .map((each) => field(each, `?: ${typeOf(each)} | undefined`)),
    ...attributes({
      ...element,
      attributes: element.attributes.filter(({name}) => !names.has(name)),
    }),
  ];
};

const events = ({events}) => events.map((each) => field(each, `: ${each.type.text}`));

const interfacesOf = (element) => {
  const {name, tagName} = element;
  const stem = name.replace(/Element$/, '');
  return {
    texts: [
      declared(`${stem}Attributes`, `What can stand in \`<${tagName}>\`.`, attributes(element)),
      declared(`${stem}Properties`, 'What a script can set of it.', properties(element)),
      declared(
        `${stem}Props`,
        'What a framework can that finds out itself which is which.',
        props(element),
      ),
      declared(`${stem}Events`, 'What it fires, by name.', events(element)),
    ],
    entry: declaredEntry(tagName, name, stem),
  };
};

const declaredEntry = (tagName, name, stem) =>
  `'${tagName}': {
  element: ${name};
  attributes: ${stem}Attributes;
  properties: ${stem}Properties;
  props: ${stem}Props;
  events: ${stem}Events;
};`;

/**
 * The one definition that the types of all frameworks stand on: attributes, properties and events of
 * each element, as the manifest has them. Their types are those of the classes.
 */
export const elementTypes = (elements) => {
  const parts = elements.map(interfacesOf);
  const names = elements.flatMap(({name, events}) => [name, ...events.map(({type}) => type.text)]);
  return [
    '// Made from the custom-elements manifest by docs/generate/element-types.mjs.',
    `import type {${[...new Set(names)].toSorted().join(', ')}} from './src/index.js';\n`,
    ...parts.flatMap(({texts}) => texts),
    declared(
      'ElementTypes',
      'All elements, by tag.',
      parts.map(({entry}) => entry),
    ),
  ].join('\n');
};
