import {problemsOf} from './problems.mjs';
import {oneLine, Source} from './source.mjs';

/** First words of the error; the analyzer wraps it in advice to the plugin's author. */
export const INCOMPLETE = 'The JSDoc of the elements is not complete:';

class IncompleteJsDoc extends Error {
  constructor(problems) {
    super(`${INCOMPLETE}\n- ${problems.join('\n- ')}`);
    // What the analyzer prints of it; where it was thrown helps nobody.
    this.stack = this.message;
  }
}

const PACKAGE = 'pexip-chat-room';
const MODULE = 'dist/index.js';
const ELEMENTS_ORDER = ['pexip-chat-room', 'rc-chat-pane', 'pexip-chat-widget'];

/** Without null and undefined: an attribute that is not there has no value. */
const withoutNothing = (type) => type && {text: type.text.replace(/ \| (null|undefined)\b/g, '')};

/** With the description on one line. */
const described = ({name, description, ...rest}) => ({
  name,
  ...(description && {description: oneLine(description)}),
  ...rest,
});

/** Only what has a value. */
const known = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * A plugin of the analyzer that makes of its findings the contract of the published package.
 *
 * The analyzer reads the class comments and `static properties`. From the types come defaults,
 * resolved types, `@throws`, what the event classes say of themselves, and the members that an
 * interface declares and a loop makes. Inherited members stand with the element; what is private, protected or Lit's own does not stand in the manifest.
 *
 * Beyond the schema it writes `parsedType` (types of our own resolved), `throws` of methods, and
 * `cancelable`, `bubbles`, `composed` and the fields of `detail` of events.
 *
 * @throws {Error} with a line for each mistake in the JSDoc
 */
export const contract = () => ({
  name: 'contract',
  packageLinkPhase({customElementsManifest}) {
    const source = new Source();
    const classes = source.classes('elements');
    const eventClasses = source.classes('events');
    const elements = customElementsManifest.modules
      .flatMap(({declarations}) => declarations)
      .filter(({customElement, tagName}) => customElement && tagName)
      .toSorted((a, b) => ELEMENTS_ORDER.indexOf(a.tagName) - ELEMENTS_ORDER.indexOf(b.tagName))
      .map((element) => elementOf(source, element, classes.get(element.name), eventClasses));
    const problems = problemsOf(source, elements, eventClasses);
    if (problems.length) throw new IncompleteJsDoc(problems);
    const declared = ({name}) => ({name, module: MODULE});
    customElementsManifest.modules = [
      {
        kind: 'javascript-module',
        path: MODULE,
        declarations: elements,
        exports: elements.map((element) => ({
          kind: 'js',
          name: element.name,
          declaration: declared(element),
        })),
      },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: elements.map((element) => ({
          kind: 'custom-element-definition',
          name: element.tagName,
          declaration: declared(element),
        })),
      },
    ];
  },
});

const elementOf = (source, element, declaration, eventClasses) => {
  const members = (element.members ?? [])
    .filter((member) => !member.static && !member.name.startsWith('#'))
    .filter(({privacy}) => !privacy || privacy === 'public')
    .concat(source.declaredOnly(declaration))
    .map((member) => memberOf(source, declaration, member));
  const fields = new Map(members.map((member) => [member.name, member]));
  const {kind, name, tagName, summary, description, slots, cssParts, cssProperties, cssStates} =
    element;
  return known({
    kind,
    name,
    tagName,
    customElement: true,
    summary,
    description,
    superclass: {name: 'ReactiveElement', package: 'lit'},
    attributes: element.attributes
      // Observed, but HTML's own.
      .filter(({name}) => name !== 'id')
      .map((attribute) => attributeOf(attribute, fields.get(attribute.fieldName))),
    members,
    events: element.events
      // The analyzer also lists what is dispatched, without a name.
      .filter(({name}) => name)
      .map((event) => eventOf(source, event, eventClasses.get(event.type?.text))),
    slots: slots?.map(described),
    cssParts: cssParts?.map(described),
    cssProperties: cssProperties?.map(described),
    cssStates: cssStates?.map(described),
  });
};

const memberOf = (source, declaration, {kind, name, attribute, reflects, readonly}) => {
  const symbol = source.member(declaration, name);
  const description = source.description(symbol);
  if (kind === 'method') {
    const throws = source.throws(symbol);
    return known({
      kind,
      name,
      description,
      ...source.signature(symbol),
      throws: throws.length ? throws : undefined,
    });
  }
  return known({
    kind,
    name,
    description,
    ...source.typeOf(symbol),
    default: source.defaultOf(declaration, name),
    readonly,
    attribute,
    reflects,
  });
};

/** One with a property is as that says; one without is as its `@attr` says. */
const attributeOf = ({name, fieldName, ...tag}, field) =>
  fieldName
    ? known({
        name,
        fieldName,
        description: field?.description,
        type: withoutNothing(field?.type),
        parsedType: withoutNothing(field?.parsedType),
        // The text of the attribute, not an expression.
        default: field?.default?.replace(/^'(.*)'$/, '$1'),
        reflects: field?.reflects,
      })
    : described(known({name, description: tag.description, type: tag.type, default: tag.default}));

const eventOf = (source, {name, type, description}, declaration) => {
  const text = type?.text ?? '';
  return described({
    name,
    description,
    type: {
      text,
      references: [{name: text, package: PACKAGE, module: MODULE, start: 0, end: text.length}],
    },
    ...(declaration && {
      bubbles: true,
      composed: true,
      cancelable: source.superCall(declaration).cancelable,
      detail: source.detail(declaration),
    }),
  });
};
