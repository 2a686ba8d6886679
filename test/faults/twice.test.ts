import {expect, oneEvent} from '@open-wc/testing';

import {VERSION} from '../../src/version.js';
import {frameIn, record, setAttributes} from '../support/mount.js';
import {
  BLANK,
  FOR_MODULES,
  openPage,
  SCRIPT,
  WITH_SCRIPT,
  type Page,
} from '../support/script-page.js';
import {simulators} from 'test-simulators';

const CALL = ['pexip-ready', 'pexip-connected'];
const DIALLED = ['pexip-dial-out-request', 'pexip-dial-out-succeeded'];

/** The built ES module as a page without a bundler loads it. @param copy makes another module of it */
const moduleOf = (copy = 'first') => ({type: 'module', src: `/dist/define.js?${copy}`});

/** A room with a pane in that page goes through a call: each message is heard once. */
const expectWorks = async (page: Page) => {
  const room = page.document.createElement('pexip-chat-room');
  const pane = page.document.createElement('rc-chat-pane');
  const seen = record(room, ...CALL, ...DIALLED, 'pexip-chat-toggled', 'pexip-error');
  setAttributes(room, {node: simulators.webApp3, room: 'consultation', join: true});
  room.append(pane);
  const connected = oneEvent(room, 'pexip-connected');
  page.document.body.append(room);
  await connected;
  room.setChatActive(true);
  await room.updateComplete;
  expect(seen).to.deep.equal([...CALL, 'pexip-chat-toggled']);
  expect(pane.diagnose().paired).to.be.true;
  expect(pane.active).to.be.true;
  return {room, pane, seen};
};

/** So do the files that are loaded later: that of dialling, and that of the pane's body. */
const expectLaterFilesWork = async (page: Page): Promise<void> => {
  const {room, pane, seen} = await expectWorks(page);
  seen.length = 0;
  const request = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;
  expect((await room.dialOut(request)).displayName).to.equal('carol');
  expect(seen).to.deep.equal(DIALLED);
  setAttributes(pane, {server: simulators.evil, room: '#general'});
  expect((await frameIn(pane)).src).to.contain('/channel/general');
};

const NAMES = ['pexip-chat-room', 'rc-chat-pane', 'pexip-chat-widget'];
const elementsOf = ({customElements}: Page) => NAMES.map((name) => customElements.get(name));

/** Each of the three names is warned of once, with the version that is not used. */
const expectNamesWarned = (warnings: readonly string[]): void => {
  expect(warnings.map((text) => /<([\w-]+)>/.exec(text)?.[1])).to.deep.equal(NAMES);
  for (const text of warnings)
    expect(text).to.contain('loaded-twice').and.to.contain(`version ${VERSION}`);
};

describe('a page that loads the elements more than once', () => {
  it('by the same script keeps the first, warns once, and works', async () => {
    const {page, warnings, add} = await openPage(WITH_SCRIPT);
    const [api, elements] = [page.PexipChatRoom, elementsOf(page)];
    await add({src: SCRIPT});
    await add({src: `${SCRIPT}?again`});
    expect(page.PexipChatRoom).to.equal(api);
    expect(elementsOf(page)).to.deep.equal(elements);
    expect(warnings).to.have.length(2);
    for (const text of warnings) expect(text).to.contain('loaded-twice');
    await expectLaterFilesWork(page);
  });

  it('by the script of another version first keeps that one, names both, and works', async () => {
    const {page, warnings, add} = await openPage(BLANK);
    const text = await (await fetch(SCRIPT)).text();
    const other = page.document.createElement('script');
    other.text = text.replaceAll(VERSION, '0.0.1');
    page.document.head.append(other);
    const elements = elementsOf(page);
    await add({src: SCRIPT});
    expect(page.PexipChatRoom!.version()).to.equal('0.0.1');
    expect(elementsOf(page)).to.deep.equal(elements);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('Version 0.0.1').and.to.contain(`version ${VERSION}`);
    // Written into the page, it has no files beside it.
    await expectWorks(page);
  });

  it('by the script and then the module keeps the elements of the script, warns of each name, and works', async () => {
    const {page, warnings, add} = await openPage(FOR_MODULES);
    await add({src: SCRIPT});
    await add(moduleOf());
    const {PexipChatRoomElement, RcChatPaneElement, PexipChatWidgetElement} = page.PexipChatRoom!;
    expect(elementsOf(page)).to.deep.equal([
      PexipChatRoomElement,
      RcChatPaneElement,
      PexipChatWidgetElement,
    ]);
    expectNamesWarned(warnings);
    await expectLaterFilesWork(page);
  });

  it('by the module and then the script keeps the elements of the module, warns of each name, and works', async () => {
    const {page, warnings, add} = await openPage(FOR_MODULES);
    await add(moduleOf());
    const elements = elementsOf(page);
    expect(elements).not.to.include(undefined);
    expect(warnings).to.deep.equal([]);
    await add({src: SCRIPT});
    expect(elementsOf(page)).to.deep.equal(elements);
    expect(page.PexipChatRoom!.version()).to.equal(VERSION);
    expectNamesWarned(warnings);
    await expectLaterFilesWork(page);
  });

  it('by the module, twice, keeps the elements, warns of each name, and works', async () => {
    const {page, warnings, add} = await openPage(FOR_MODULES);
    await add(moduleOf());
    await add(moduleOf('second'));
    expect(page.PexipChatRoom).to.equal(undefined);
    expectNamesWarned(warnings);
    await expectLaterFilesWork(page);
  });
});

describe("a page whose own elements have our elements' names", () => {
  it('keeps them, is warned of each name, and has the global with its version', async () => {
    const {page, warnings, add} = await openPage(BLANK);
    const own = NAMES.map(() => class extends page.HTMLElement {});
    for (const [nth, name] of NAMES.entries()) page.customElements.define(name, own[nth]!);
    await add({src: SCRIPT});
    expect(elementsOf(page)).to.deep.equal(own);
    expectNamesWarned(warnings);
    expect(page.PexipChatRoom!.version()).to.equal(VERSION);
    page.document.body.append(page.document.createElement('pexip-chat-room'));
  });

  it('has our pane where only the name of the room is taken, which is paired with none and is shown', async () => {
    const {page, warnings, add} = await openPage(BLANK);
    page.customElements.define('pexip-chat-room', class extends page.HTMLElement {});
    await add({src: SCRIPT});
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('<pexip-chat-room>');
    const room = page.document.createElement('pexip-chat-room');
    const pane = page.document.createElement('rc-chat-pane');
    room.append(pane);
    page.document.body.append(room);
    await pane.updateComplete;
    expect(pane.diagnose().paired).to.be.false;
    expect(pane.checkVisibility({visibilityProperty: true})).to.be.true;
  });
});
