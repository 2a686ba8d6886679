const BASE = 'ComposedEvent';
/** A listener stands on the element or, as events bubble, on the document. */
const MAPS = ['HTMLElementEventMap', 'DocumentEventMap'];

/** What is missing or wrong in the JSDoc of the elements: a sentence for each, none if all is well. */
export const problemsOf = (source, elements, eventClasses) => [
  ...elements.flatMap((element) => [
    ...undescribed(element),
    ...element.attributes.flatMap((attribute) => attributeProblems(element, attribute)),
    ...element.events.flatMap((event) => eventProblems(source, element, event, eventClasses)),
    ...stateProblems(element),
  ]),
  ...classProblems(source, elements, eventClasses),
];

const undescribed = ({tagName, attributes, members, events, ...rest}) =>
  Object.entries({
    attribute: attributes,
    property: members.filter(({kind, attribute}) => kind === 'field' && !attribute),
    method: members.filter(({kind}) => kind === 'method'),
    event: events,
    slot: rest.slots,
    'CSS part': rest.cssParts,
    'CSS custom property': rest.cssProperties,
    'CSS state': rest.cssStates,
  }).flatMap(([kind, items = []]) =>
    items
      .filter(({description}) => !description)
      .map(({name}) => `<${tagName}>: the ${kind} "${name}" has no description.`),
  );

const attributeProblems = ({tagName}, {name, type}) =>
  type
    ? []
    : [
        `<${tagName}>: the attribute "${name}" belongs to no declared property, and has no @attr with a type.`,
      ];

const eventProblems = (source, {tagName}, {name, type}, eventClasses) => {
  const declaration = eventClasses.get(type.text);
  const where = `<${tagName}>: @fires ${name}`;
  if (!declaration)
    return [`${where} names no class of src/events: write @fires {ItsClass} ${name} - When.`];
  const made = source.superCall(declaration).type;
  if (made !== name) return [`${where} names ${type.text}, which is the class of "${made}".`];
  return MAPS.filter((map) => source.mapped(map, name) !== type.text).map(
    (map) => `${where}: ${type.text} is not in ${map}.`,
  );
};

/** Whatever `state` can be is also a CSS state. */
const stateProblems = ({tagName, members, cssStates = []}) => {
  const {type, parsedType} = members.find(({name}) => name === 'state') ?? {};
  const values = (parsedType ?? type)?.text.matchAll(/'([^']+)'/g) ?? [];
  return [...values]
    .filter(([, value]) => !cssStates.some(({name}) => name === value))
    .map(([, value]) => `<${tagName}>: the state "${value}" has no @cssstate.`);
};

const classProblems = (source, elements, eventClasses) => {
  const fired = new Set(elements.flatMap(({events}) => events.map(({type}) => type.text)));
  return [...eventClasses]
    .filter(([, declaration]) => source.baseName(declaration) === BASE)
    .filter(([name]) => !fired.has(name))
    .map(([name]) => `The event class ${name} is in no element's @fires.`);
};
