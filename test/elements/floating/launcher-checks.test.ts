import {expect} from '@open-wc/testing';

import type {PexipChatError} from '../../../src/errors.js';
import {LauncherChecks} from '../../../src/elements/floating/launcher-checks.js';
import {propertyChecks} from '../../../src/elements/floating/property-checks.js';
import {isToolOn} from '../../../src/elements/floating/tools-on.js';

const SECRET = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMTIzNDU2In0.c2lnbmF0dXJl';

const setup = () => {
  const errors: PexipChatError[] = [];
  const checks = new LauncherChecks((error) => errors.push(error));
  return {
    errors,
    /** Looks at properties as the page's code may set them. */
    look: propertyChecks((error) => errors.push(error)) as (given: object, host?: Element) => void,
    checks,
  };
};

const throwing = {
  get chat(): never {
    throw new Error(SECRET);
  },
};

describe('wrong properties of the widget', () => {
  const wrong: readonly [object, ...string[]][] = [
    [{tools: {chatt: true}}, '"tools" was given "chatt"', 'chat, screen_sharing'],
    [{tools: {chat: 1}}, '"tools.chat" was given a number', 'true or false'],
    [{tools: {chat: SECRET}}, '"tools.chat" was given a text of 61 characters', 'true or false'],
    [{tools: {file_upload: null}}, '"tools.file_upload" was given null', 'true or false'],
    [{tools: SECRET}, '"tools" was given a text of 61 characters', 'an object'],
    [{tools: ['chat']}, '"tools" was given an array', 'an object'],
    [{tools: throwing}, '"tools" was given what throws', 'an object'],
    [{tools: {whiteboard: {wb_pin: true}}}, '"tools.whiteboard" was given "wb_pin"', 'wb_pen'],
    [
      {tools: {whiteboard: {wb_pen: 1}}},
      '"tools.whiteboard.wb_pen" was given a number',
      'or false',
    ],
    [{tools: {whiteboard: [true]}}, '"tools.whiteboard" was given an array', 'an object'],
    [
      {tools: {whiteboard: 'on'}},
      '"tools.whiteboard" was given a text of 2 characters',
      'true or false',
    ],
    [{accessToken: 5}, '"accessToken" was given a number', 'a token in ASCII'],
    [
      {accessToken: {token: SECRET}},
      '"accessToken" was given an object',
      'a function that gives it',
    ],
    [
      {accessToken: `${SECRET}\n`},
      '"accessToken" was given a text of 62 characters',
      'without spaces',
    ],
    [{userDetailsProvider: {}}, '"userDetailsProvider" was given an object', 'a function'],
    [
      {userDetailsFormatter: SECRET},
      '"userDetailsFormatter" was given a text of 61 characters',
      'a function',
    ],
  ];
  for (const [given, ...texts] of wrong)
    it(`are one coded error that names what was given and what can be: ${texts[0]}`, () => {
      const {errors, look} = setup();
      look(given);
      look(given);
      expect(errors.map(({code}) => code)).to.deep.equal(['invalid-option']);
      for (const text of texts) expect(errors[0]!.message).to.contain(text);
      expect(errors[0]!.message).not.to.contain(SECRET.slice(0, 10));
    });

  it('are none where they are left out, or right', () => {
    const {errors, look} = setup();
    look({});
    look({tools: null, userDetailsProvider: null, userDetailsFormatter: undefined});
    look({tools: {}});
    look({tools: {chat: true, live_edit: false, snapshot: undefined, whiteboard: {wb_pen: true}}});
    look({userDetailsProvider: () => [], userDetailsFormatter: () => ''});
    for (const accessToken of [SECRET, () => SECRET, '', null]) look({accessToken});
    expect(errors).to.deep.equal([]);
  });

  it('are a token beside use-cookie, once, until one of them is gone', () => {
    const {errors, look} = setup();
    const host = document.createElement('div');
    host.toggleAttribute('use-cookie', true);
    look({}, host);
    expect(errors).to.deep.equal([]);
    look({accessToken: SECRET}, host);
    look({accessToken: () => SECRET}, host);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-option']);
    expect(errors[0]!.message).to.contain('"accessToken"').and.contain('"use-cookie"');
    expect(errors[0]!.message).not.to.contain(SECRET.slice(0, 10));
    look({}, host);
    look({accessToken: SECRET}, host);
    expect(errors).to.have.length(2);
  });

  it('are told again once they are others', () => {
    const {errors, look} = setup();
    look({tools: {chat: 1}});
    look({tools: {chat: true}});
    look({tools: {chat: 1}});
    expect(errors).to.have.length(2);
  });
});

describe('the attribute chat', () => {
  for (const given of ['no', 'nein', 'FALSE'])
    it(`is told where it is ${given}, and chats are on`, () => {
      const {checks, errors} = setup();
      const host = document.createElement('div');
      host.setAttribute('chat', given);
      checks.attributes(host);
      expect(errors.map(({code}) => code)).to.deep.equal(['invalid-attribute']);
      expect(errors[0]!.message)
        .to.contain(`"${given}"`)
        .and.to.contain('true, false; true stands');
    });

  it('can be true, false and empty', () => {
    const {checks, errors} = setup();
    const host = document.createElement('div');
    for (const given of ['true', 'false', '']) {
      host.setAttribute('chat', given);
      checks.attributes(host);
    }
    expect(errors).to.deep.equal([]);
  });
});

describe('the attribute virtual-background', () => {
  it('is told where it is none of what it can be', () => {
    const {checks, errors} = setup();
    const host = document.createElement('div');
    host.setAttribute('virtual-background', 'beach');
    checks.attributes(host);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-attribute']);
    expect(errors[0]!.message).to.contain('"beach"').and.to.contain('blur, image; nothing');
    host.setAttribute('virtual-background', 'blur');
    checks.attributes(host);
    expect(errors).to.have.length(1);
  });
});

describe('a tool', () => {
  it('is on where none are given, or it is true', () => {
    for (const tools of [undefined, null, {chat: true}]) expect(isToolOn(tools, 'chat')).to.be.true;
  });

  it('is off where others are given, or it is anything else', () => {
    for (const tools of [{}, {chat: false}, {chat: 1}, {chat: 'true'}, 'chat', 1, throwing])
      expect(isToolOn(tools, 'chat')).to.be.false;
  });
});
