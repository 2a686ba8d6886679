import type {ToolbarButtonPayload} from '@pexip/plugin-api';
import {expect} from '@open-wc/testing';

import {ChatButton} from '../../plugin/src/chat-button.js';
import {captureConsole, fakeClick, settled} from './fakes.js';

const CLOSED: ToolbarButtonPayload = {
  position: 'toolbar',
  icon: 'IconChat',
  tooltip: 'Open Chat',
  isActive: false,
  badge: {isVisible: false},
};
const OPEN: ToolbarButtonPayload = {...CLOSED, tooltip: 'Close Chat', isActive: true};

/** A toolbar that answers an update when the test says so. */
const slowToolbar = () => {
  const onClick = fakeClick();
  const added: ToolbarButtonPayload[] = [];
  const updates: {payload: ToolbarButtonPayload; answer: () => void; refuse: () => void}[] = [];
  const update = (payload: ToolbarButtonPayload): Promise<void> =>
    new Promise((resolve, reject) => {
      updates.push({payload, answer: resolve, refuse: () => reject({reason: 'no'})});
    });
  const addButton = (payload: ToolbarButtonPayload) => {
    added.push(payload);
    return Promise.resolve({onClick, update});
  };
  return {added, updates, addButton, click: () => onClick.emit(undefined)};
};

describe('ChatButton', () => {
  let toolbar: ReturnType<typeof slowToolbar>;
  let asked: boolean[];
  let button: ChatButton;
  let controller: AbortController;

  beforeEach(async () => {
    toolbar = slowToolbar();
    asked = [];
    controller = new AbortController();
    button = await ChatButton.add(toolbar, (active) => asked.push(active), controller.signal);
  });

  const payloads = (): ToolbarButtonPayload[] => toolbar.updates.map(({payload}) => payload);
  const answerLast = async (): Promise<void> => {
    toolbar.updates.at(-1)?.answer();
    await settled();
  };

  it('is added closed, without a badge', () => {
    expect(toolbar.added).to.deep.equal([CLOSED]);
  });

  it('asks for the opposite of what the page last said, and does not move by itself', () => {
    toolbar.click();
    toolbar.click();
    expect(asked).to.deep.equal([true, true]);
    expect(toolbar.updates).to.deep.equal([]);
    button.show({active: true});
    toolbar.click();
    expect(asked).to.deep.equal([true, true, false]);
  });

  it('shows what the page says, all of it each time', async () => {
    button.show({active: true});
    await answerLast();
    button.show({badge: true});
    await answerLast();
    button.show({active: false});
    expect(payloads()).to.deep.equal([
      OPEN,
      {...OPEN, badge: {isVisible: true}},
      {...CLOSED, badge: {isVisible: true}},
    ]);
  });

  it('sends one update at a time; of those that wait only the last counts', async () => {
    button.show({active: true});
    button.show({active: false});
    button.show({badge: true});
    button.show({active: true});
    expect(payloads()).to.deep.equal([OPEN]);
    await answerLast();
    expect(payloads()).to.deep.equal([OPEN, {...OPEN, badge: {isVisible: true}}]);
  });

  it('sends nothing for a state that is shown', async () => {
    button.show({active: false, badge: false});
    expect(toolbar.updates).to.deep.equal([]);
    button.show({active: true});
    await answerLast();
    button.show({active: true});
    expect(payloads()).to.deep.equal([OPEN]);
  });

  it('goes on after a refused update, and tries the same state again when told again', async () => {
    const log = captureConsole();
    button.show({active: true});
    toolbar.updates[0]?.refuse();
    await settled();
    button.show({active: true});
    log.restore();
    expect(payloads()).to.deep.equal([OPEN, OPEN]);
    expect(log.lines).to.have.length(1);
  });

  it('goes on after an update that is never answered', async () => {
    const {setTimeout: original} = window;
    const timers: {run: () => void; ms: number | undefined}[] = [];
    window.setTimeout = ((run: () => void, ms?: number) =>
      timers.push({run, ms})) as unknown as typeof setTimeout;
    button.show({active: true});
    window.setTimeout = original;
    button.show({active: false});
    expect(timers.map(({ms}) => ms)).to.deep.equal([5_000]);
    timers[0]?.run();
    await settled();
    expect(payloads()).to.deep.equal([OPEN, CLOSED]);
  });

  it('no longer asks once its signal is aborted', () => {
    controller.abort();
    toolbar.click();
    expect(asked).to.deep.equal([]);
  });
});
