import {expect} from '@open-wc/testing';

import {LayoutSheet, readLayout} from '../../../src/elements/floating/layout.js';
import type {PexipChatError} from '../../../src/errors.js';
import {place} from '../../support/mount.js';

const messages = (layout: unknown): string[] => readLayout(layout).errors.map((e) => e.message);
const properties = (layout: unknown): Record<string, string> =>
  Object.fromEntries(readLayout(layout).properties);

/** A widget as far as its layout is concerned. */
const setup = () => {
  const host = place(document.createElement('div'));
  const root = host.attachShadow({mode: 'open'});
  const errors: PexipChatError[] = [];
  const sheet = new LayoutSheet(root, (error) => errors.push(error));
  const text = document.createElement('p');
  text.style.color = 'var(--pexip-chat-widget-header-color, red)';
  text.style.backgroundColor = 'var(--pexip-chat-widget-header-background, red)';
  root.append(text);
  const style = getComputedStyle(text);
  return {
    host,
    root,
    sheet,
    errors,
    /** A colour as a canvas draws it, as browsers write one colour in several ways. */
    drawn: (what: 'color' | 'backgroundColor') => {
      const canvas = document.createElement('canvas').getContext('2d')!;
      canvas.fillStyle = style[what];
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].join();
    },
  };
};

/** The layout in Bandyer's documents. */
const OF_THE_DOCUMENTS = {
  body: {background: '#0069B4', color: '#000'},
  dial: {background: '#003762', color: '#fff'},
  call: {background: '#003762', color: '#fff'},
  messageSent: {background: '#003762', color: '#fff'},
  launcher: {background: '#0069B4'},
  header: {background: '#003762', color: '#fff'},
  headerButton: {background: '#0069B4', color: '#fff'},
  feedback: {
    body: {background: '#0069B4', color: '#fff'},
    buttons: {background: '#0069B4', color: '#fff'},
  },
  fontFamily: '"Segoe UI","Segoe",Tahoma,Helvetica,Arial,sans-serif',
};

describe('a layout', () => {
  it('is taken as the documents have it, every key of it', () => {
    expect(messages(OF_THE_DOCUMENTS)).to.deep.equal([]);
    const set = properties({...OF_THE_DOCUMENTS, messageReceived: {background: '#eee'}});
    const {['--pexip-chat-widget-launcher-color']: sign, ...others} = set;
    expect(sign).to.match(/^lab\(from #0069B4 /);
    expect(Object.keys(others).sort()).to.deep.equal(
      [
        'header',
        'header-button',
        'body',
        'dial',
        'call',
        'message-sent',
        'message-received',
        'feedback-body',
        'feedback-buttons',
      ]
        .flatMap((name) => [`${name}-background`, `${name}-color`])
        .concat('launcher-background', 'font-family')
        .map((name) => `--pexip-chat-widget-${name}`)
        .sort(),
    );
    expect(set['--pexip-chat-widget-feedback-buttons-background']).to.equal('#0069B4');
  });

  it('may be left out, in all or in part', () => {
    for (const layout of [undefined, null, {}, {header: {}}, {header: undefined, feedback: null}])
      expect(readLayout(layout), JSON.stringify(layout)).to.deep.equal({
        properties: new Map(),
        errors: [],
      });
  });

  for (const colour of [
    'red',
    'transparent',
    'currentcolor',
    'Canvas',
    '#12345678',
    'rgb(1 2 3 / 50%)',
    'RGBA(1,2,3,.5)',
    'hsl(120deg 50% calc(10% + (2 * 5%)))',
    'oklch(60% 0.1 200)',
    'color(display-p3 1 0 0)',
    'color-mix(in srgb, red, rgb(0 0 0))',
    'light-dark(#fff, #000)',
  ])
    it(`takes the colour ${colour}`, () => {
      expect(messages({body: {background: colour}})).to.deep.equal([]);
    });

  for (const value of [
    '',
    'reddish',
    'red; color: blue',
    'red} * {color: blue',
    'url(https://attack.example/)',
    'url("https://attack.example/")',
    'var(--x)',
    'var(--x, url(https://attack.example/))',
    'VAR(--x, image-set("a.png" 1x))',
    'v\\61r(--x, u\\72l(a))',
    'light-dark(red, var(--x, url(a)))',
    'env(x, url(a))',
    'attr(title, red)',
    'if(style(--x): url(a); else: red)',
    'inherit',
    ' revert-layer ',
    'linear-gradient(red, blue)',
    'red url(a.png)',
    '<script>',
    3,
    true,
    {},
    ['red'],
  ])
    it(`refuses ${JSON.stringify(value)} as a colour, and keeps what is right`, () => {
      const {errors, properties} = readLayout({header: {background: value, color: 'red'}});
      expect(errors).to.have.lengthOf(1);
      expect(errors[0]!.code).to.equal('invalid-option');
      expect(errors[0]!.message).to.contain('"layout.header.background"').and.contain('a colour');
      expect([...properties]).to.deep.equal([['--pexip-chat-widget-header-color', 'red']]);
    });

  for (const font of ['sans-serif', 'Arial', '"Comic Sans MS", cursive', "'A B', system-ui"])
    it(`takes the font ${font}`, () => {
      expect(messages({fontFamily: font})).to.deep.equal([]);
    });

  for (const value of [
    '',
    'Arial; color: red',
    'Arial} * {color: red',
    'var(--x)',
    'v\\61r(--x)',
    'url(a.woff)',
    'inherit',
    12,
    {},
  ])
    it(`refuses ${JSON.stringify(value)} as a font`, () => {
      expect(messages({fontFamily: value})).to.have.lengthOf(1);
      expect(messages({fontFamily: value})[0]).to.contain('"layout.fontFamily"');
      expect(properties({fontFamily: value})).to.deep.equal({});
    });

  it('says what is unknown, and what there is', () => {
    const [key, inner, colour] = messages({
      headr: {},
      launcher: {color: 'red'},
      feedback: {button: {}},
    });
    expect(key).to.contain('"layout.headr" is unknown').and.contain('headerButton');
    expect(inner).to.contain('"layout.launcher.color" is unknown').and.contain('background');
    expect(colour).to.contain('"layout.feedback.button" is unknown').and.contain('buttons');
  });

  it('says what is no object', () => {
    for (const [layout, name] of [
      ['dark', '"layout"'],
      [[], '"layout"'],
      [() => undefined, '"layout"'],
      [{header: 'red'}, '"layout.header"'],
      [{feedback: {body: []}}, '"layout.feedback.body"'],
    ] as const)
      expect(messages(layout).join()).to.contain(`${name} was given`).and.contain('an object with');
  });

  it('has no properties of its prototype, and survives getters that throw', () => {
    expect(properties(JSON.parse('{"__proto__": {"header": {"color": "red"}}}'))).to.deep.equal({});
    expect(messages(Object.create({header: {color: 'red'}}))).to.deep.equal([]);
    expect(messages({constructor: {background: 'red'}})).to.have.lengthOf(1);
    const hostile = {
      get header(): never {
        throw new Error('no');
      },
    };
    expect(messages(hostile)).to.deep.equal([
      'The option "layout" throws an error when it is read.',
    ]);
  });

  it('does not repeat a text that is no part of a layout, as it may be a token', () => {
    expect(messages('secret')[0])
      .to.contain('"layout" was given a text of 6 characters')
      .and.not.contain('secret');
    expect(messages({header: 'secret'})[0]).not.to.contain('secret');
  });

  it('does not repeat a long value', () => {
    expect(messages({fontFamily: `;${'x'.repeat(500)}`})[0]!.length).to.be.lessThan(200);
  });
});

describe('the layout in a widget', () => {
  it('sets the custom properties, and no longer when it is another one', () => {
    const {sheet, drawn, errors} = setup();
    sheet.show({header: {background: '#003762', color: '#fff'}});
    expect([drawn('backgroundColor'), drawn('color')]).to.deep.equal(['0,55,98', '255,255,255']);
    sheet.show({body: {background: 'blue'}});
    expect(drawn('backgroundColor')).to.equal('255,0,0');
    sheet.show(undefined);
    expect(errors).to.deep.equal([]);
  });

  it('gives way to the style sheets of the page', () => {
    const {host, sheet, drawn} = setup();
    sheet.show({header: {background: 'blue', color: 'white'}});
    host.style.setProperty('--pexip-chat-widget-header-background', 'rgb(0 9 0)');
    expect([drawn('backgroundColor'), drawn('color')]).to.deep.equal(['0,9,0', '255,255,255']);
  });

  it('picks the colour of the text that differs most where there is a background alone', () => {
    const {sheet, drawn} = setup();
    const black = '0,0,0';
    const white = '255,255,255';
    for (const [background, text] of [
      ['#fff', black],
      ['#000', white],
      ['#0069B4', white],
      ['#003762', white],
      ['yellow', black],
      // 4.6 to 1 with black and 4.5 with white, and the other way round.
      ['#777777', black],
      ['#757575', white],
      ['rgb(0 0 0 / 90%)', white],
    ] as const) {
      sheet.show({header: {background}});
      expect(drawn('color'), background).to.equal(text);
    }
  });

  it('leaves the text as it is where the browser cannot tell which colour can be read', () => {
    const {supports} = CSS;
    // As Firefox before 128, which has no colours made from others.
    const before = (name: string, value: string): boolean =>
      !value.includes('from') && Boolean(Reflect.apply(supports, CSS, [name, value]));
    Object.assign(CSS, {supports: before});
    try {
      const {sheet, drawn, errors} = setup();
      sheet.show({header: {background: '#000'}});
      expect([drawn('backgroundColor'), drawn('color')]).to.deep.equal(['0,0,0', '255,0,0']);
      expect(errors).to.deep.equal([]);
    } finally {
      CSS.supports = supports;
    }
  });

  it('tells of what is wrong once', () => {
    const {sheet, errors} = setup();
    const layout = {header: {background: 'url(a)'}, colour: 'red'};
    sheet.show(layout);
    sheet.show(layout);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-option', 'invalid-option']);
  });
});
