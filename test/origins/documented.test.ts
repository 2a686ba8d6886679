import {expect, oneEvent} from '@open-wc/testing';

import {readAction} from '../../src/protocol/dialects.js';
import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {setupHandWrittenPage, wire} from '../support/hand-written-page.js';
import {mountRoom, record} from '../support/mount.js';
import {nextMessage, puppetGets, puppetMail, puppetSends} from '../support/puppet.js';
import {simulators} from 'test-simulators';

const DIAL = {role: 'GUEST', destination: 'carol@example.com', protocol: 'sip'} as const;

describe('our plugin with a hand-written page', () => {
  it('sends exactly the documented keys until the page has said hello', async () => {
    const {inbox, next, meeting, send} = await setupHandWrittenPage();
    await meeting.setRing(0);
    const connected = next('connected');
    await meeting.join();
    await connected;
    const toggled = next('toggle-chat');
    await meeting.clickChat();
    await toggled;
    const answered = next('dial-out-success');
    send('dial-out', DIAL);
    const {uuid, displayName} = await answered;
    const refused = next('dial-out-error');
    send('dial-out', {...DIAL, destination: 'refuse@example.com'});
    const {message} = await refused;
    const left = next('disconnected');
    await meeting.leave();
    await left;
    expect(inbox).to.deep.equal([
      wire('ready'),
      wire('connected'),
      wire('toggle-chat', {active: true}),
      wire('dial-out-success', {uuid, displayName}),
      wire('dial-out-error', {message}),
      wire('disconnected', {userInitiated: true}),
    ]);
  });

  it('moves button and badge only when the page says so', async () => {
    const {next, meeting, send} = await setupHandWrittenPage();
    const connected = next('connected');
    await meeting.join();
    await connected;
    const toggled = next('toggle-chat');
    await meeting.clickChat();
    await toggled;
    expect((await meeting.state()).button).to.deep.equal({
      name: 'Open Chat',
      pressed: false,
      badge: false,
    });
    send('toggle-chat-button-state', {active: true});
    send('toggle-chat-badge', {visible: true});
    const {button} = await meeting.until((state) => !!state.button?.pressed && state.button.badge);
    expect(button!.name).to.equal('Close Chat');
  });

  it('names the wrong field in dial-out-error, and dials nobody', async () => {
    const {next, meeting, send} = await setupHandWrittenPage();
    const connected = next('connected');
    await meeting.join();
    await connected;
    const refused = next('dial-out-error');
    send('dial-out', {...DIAL, protocol: 'smoke'});
    expect((await refused)['message']).to.contain('protocol');
    expect((await meeting.state()).dials).to.deep.equal([]);
  });

  it('drops the fields it does not know', async () => {
    const {next, meeting, send} = await setupHandWrittenPage();
    await meeting.setRing(0);
    const connected = next('connected');
    await meeting.join();
    await connected;
    const answered = next('dial-out-success');
    send('dial-out', {...DIAL, call_type: 'audio', evil: 'x'});
    await answered;
    expect((await meeting.state()).dials).to.deep.equal([{...DIAL, call_type: 'audio'}]);
  });
});

describe('our elements with a plugin that sends only the documented actions', () => {
  const dialsOf = (mail: readonly unknown[]): unknown[] =>
    mail.filter((each) => readAction(each)?.name === 'dial-out');
  const setupDocumentedPlugin = async () => {
    const mail = puppetMail();
    const loaded = nextMessage(({data}) => data?.puppet === 'here');
    const room = mountRoom({node: simulators.puppetNode, room: 'x'});
    await loaded;
    const plugin = room.renderRoot.querySelector('iframe')!.contentWindow!;
    await puppetSends(plugin, wire('ready'));
    await puppetSends(plugin, wire('connected'));
    return {room, plugin, mail};
  };

  it('answers ready with button state, badge and hello, once', async () => {
    const {mail, plugin} = await setupDocumentedPlugin();
    await puppetSends(plugin, {done: true});
    expect(mail).to.deep.equal([
      wire('toggle-chat-button-state', {active: false}),
      wire('toggle-chat-badge', {visible: false}),
      wire('hello', {version: 1}),
    ]);
  });

  it('offers the documented features and fires pexip-ready once', async () => {
    const loaded = nextMessage(({data}) => data?.puppet === 'here');
    const room = mountRoom({node: simulators.puppetNode, room: 'x'});
    const seen = record(room, 'pexip-ready', 'pexip-features-changed');
    await loaded;
    await puppetSends(room.renderRoot.querySelector('iframe')!.contentWindow!, wire('ready'));
    expect(seen).to.deep.equal(['pexip-ready']);
    expect(room.features).to.deep.equal(['chat', 'dial-out']);
  });

  it('dials with exactly the documented fields and takes an answer without an id', async () => {
    const {room, plugin} = await setupDocumentedPlugin();
    const got = puppetGets(`${ACTION_PREFIX}dial-out`);
    const dial = room.dialOut(DIAL);
    expect(await got).to.deep.equal(wire('dial-out', DIAL));
    const succeeded = oneEvent(room, 'pexip-dial-out-succeeded');
    await puppetSends(plugin, wire('dial-out-success', {uuid: 'u-1', displayName: 'Carol'}));
    const {requestId} = (await succeeded).detail;
    expect(await dial).to.deep.equal({uuid: 'u-1', displayName: 'Carol', requestId});
  });

  it('lets dial-outs wait for their turn, as its answers have no ids', async () => {
    const {room, plugin, mail} = await setupDocumentedPlugin();
    const first = puppetGets(`${ACTION_PREFIX}dial-out`);
    const calls = ['carol', 'bob', 'alice'].map((name) =>
      room.dialOut({...DIAL, destination: `${name}@example.com`}),
    );
    const settled = Promise.allSettled(calls);
    await first;
    expect(dialsOf(mail)).to.deep.equal([wire('dial-out', DIAL)]);
    const second = puppetGets(`${ACTION_PREFIX}dial-out`);
    await puppetSends(plugin, wire('dial-out-success', {uuid: 'u-1', displayName: 'Carol'}));
    expect(await second).to.include({destination: 'bob@example.com'});
    const third = puppetGets(`${ACTION_PREFIX}dial-out`);
    await puppetSends(plugin, wire('dial-out-error', {message: 'Busy.'}));
    expect(await third).to.include({destination: 'alice@example.com'});
    await puppetSends(plugin, wire('dial-out-success', {uuid: 'u-3'}));
    const [carol, bob, alice] = await settled;
    expect(carol).to.have.nested.property('value.uuid', 'u-1');
    expect(bob).to.have.nested.property('reason.message', 'Busy.');
    expect(alice).to.have.nested.property('value.uuid', 'u-3');
  });

  it('refuses those that wait when the one before times out', async () => {
    const {room, plugin, mail} = await setupDocumentedPlugin();
    const calls = [room.dialOut(DIAL, {timeout: 20}), room.dialOut(DIAL), room.dialOut(DIAL)];
    const ends = await Promise.allSettled(calls);
    expect(ends.map((end) => end.status === 'rejected' && end.reason.code)).to.deep.equal([
      'dial-out-timeout',
      'dial-out-ambiguous',
      'dial-out-ambiguous',
    ]);
    await puppetSends(plugin, {done: true});
    expect(dialsOf(mail)).to.have.length(1);
  });

  it('refuses to dial while the answer to one that timed out may still come', async () => {
    const {room, plugin} = await setupDocumentedPlugin();
    const late = await room.dialOut(DIAL, {timeout: 20}).catch((error) => error);
    expect(late.code).to.equal('dial-out-timeout');
    const next = await room.dialOut(DIAL).catch((error) => error);
    expect(next.code).to.equal('dial-out-ambiguous');
    await puppetSends(plugin, wire('dial-out-error', {message: 'late'}));
    const got = puppetGets(`${ACTION_PREFIX}dial-out`);
    const dial = room.dialOut(DIAL);
    await got;
    await puppetSends(plugin, wire('dial-out-success', {uuid: 'u-2'}));
    expect((await dial).uuid).to.equal('u-2');
  });
});
