import {PexipChatError} from '../../errors.js';
import {kindOf} from './given-kind.js';

type Check = (value: string) => boolean;
/** What may be in the layout, or in something of it, by name. */
interface Shape {
  readonly [name: string]: Check | Shape;
}

/** Before the name of each custom property of the widget. */
const PREFIX = '--pexip-chat-widget';
/** Functions that give a colour, and brackets. Any other could bring in what is none, as a picture's address. */
const COLOUR_FUNCTIONS = /^(rgba?|hsla?|hwb|(ok)?(lab|lch)|color(-mix)?|light-dark|calc|)$/i;
const WHOLE_CSS = /^\s*(inherit|initial|unset|revert(-layer)?)\s*$/i;

const isColour: Check = (value) =>
  CSS.supports('color', value) &&
  !WHOLE_CSS.test(value) &&
  !value.includes('\\') &&
  (value.match(/[\w-]*(?=\()/g) ?? []).every((name) => COLOUR_FUNCTIONS.test(name));

const isFont: Check = (value) =>
  CSS.supports('font-family', value) && !WHOLE_CSS.test(value) && !/[(\\]/.test(value);

const COLOURS = {background: isColour, color: isColour};
const LAYOUT: Shape = {
  header: COLOURS,
  headerButton: COLOURS,
  body: COLOURS,
  // It has a sign, and no text.
  launcher: {background: isColour},
  messageSent: COLOURS,
  messageReceived: COLOURS,
  dial: COLOURS,
  call: COLOURS,
  feedback: {body: COLOURS, buttons: COLOURS},
  fontFamily: isFont,
};

const allowedBy = (shape: Check | Shape): string => {
  if (shape === isColour) return 'a colour as CSS writes it, without var() and url()';
  if (shape === isFont) return 'a list of fonts as CSS writes it';
  return `an object with ${Object.keys(shape).join(', ')}`;
};

/** A text in the place of an object may be anything, such as a token. */
const shown = (given: unknown, leaf: boolean): string =>
  leaf && typeof given === 'string' ? JSON.stringify(given.slice(0, 60)) : kindOf(given);

/** Black or white, whichever differs more from the background: at this lightness both do alike. */
const textOn = (background: string): string =>
  `lab(from ${background} calc((49.44 - l) * 1e6) 0 0 / 1)`;

/** What a layout sets, and what is wrong with it; what is right counts all the same. */
export interface CheckedLayout {
  readonly properties: ReadonlyMap<string, string>;
  readonly errors: readonly PexipChatError[];
}

/** Reads the option or property `layout`. */
export const readLayout = (layout: unknown): CheckedLayout => {
  const properties = new Map<string, string>();
  const errors: PexipChatError[] = [];
  const read = (given: unknown, shape: Check | Shape, option: string, property: string): void => {
    if (given === undefined || given === null) return;
    const wrong = (): void => {
      const told = shown(given, typeof shape === 'function');
      const text = `The option "${option}" was given ${told}. It must be ${allowedBy(shape)}.`;
      errors.push(new PexipChatError('invalid-option', text));
    };
    if (typeof shape === 'function') {
      if (typeof given === 'string' && shape(given)) properties.set(property, given);
      else wrong();
      return;
    }
    if (typeof given !== 'object' || Array.isArray(given)) return wrong();
    let values: Readonly<Record<string, unknown>> = {};
    try {
      values = {...given};
    } catch {
      // The page's code.
      const text = `The option "${option}" throws an error when it is read.`;
      errors.push(new PexipChatError('invalid-option', text));
    }
    for (const name of Object.keys(values)) {
      const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (inner) read(values[name], inner, `${option}.${name}`, `${property}-${kebab}`);
      else {
        const text = `The option "${option}.${name}" is unknown. There is ${Object.keys(shape).join(', ')}.`;
        errors.push(new PexipChatError('invalid-option', text));
      }
    }
    const background = properties.get(`${property}-background`);
    const color = `${property}-color`;
    if (!background || properties.has(color)) return;
    const text = textOn(background);
    // Without that the widget's own colour stands.
    if (CSS.supports('color', text)) properties.set(color, text);
  };
  read(layout, LAYOUT, 'layout', PREFIX);
  return {properties, errors};
};

/** The layout of a widget, in a style sheet of its shadow tree: what the page's own style sheets set wins. */
export class LayoutSheet {
  readonly #sheet = new CSSStyleSheet();
  readonly #report: (error: PexipChatError) => void;
  #layout: unknown;

  constructor(root: ShadowRoot, report: (error: PexipChatError) => void) {
    this.#report = report;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
  }

  /** Shows this layout in the place of the one before. The same object is read once. */
  show(layout: unknown): void {
    if (layout === this.#layout) return;
    this.#layout = layout;
    const {properties, errors} = readLayout(layout);
    this.#sheet.replaceSync(':host {}');
    const {style} = this.#sheet.cssRules[0] as CSSStyleRule;
    // By the rule's own method, which takes one value and no more.
    for (const [name, value] of properties) style.setProperty(name, value);
    errors.forEach(this.#report);
  }
}
