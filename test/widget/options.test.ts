import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {readOptions} from '../../src/widget/options.js';

const SECRET = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMTIzNDU2In0.c2lnbmF0dXJl';

/** What `readOptions` refuses these with. */
const refusal = (given: unknown): string => {
  try {
    readOptions(given);
  } catch (error) {
    expect(error).to.be.instanceOf(PexipChatError);
    expect((error as PexipChatError).code).to.equal('invalid-option');
    return (error as PexipChatError).message;
  }
  throw new Error('These options were taken.');
};

const read = (given: unknown): object => readOptions(given);
const provider = async (): Promise<[]> => [];
const formatter = (): string => 'Anna';
const colours = {background: '#003762', color: '#fff'};

/** Of each option what it takes, what it does not, and what the error says is allowed. */
const TABLE: Readonly<
  Record<string, {right: readonly unknown[]; wrong: readonly unknown[]; allowed: RegExp}>
> = {
  accessToken: {
    right: [SECRET, 'jwt', async () => SECRET],
    wrong: [1, true, {}, [], 'two words', 'line\nbreak', 'naïve', 'x'.repeat(16_385)],
    allowed: /a token in ASCII without spaces, or a function/,
  },
  environment: {
    right: ['sandbox', 'production'],
    wrong: ['', 'Sandbox', 'test', null, 1],
    allowed: /"sandbox" or "production"/,
  },
  broker: {
    right: ['https://broker.example.com/', 'http://localhost:3000/', 'https://example.com/chat/'],
    wrong: ['', 'broker.example.com', 'http://broker.example.com', '/broker', null, 1],
    allowed: /a full https address \(http on loopback\) without query and fragment/,
  },
  useCookie: {right: [true, false], wrong: ['true', 1, null], allowed: /true or false/},
  hidden: {right: [true, false], wrong: ['false', 0, null], allowed: /true or false/},
  chat: {right: [true, false], wrong: ['off', null], allowed: /true or false/},
  view: {right: ['native', 'embed'], wrong: ['window', null], allowed: /"native" or "embed"/},
  language: {
    right: ['it', 'en', 'de', 'ar', 'de-AT', 'EN'],
    wrong: ['', 'fr', 'italian', null, 1],
    allowed: /"it", "en", "de" or "ar"/,
  },
  layout: {right: [{}, {header: colours}], wrong: ['dark', [], 1], allowed: /a plain object/},
  tools: {right: [{}, {chat: true}], wrong: ['chat', ['chat'], true], allowed: /a plain object/},
  userDetailsProvider: {right: [provider], wrong: [{}, 'x', []], allowed: /a function/},
  userDetailsFormatter: {right: [formatter], wrong: [{}, 'x', []], allowed: /a function/},
  callType: {
    right: ['audio_only', 'audio_upgradable', 'audio_video'],
    wrong: ['video', '', null, true],
    allowed: /"audio_video" or "audio_only" or "audio_upgradable"/,
  },
  record: {right: [true, false], wrong: ['true', 1, null], allowed: /true or false/},
  recordingType: {
    right: ['automatic', 'manual'],
    wrong: ['auto', null, true],
    allowed: /"automatic" or "manual"/,
  },
  isAdmin: {right: [true, false], wrong: ['yes', null], allowed: /true or false/},
  mode: {right: ['embed', 'window'], wrong: ['popup', null], allowed: /"embed" or "window"/},
  feedback: {right: [true, false], wrong: ['yes', null], allowed: /true or false/},
  virtualBackground: {
    right: [false, 'blur', 'image'],
    wrong: [true, '', 'none', null],
    allowed: /false or "blur" or "image"/,
  },
  screenSharingExtensionId: {
    right: ['', 'Your extension id'],
    wrong: [null, 1, 'x'.repeat(257)],
    allowed: /a text of 0 to 256 characters/,
  },
  screenSharingExtensionURL: {
    right: ['', 'https://chrome.google.com/webstore/detail/your-extension/your-extension-id?hl=it'],
    wrong: ['URL', 'http://chrome.google.com/', null, 1],
    allowed: /a full https address/,
  },
  userAlias: {
    right: ['usr_123456'],
    wrong: ['', null, 1, 'x'.repeat(257)],
    allowed: /a text of 1 to 256 characters/,
  },
  appId: {
    right: ['wAppId_fake123456'],
    wrong: ['', null, 1],
    allowed: /a text of 1 to 256 characters/,
  },
};

describe('the options of create()', () => {
  for (const [name, {right, wrong, allowed}] of Object.entries(TABLE)) {
    it(`take for ${name} what the documents have`, () => {
      for (const value of right) expect(read({[name]: value})).to.deep.equal({[name]: value});
    });

    it(`refuse for ${name} anything else, and say what is allowed and what was given`, () => {
      for (const value of wrong) {
        const message = refusal({[name]: value});
        expect(message).to.contain(`"${name}"`).and.to.match(allowed).and.to.contain(', not ');
      }
    });

    it(`count ${name} as left out when it is undefined`, () => {
      expect(read({[name]: undefined})).to.deep.equal({});
    });
  }

  it('are all of the widget, and all of them are in this table but for the two second names', () => {
    const [, names] = / but (.+)\.$/.exec(refusal({unknown: true}))!;
    expect(names!.split(', ')).to.have.members([...Object.keys(TABLE), 'recording', 'call_type']);
  });

  it('may all be left out as far as they are concerned: who needs one says so', () => {
    expect(read({})).to.deep.equal({});
  });

  it('take null where a framework has nothing to give', () => {
    const nothing = {
      accessToken: null,
      layout: null,
      tools: null,
      userDetailsProvider: null,
      userDetailsFormatter: null,
    };
    expect(read(nothing)).to.deep.equal({});
  });

  it('name an option that there is not, and those that there are', () => {
    const message = refusal({accesToken: SECRET});
    expect(message).to.match(/^The options of create\(\) have no "accesToken" /);
    expect(message).to.contain('accessToken, environment');
    expect(refusal({layout: {footer: {}}})).to.contain('The option "layout" has no "footer", but');
  });

  it('name the one that was meant where a name is one letter away', () => {
    for (const name of ['acessToken', 'accesToken', 'accessTocken', 'accessTokem', 'accesstoken'])
      expect(refusal({[name]: SECRET})).to.contain('(did you mean "accessToken"?)');
    for (const name of ['token', 'accssTokn', 'x'])
      expect(refusal({[name]: SECRET})).not.to.contain('did you mean');
  });

  it('say in plain words what was given', () => {
    expect(refusal({environment: ''})).to.contain(', not an empty text.');
    expect(refusal({language: '\u00e9'})).to.contain(', not a text of 1 character.');
    expect(refusal(undefined)).to.contain(', not undefined.');
  });

  it('repeat the address of a broker, which is no secret, but no password in it', () => {
    expect(refusal({broker: 'http://chat.example.com/a'})).to.contain(
      '"http://chat.example.com/a"',
    );
    expect(refusal({broker: 'chat.example.com'})).to.contain('"chat.example.com"');
    for (const broker of ['https://me:CANARY@chat.example.com', 'https://a.example?CANARY', SECRET])
      expect(refusal({broker})).to.match(/, not a text of \d+ characters\.$/);
  });

  it('are an object and nothing else', () => {
    for (const given of [undefined, null, 'token', 1, true, [], () => ({}), Symbol('x'), new Map()])
      expect(refusal(given)).to.match(/^The options of create\(\) must be a plain object, not /);
  });
});

describe('two names for one option', () => {
  it('mean the same', () => {
    expect(read({recording: true})).to.deep.equal({record: true});
    expect(read({call_type: 'audio_only'})).to.deep.equal({callType: 'audio_only'});
  });

  it('may both be there if they agree', () => {
    expect(read({record: true, recording: true})).to.deep.equal({record: true});
    const both = {callType: 'audio_only', call_type: 'audio_only'};
    expect(read(both)).to.deep.equal({callType: 'audio_only'});
  });

  it('are refused by both names if they differ', () => {
    expect(refusal({record: true, recording: false})).to.contain('"record" and "recording"');
    const message = refusal({callType: 'audio_only', call_type: 'audio_video'});
    expect(message).to.contain('"callType" and "call_type"');
  });
});

describe('options that say who the user is', () => {
  it('exclude each other', () => {
    const pairs = [{accessToken: 'jwt', useCookie: true}];
    for (const pair of pairs) {
      const [one, other] = Object.keys(pair);
      expect(refusal(pair)).to.contain(`"${one}" and "${other}"`);
    }
  });

  it('do not while one of them says nothing', () => {
    expect(read({accessToken: 'jwt', useCookie: false})).to.include({accessToken: 'jwt'});
    expect(read({accessToken: '', useCookie: true})).to.include({useCookie: true});
  });
});

describe('the layout', () => {
  const WHOLE = {
    header: colours,
    headerButton: colours,
    body: colours,
    launcher: {background: '#0069B4'},
    messageSent: colours,
    messageReceived: colours,
    dial: colours,
    call: colours,
    feedback: {body: colours, buttons: colours},
    fontFamily: '"Segoe UI","Segoe",Tahoma,Helvetica,Arial,sans-serif',
  };

  it('has every key of the documents', () => {
    expect(read({layout: WHOLE})).to.deep.equal({layout: WHOLE});
  });

  it('names the key that is wrong, however deep', () => {
    const wrong: readonly [object, string][] = [
      [{header: 'red'}, '"layout.header"'],
      [{header: {background: 1}}, '"layout.header.background"'],
      [{feedback: {buttons: {color: ''}}}, '"layout.feedback.buttons.color"'],
      [{fontFamily: []}, '"layout.fontFamily"'],
      [{launcher: null}, '"layout.launcher"'],
    ];
    for (const [layout, name] of wrong) expect(refusal({layout})).to.contain(name);
  });

  it('has no other keys', () => {
    expect(refusal({layout: {footer: colours}}))
      .to.contain('"footer"')
      .and.to.contain('header, ');
    expect(refusal({layout: {launcher: colours}})).to.contain('"layout.launcher"');
    expect(refusal({layout: {body: {colour: 'red'}}})).to.contain('background, color');
  });
});

describe('the tools', () => {
  const WHITEBOARD = {
    wb_add_file: true,
    wb_cursor: true,
    wb_text: true,
    wb_shape: true,
    wb_pen: true,
    wb_eraser: true,
  };

  it('are those of the documents, the whiteboard with its own', () => {
    const tools = {
      chat: true,
      screen_sharing: false,
      file_upload: true,
      whiteboard: WHITEBOARD,
      snapshot: true,
      live_edit: true,
      live_pointer: false,
    };
    expect(read({tools})).to.deep.equal({tools});
    expect(read({tools: {whiteboard: false}})).to.deep.equal({tools: {whiteboard: false}});
  });

  it('are on or off, and there are no others', () => {
    expect(refusal({tools: {chat: 'on'}})).to.contain('"tools.chat"');
    expect(refusal({tools: {whiteboard: 1}})).to.contain('"tools.whiteboard"');
    expect(refusal({tools: {whiteboard: null}})).to.contain('"tools.whiteboard"');
    expect(refusal({tools: {whiteboard: {wb_pen: 1}}})).to.contain('"tools.whiteboard.wb_pen"');
    expect(refusal({tools: {whiteboard: {wb_ink: true}}})).to.contain('"wb_ink"');
    expect(refusal({tools: {fileUpload: true}})).to.contain('file_upload');
  });
});
