/** Text in a cell of a table. */
const cell = (text = '') => text.replaceAll('|', '\\|');
const code = (text) => `\`${text}\``;
const codes = (items, text = ({name}) => name) => items.map((item) => code(text(item))).join(', ');
const plain = ({type, parsedType}) => code((parsedType ?? type).text.replace(/\breadonly /g, ''));
const sentences = (...parts) => parts.filter(Boolean).join(' ');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

const fieldsOf = ({members}) =>
  members.filter(({kind, attribute}) => kind === 'field' && !attribute);
const methodsOf = ({members}) => members.filter(({kind}) => kind === 'method');
const signature = ({name, parameters}, describe) =>
  `${name}(${parameters.map(describe).join(', ')})`;
const shortName = ({name, optional}) => `${name}${optional ? '?' : ''}`;
const defaultOf = (item) => (item.default === undefined ? '' : code(item.default));

const attributes = (element) =>
  table(
    ['attribute', 'type', 'default', 'meaning'],
    element.attributes.map((attribute) => [
      code(attribute.name),
      plain(attribute),
      defaultOf(attribute),
      sentences(attribute.description, attribute.reflects && 'Reflected.'),
    ]),
  );

const properties = (element) =>
  table(
    ['property', 'type', 'default', 'meaning'],
    fieldsOf(element).map((field) => [
      code(field.name),
      plain(field),
      defaultOf(field),
      sentences(field.readonly && 'Read-only.', field.description),
    ]),
  );

const methods = (element) =>
  table(
    ['method', 'answer', 'meaning'],
    methodsOf(element).map((method) => [
      code(signature(method, (item) => `${shortName(item)}: ${item.type.text}`)),
      plain(method.return),
      sentences(
        method.description,
        method.throws && `Errors: ${method.throws.map(({description}) => description).join('; ')}.`,
      ),
    ]),
  );

const events = (element) =>
  table(
    ['event', 'when', 'detail', 'cancelable'],
    element.events.map((event) => [
      code(event.name),
      event.description,
      event.detail.map(detailField).join('<br>') || 'null',
      event.cancelable ? 'yes' : 'no',
    ]),
  );

const detailField = ({description, ...field}) => {
  const text = code(`${shortName(field)}: ${(field.parsedType ?? field.type).text}`);
  return description ? `${text}: ${description}` : text;
};

const described = (head, items, nameOf = ({name}) => code(name)) =>
  table(
    [head, 'meaning'],
    items.map((item) => [nameOf(item), item.description]),
  );

const styleProperties = ({cssProperties = []}) =>
  table(
    ['custom property', 'default', 'meaning'],
    cssProperties.map((property) => [
      code(property.name),
      defaultOf(property),
      property.description,
    ]),
  );

/** The lists of names in the README. */
const names = (element) => {
  const fields = fieldsOf(element);
  const writable = codes(fields.filter(({readonly}) => !readonly));
  const readOnly = codes(fields.filter(({readonly}) => readonly));
  return table(
    ['', ''],
    [
      ['Attributes', codes(element.attributes)],
      [
        'Properties only',
        [writable, readOnly && `read-only ${readOnly}`].filter(Boolean).join('; '),
      ],
      ['Methods', codes(methodsOf(element), (method) => signature(method, shortName))],
      [
        'Events',
        element.events
          .map(({name, cancelable}) => `${code(name)}${cancelable ? ' (cancelable)' : ''}`)
          .join(', '),
      ],
    ],
  );
};

/** What can stand between two markers of a page, by its name there. */
const TABLES = {
  attributes,
  properties,
  methods,
  events,
  names,
  states: ({cssStates}) => described('state', cssStates),
  slots: ({slots}) => described('slot', slots, ({name}) => (name ? code(name) : 'without a name')),
  parts: ({cssParts}) => described('part', cssParts),
  'custom properties': styleProperties,
};

/**
 * Writes the tables of a page anew: what stands between `<!-- generated: attributes of x-y -->` and
 * `<!-- /generated -->`. All else stays as it is.
 *
 * @throws {Error} if a marker names no table or element, or has no end
 */
export const withTables = (page, elements) =>
  page.replace(
    /(<!-- generated: ([a-z ]+) of ([a-z-]+) -->)([\s\S]*?)(?=<!--|$)(<!-- \/generated -->)?/g,
    (all, start, name, tagName, old, end) => {
      const element = elements.find((each) => each.tagName === tagName);
      if (!element || !Object.hasOwn(TABLES, name))
        throw new Error(
          `${start}: there is no such table. Tables: ${Object.keys(TABLES).join(', ')}.`,
        );
      if (!end) throw new Error(`${start} has no <!-- /generated --> after it.`);
      return `${start}\n\n${TABLES[name](element)}\n\n${end}`;
    },
  );
