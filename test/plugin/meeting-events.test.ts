import {expect} from '@open-wc/testing';

import {forwardMeetingEvents} from '../../plugin/src/meeting-events.js';
import type {PluginMessage} from '../../src/protocol/external-chat.js';
import {fakeEvents} from './fakes.js';

describe('forwardMeetingEvents', () => {
  let web: ReturnType<typeof fakeEvents>;
  let sent: PluginMessage[];
  let controller: AbortController;

  beforeEach(() => {
    web = fakeEvents();
    sent = [];
    controller = new AbortController();
    forwardMeetingEvents(web.events, (message) => sent.push(message), controller.signal);
  });

  it('tells that the user joined, and which meeting', () => {
    web.emit('authenticatedWithConference', {conferenceAlias: 'meet.alice'});
    web.emit('connected');
    expect(sent).to.deep.equal([{type: 'connected', conferenceAlias: 'meet.alice'}]);
  });

  it('tells that the user joined if the meeting is not known', () => {
    web.emit('connected');
    expect(sent).to.deep.equal([{type: 'connected'}]);
  });

  it('tells a click on Leave', () => {
    web.emit('userInitiatedDisconnect');
    expect(sent).to.deep.equal([{type: 'disconnected', userInitiated: true}]);
  });

  it('tells a lost meeting with its error', () => {
    web.emit('disconnected', {error: 'Call failed', errorCode: '#pex117'});
    expect(sent).to.deep.equal([
      {type: 'disconnected', userInitiated: false, error: 'Call failed', errorCode: '#pex117'},
    ]);
  });

  it('tells a lost meeting without an error that is none', () => {
    web.emit('disconnected', {error: {}, errorCode: 1});
    web.emit('disconnected', null);
    expect(sent).to.deep.equal([
      {type: 'disconnected', userInitiated: false},
      {type: 'disconnected', userInitiated: false},
    ]);
  });

  it('is silent once its signal is aborted', () => {
    controller.abort();
    web.emit('connected');
    expect(sent).to.deep.equal([]);
  });
});
