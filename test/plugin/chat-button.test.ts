import type {ToolbarButtonPayload} from '@pexip/plugin-api';
import {expect} from '@open-wc/testing';

import {addChatButton} from '../../plugin/src/chat-button.js';
import type {ToolbarButton} from '../../plugin/src/toolbar-button.js';
import {turn} from '../support/turn.js';
import {captureConsole, fakeTimers, slowToolbar} from './fakes.js';

const CLOSED: ToolbarButtonPayload = {
  position: 'toolbar',
  icon: 'IconChat',
  tooltip: 'Open Chat',
  isActive: false,
  badge: {isVisible: false},
};
const OPEN: ToolbarButtonPayload = {...CLOSED, tooltip: 'Close Chat', isActive: true};

describe('ChatButton', () => {
  let toolbar: ReturnType<typeof slowToolbar>;
  let asked: boolean[];
  let button: ToolbarButton;
  let controller: AbortController;

  beforeEach(async () => {
    toolbar = slowToolbar();
    asked = [];
    controller = new AbortController();
    button = await addChatButton(toolbar, (active) => asked.push(active), controller.signal);
  });

  const payloads = (): ToolbarButtonPayload[] => toolbar.updates.map(({payload}) => payload);
  const answerLast = async (): Promise<void> => {
    toolbar.updates.at(-1)?.answer();
    await turn();
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
    await turn();
    button.show({active: true});
    log.restore();
    expect(payloads()).to.deep.equal([OPEN, OPEN]);
    expect(log.lines).to.have.length(1);
  });

  it('goes on after an update that is never answered', async () => {
    const timers = fakeTimers();
    button.show({active: true});
    timers.restore();
    button.show({active: false});
    expect(timers.waits).to.deep.equal([5_000]);
    timers.run();
    await turn();
    expect(payloads()).to.deep.equal([OPEN, CLOSED]);
  });

  it('no longer asks once its signal is aborted', () => {
    controller.abort();
    toolbar.click();
    expect(asked).to.deep.equal([]);
  });
});
