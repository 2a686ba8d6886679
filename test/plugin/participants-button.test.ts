import type {ToolbarButtonPayload} from '@pexip/plugin-api';
import {expect} from '@open-wc/testing';

import {ParticipantsButton} from '../../plugin/src/participants-button.js';
import {turn} from '../support/turn.js';
import {captureConsole, slowToolbar} from './fakes.js';

const CLOSED: ToolbarButtonPayload = {
  position: 'toolbar',
  icon: 'IconGroup',
  tooltip: 'Open Participants',
  isActive: false,
  badge: {isVisible: false},
};
const OPEN: ToolbarButtonPayload = {...CLOSED, tooltip: 'Close Participants', isActive: true};

describe('ParticipantsButton', () => {
  let toolbar: ReturnType<typeof slowToolbar>;
  let asked: boolean[];
  let button: ParticipantsButton;
  let controller: AbortController;

  beforeEach(() => {
    toolbar = slowToolbar();
    asked = [];
    controller = new AbortController();
    button = new ParticipantsButton(toolbar, (active) => asked.push(active), controller.signal);
  });

  const payloads = (): ToolbarButtonPayload[] => toolbar.updates.map(({payload}) => payload);

  it('is not in the toolbar until the page says that it has a panel', async () => {
    await turn();
    expect(toolbar.added).to.deep.equal([]);
    button.show(false);
    expect(toolbar.added).to.deep.equal([CLOSED]);
  });

  it('is added once, however often the page says so', async () => {
    button.show(false);
    button.show(false);
    void button.add();
    await turn();
    button.show(false);
    void button.add();
    expect(toolbar.added).to.deep.equal([CLOSED]);
    expect(toolbar.updates).to.deep.equal([]);
  });

  it('shows the last word of the page, also one of before it was added', async () => {
    button.show(false);
    button.show(true);
    await turn();
    expect(payloads()).to.deep.equal([OPEN]);
    toolbar.updates[0]?.answer();
    await turn();
    button.show(false);
    expect(payloads()).to.deep.equal([OPEN, CLOSED]);
  });

  it('asks for the opposite of what the page last said, and does not move by itself', async () => {
    button.show(false);
    await turn();
    toolbar.click();
    toolbar.click();
    expect(asked).to.deep.equal([true, true]);
    expect(toolbar.updates).to.deep.equal([]);
    button.show(true);
    toolbar.click();
    expect(asked).to.deep.equal([true, true, false]);
  });

  it('is tried again with the next word of the page after a refusal, which is one line', async () => {
    const log = captureConsole();
    const {addButton} = toolbar;
    toolbar.addButton = () => Promise.reject({reason: 'Invalid Icon name'});
    button.show(true);
    await turn();
    toolbar.addButton = addButton;
    button.show(false);
    await turn();
    log.restore();
    expect(toolbar.added).to.deep.equal([CLOSED]);
    expect(log.lines).to.have.length(1);
  });

  it('no longer asks once its signal is aborted', async () => {
    button.show(false);
    await turn();
    controller.abort();
    toolbar.click();
    expect(asked).to.deep.equal([]);
  });
});
