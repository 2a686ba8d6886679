import {expect, oneEvent} from '@open-wc/testing';

import {faultyNode, type NodeFault} from '../support/faulty-node.js';
import {mountRoom} from '../support/mount.js';
import {uncaught} from '../support/uncaught.js';

/** The time limit of a room that will hear no plugin, in ms. */
const IMPATIENT = 300;

/** What the remedy of plugin-timeout has to name, as nobody can tell from outside which it is. */
const CAUSES = [/branding/, /ORIGINS/, /lets this page frame it/, /top window/];

const FAULTS: Readonly<Record<NodeFault, string>> = {
  hang: 'hangs',
  reset: 'ends in a reset connection',
  error: 'is an error page with status 500',
  deny: 'is refused by X-Frame-Options',
  ancestors: 'is refused by frame-ancestors',
};

/** A room whose meeting meets a fault, once its patience has ended. */
const setupFault = async (fault: NodeFault) => {
  const {mend, ...place} = faultyNode(fault);
  const errors = uncaught();
  const room = mountRoom({...place, room: 'consultation', 'plugin-timeout': String(IMPATIENT)});
  const {detail} = await oneEvent(room, 'pexip-error');
  await room.updateComplete;
  const frame = (): HTMLIFrameElement => room.renderRoot.querySelector('iframe')!;
  const notice = room.renderRoot.querySelector('[part=notice]')!;
  const cover = room.renderRoot.querySelector('.cover')!;
  return {room, error: detail.error, frame, notice, cover, mend, errors};
};

describe('F1: a room whose frame never loads', () => {
  for (const [fault, what] of Object.entries(FAULTS) as [NodeFault, string][]) {
    it(`is unbridged with plugin-timeout when the page ${what}, and keeps the frame`, async () => {
      const {room, error, frame, notice, errors} = await setupFault(fault);
      expect(error.code).to.equal('plugin-timeout');
      for (const cause of CAUSES) expect(error.message).to.match(cause);
      expect(room.state).to.equal('unbridged');
      expect(room.matches(':state(unbridged)')).to.equal(true);
      expect(frame().checkVisibility({visibilityProperty: true})).to.equal(true);
      expect(notice.checkVisibility()).to.equal(true);
      expect(errors).to.deep.equal([]);
    });

    it(`is ready after reload() when the page ${what} no more`, async () => {
      const {room, frame, notice, mend, errors} = await setupFault(fault);
      const before = frame();
      room.removeAttribute('plugin-timeout');
      await mend();
      const ready = oneEvent(room, 'pexip-ready');
      room.reload();
      await ready;
      await room.updateComplete;
      expect(room.state).to.equal('ready');
      expect(frame()).to.equal(before);
      expect(notice.checkVisibility()).to.equal(false);
      expect(errors).to.deep.equal([]);
    });
  }

  it('says that it loads, after reload(), as long as the page still hangs', async () => {
    const {room, cover, errors} = await setupFault('hang');
    expect(cover.checkVisibility()).to.equal(false);
    room.removeAttribute('plugin-timeout');
    room.reload();
    await room.updateComplete;
    expect(room.state).to.equal('loading');
    expect(cover.checkVisibility()).to.equal(true);
    expect(errors).to.deep.equal([]);
  });

  it('takes a ready that comes later, when the page that hung is answered at last', async () => {
    const {room, mend, errors} = await setupFault('hang');
    const ready = oneEvent(room, 'pexip-ready');
    await mend(true);
    await ready;
    expect(room.state).to.equal('ready');
    expect(errors).to.deep.equal([]);
  });
});
