import {expect} from '@open-wc/testing';

import {WidgetErrorEvent, WidgetTypingStartedEvent} from '../../../src/events/widget-events.js';
import {PexipChatError} from '../../../src/errors.js';
import {setupDesk, setupLauncher} from '../../support/launcher-place.js';
import {uncaught} from '../../support/uncaught.js';

const DETAIL = {userAlias: 'bob', chat: 'c1', participants: ['alice', 'bob']};
const typing = (): Event => new WidgetTypingStartedEvent(DETAIL);

describe('listening to a widget', () => {
  it('calls the listener with the payload, by the documented name', () => {
    const {body, host} = setupLauncher();
    const heard: unknown[] = [];
    body.on('typing_started', (detail) => heard.push(detail));
    body.on('message_received', (detail) => heard.push(detail));
    host.dispatchEvent(typing());
    expect(heard).to.deep.equal([DETAIL]);
  });

  it('tells errors, too', () => {
    const {body, host} = setupLauncher();
    const heard: unknown[] = [];
    body.on('error', ({error}) => heard.push(error.code));
    const error = new PexipChatError('broker-failed', 'Away.');
    host.dispatchEvent(new WidgetErrorEvent({error}));
    expect(heard).to.deep.equal(['broker-failed']);
  });

  it('tells an error once that two files have from the connection that they share', async () => {
    const {errors, desk} = await setupDesk();
    const error = (): PexipChatError => new PexipChatError('broker-failed', 'Away.');
    const first = error();
    desk().place.report(first);
    desk().place.report(first);
    expect(errors).to.deep.equal([first]);
    desk().place.report(error());
    expect(errors).to.have.length(2);
  });

  it('calls once what was added by once(), and nothing after off()', () => {
    const {body, host} = setupLauncher();
    const heard: string[] = [];
    const first = (): unknown => heard.push('once');
    const second = (): unknown => heard.push('on');
    body.once('typing_started', first);
    body.on('typing_started', second);
    host.dispatchEvent(typing());
    host.dispatchEvent(typing());
    expect(heard).to.deep.equal(['once', 'on', 'on']);
    body.off('typing_started', second);
    body.once('typing_started', first);
    body.off('typing_started', first);
    host.dispatchEvent(typing());
    expect(heard).to.have.length(3);
  });

  it('has a listener once for an event, and each listener for as many as it likes', () => {
    const {body, host} = setupLauncher();
    let heard = 0;
    const listener = (): number => (heard += 1);
    body.once('typing_started', listener);
    body.on('typing_started', listener);
    body.on('typing_started', listener);
    body.on('user_connected', listener);
    host.dispatchEvent(typing());
    host.dispatchEvent(typing());
    expect(heard).to.equal(2);
  });

  it('harms nobody with a listener that throws, which is an uncaught error', () => {
    const thrown = uncaught();
    const {body, host} = setupLauncher();
    let heard = 0;
    body.on('typing_started', () => {
      throw new Error('of the page');
    });
    body.on('typing_started', () => (heard += 1));
    host.dispatchEvent(typing());
    expect(heard).to.equal(1);
    expect(thrown).to.have.length(1);
    expect(thrown[0]).to.contain('of the page');
  });

  it('keeps what was added before there is a desk', async () => {
    const {body, host, insert} = setupLauncher();
    let heard = 0;
    body.on('typing_started', () => (heard += 1));
    insert();
    await body.getUser('bob');
    host.dispatchEvent(typing());
    expect(heard).to.equal(1);
  });

  it('tells the logout last, once and without any detail, when all is gone', async () => {
    const {body, button, given, host} = await setupDesk();
    const heard: unknown[] = [];
    const seen: unknown[] = [];
    body.on('logged_out', (detail) => {
      heard.push(detail);
      seen.push(given.accessToken, button(), body.isAuthenticated());
    });
    document.addEventListener('widget-logged-out', ({type}) => heard.push(type), {once: true});
    await body.logout();
    await body.logout().catch(() => undefined);
    host.dispatchEvent(typing());
    expect(heard).to.deep.equal([null, 'widget-logged-out']);
    expect(seen).to.deep.equal([undefined, null, false]);
  });

  it('keeps who begins to listen when the logout is told', async () => {
    const {body, host} = await setupDesk();
    let heard = 0;
    body.on('logged_out', () => body.on('typing_started', () => (heard += 1)));
    await body.logout();
    host.dispatchEvent(typing());
    expect(heard).to.equal(1);
  });

  it('tells nobody anything after logout', async () => {
    const {body, host} = await setupDesk();
    let heard = 0;
    body.on('typing_started', () => (heard += 1));
    await body.logout();
    host.dispatchEvent(typing());
    expect(heard).to.equal(0);
    body.on('typing_started', () => (heard += 1));
    host.dispatchEvent(typing());
    expect(heard).to.equal(1);
  });

  it('tells of a name that is none with those that there are, once', async () => {
    const {body, errors, desk} = await setupDesk();
    body.on('typing-started' as 'typing_started', () => undefined);
    desk().unread(1);
    desk().unread(2);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-argument']);
    expect(errors[0]!.message).to.contain('"typing-started"').and.contain('typing_started,');
  });

  it('tells of what is no function, and goes on', async () => {
    const {body, desk, errors} = await setupDesk();
    body.on('typing_started', 'listener' as never);
    body.once('typing_started', undefined as never);
    body.off('typing_started', null as never);
    desk().unread(1);
    expect(errors.map(({code}) => code)).to.deep.equal(['invalid-argument']);
    expect(errors[0]!.message).to.contain('no function');
  });

  it('takes the events of calls, which come with calls', async () => {
    const {body, desk, errors} = await setupDesk();
    for (const name of ['logged_out', 'incoming_call', 'call_started', 'force_disconnect'])
      body.on(name as 'typing_started', () => undefined);
    desk().unread(1);
    expect(errors).to.deep.equal([]);
  });

  for (const odd of [undefined, null, 7, {}, '', '__proto__', 'x'.repeat(1e5), Symbol('x')])
    it(`survives ${String(odd).slice(0, 20)} for a name`, async () => {
      const {body, desk, errors} = await setupDesk();
      try {
        body.on(odd as never, () => undefined);
        body.off(odd as never, () => undefined);
      } catch (error) {
        expect(error).to.be.instanceOf(TypeError);
        return;
      }
      desk().unread(1);
      expect(errors.map(({code}) => code)).to.deep.equal(['invalid-argument']);
      expect(errors[0]!.message.length).to.be.below(600);
    });
});
