import {expect} from '@open-wc/testing';

import {make} from '../../../src/elements/dom.js';
import {FakeClock} from '../../support/fake-socket.js';
import {setupDesk, setupLauncher} from '../../support/launcher-place.js';
import {place} from '../../support/mount.js';
import {see} from '../../support/visibility.js';
import {waitUntil} from '../../support/wait.js';

const key = (name: string): KeyboardEvent =>
  new KeyboardEvent('keydown', {key: name, bubbles: true});

describe('the focus of a widget', () => {
  it('goes into the window that a person opens, and back to the button when it is closed', async () => {
    const {button, host, window, windows} = await setupDesk();
    button()!.focus();
    button()!.click();
    await waitUntil(() => windows[0]?.element.open);
    await waitUntil(() => host.shadowRoot!.activeElement?.textContent === 'in the window');
    window().place.close();
    expect(host.hasAttribute('open')).to.be.false;
    expect(window().element.open).to.be.false;
    expect(host.shadowRoot!.activeElement).to.equal(button());
    button()!.click();
    await waitUntil(() => host.shadowRoot!.activeElement?.textContent === 'in the window');
  });

  it('stays where it is when the page opens the window', async () => {
    const other = place(make('button', {}, 'elsewhere'));
    const {body, windows} = await setupDesk();
    other.focus();
    body.openWidget();
    await waitUntil(() => windows[0]?.element.open);
    expect(document.activeElement).to.equal(other);
  });

  it('stays with a person who has gone on meanwhile', async () => {
    const other = place(make('button', {}, 'elsewhere'));
    const {button, windows} = await setupDesk();
    button()!.focus();
    button()!.click();
    other.focus();
    await waitUntil(() => windows[0]?.element.open);
    expect(document.activeElement).to.equal(other);
  });

  it('is on the button after Escape, which closes the window', async () => {
    const {button, host, windows} = await setupDesk();
    button()!.click();
    await waitUntil(() => windows[0]?.element.open);
    button()!.dispatchEvent(key('a'));
    expect(host.hasAttribute('open')).to.be.true;
    button()!.dispatchEvent(key('Escape'));
    expect(windows[0]!.element.open).to.be.false;
    expect(host.shadowRoot!.activeElement).to.equal(button());
  });
});

describe('what a widget says to screen readers', () => {
  const regionOf = (host: HTMLElement): HTMLElement =>
    host.shadowRoot!.querySelector('[role=status]')!;

  it('is that there are more unread messages, in one go', async () => {
    const {desk, host} = await setupDesk();
    desk().unread(1);
    desk().unread(3);
    expect(regionOf(host).textContent).to.equal('');
    await waitUntil(() => regionOf(host).textContent);
    expect(regionOf(host).textContent).to.equal('You have 3 unread messages.');
    expect(regionOf(host).lang).to.equal('en');
  });

  it('is nothing of what was there, was read, or is before their eyes', async () => {
    const before = await setupDesk();
    before.desk().unread(4);
    const read = await setupDesk();
    read.desk().unread(4);
    read.desk().unread(0);
    const open = await setupDesk();
    open.body.openWidget();
    await waitUntil(() => open.windows[0]?.element.open);
    open.desk().unread(4);
    // That of the first is said after the same time.
    await waitUntil(() => regionOf(before.host).textContent);
    expect(regionOf(read.host).textContent).to.equal('');
    expect(regionOf(open.host).textContent).to.equal('');
  });

  it('is nothing where nobody is', async () => {
    const {desk, host} = await setupDesk();
    const clock = new FakeClock();
    try {
      see('hidden');
      desk().unread(1);
      expect(clock.timers).to.equal(1);
      await clock.pass(60_000);
      see('visible');
      await clock.pass(60_000);
      expect(regionOf(host).textContent).to.equal('');
      desk().unread(2);
      await clock.pass(60_000);
      expect(regionOf(host).textContent).to.equal('You have 2 unread messages.');
    } finally {
      clock.restore();
    }
  });
});

describe('attributes of a widget', () => {
  it('that are none of what they can be are told once, with what can be', async () => {
    const {desk, errors, host} = await setupDesk({
      attributes: {mode: 'popup', 'call-type': 'audio_only', 'recording-type': ''},
    });
    desk().unread(1);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-attribute']);
    expect(errors[0]!.message).to.equal(
      'The attribute "mode" is "popup". It can be embed, window; embed stands for it.',
    );
    host.setAttribute('view', '<img>'.repeat(99));
    host.setAttribute('language', 'xx');
    await waitUntil(() => errors.length === 3);
    expect(errors[1]!.message.length).to.be.below(150);
    expect(errors[2]!.message).to.contain('"language"');
    desk().unread(2);
    expect(errors).to.have.length(3);
  });

  it('are heard of by the desk when they change', async () => {
    const {desk, host} = await setupDesk();
    const before = desk().done.length;
    host.setAttribute('broker', 'https://broker.example.com');
    await waitUntil(() => desk().done.length > before);
    expect(desk().done.at(-1)).to.equal('follow');
  });

  it('open and hidden can be there from the start', async () => {
    const {host, insert, windows, button} = setupLauncher({attributes: {open: true}});
    insert();
    await waitUntil(() => windows[0]?.element.open);
    host.hidden = true;
    await waitUntil(() => !button()!.checkVisibility());
  });

  it('are heard of no more once the element has gone, and again when it is back', async () => {
    const {body, desks, host, insert} = await setupDesk();
    host.remove();
    body.follow();
    await Promise.resolve();
    const before = desks[0]!.done.length;
    host.setAttribute('open', '');
    await new Promise((resolve) => setTimeout(resolve));
    expect(desks[0]!.done).to.have.length(before);
    insert();
    await waitUntil(() => desks.length === 2);
    host.setAttribute('broker', 'https://broker.example.com');
    await waitUntil(() => desks[1]!.done.includes('follow'));
    expect(host.shadowRoot!.querySelectorAll('[part=badge]')).to.have.length(1);
    expect(host.shadowRoot!.querySelectorAll('[role=status]')).to.have.length(1);
    // Of the button, of what stands on it, and of the layout.
    expect(host.shadowRoot!.adoptedStyleSheets).to.have.length(3);
  });
});
