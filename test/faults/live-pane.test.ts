import {expect, oneEvent} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import {Recorder} from '../session/recorders.js';
import {makePane, place} from '../support/mount.js';
import {startProxied, type Proxied} from 'test-simulators';

/** A pane whose live connection goes through a proxy, and all that it has said since it was live. */
const setup = async (): Promise<{
  proxied: Proxied;
  remote: RocketChatRemote;
  said: Recorder<string>;
  asks: string[];
}> => {
  const proxied = await startProxied();
  const remote = new RocketChatRemote(proxied.direct);
  const said = new Recorder<string>();
  const asks: string[] = [];
  const pane = makePane('', {server: proxied.origin});
  pane.auth = ({surface, reason}) => {
    asks.push(`${surface} ${reason}`);
    return remote.token('alice');
  };
  pane.addEventListener('rc-connection-changed', ({detail}) => said.add(detail.status));
  pane.addEventListener('rc-message-received', ({detail}) => said.add(`got ${detail.text}`));
  pane.addEventListener('rc-message-changed', ({detail: {change, text}}) =>
    said.add(text ? `${change}: ${text}` : change),
  );
  for (const type of ['rc-error', 'rc-token-expired', 'rc-logged-out'])
    pane.addEventListener(type, () => said.add(type));
  // A page that is still loading when its connections break never comes.
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await Promise.all([ready, said.until((all) => all.includes('live'))]);
  said.take();
  return {proxied, remote, said, asks};
};

describe('F10: <rc-chat-pane> whose connection breaks', () => {
  it('says so, and then fires one event for each message, edit and deletion that it missed', async () => {
    const {proxied, remote, said} = await setup();
    const {_id} = await remote.post('bob', 'consultation', 'one');
    const {_id: gone} = await remote.post('bob', 'consultation', 'not for long');
    await said.reaches(2);
    said.take();
    await proxied.fault('refuse');
    await said.until((all) => all.includes('recovering'));
    await remote.edit('bob', 'consultation', _id, 'one, edited');
    await remote.remove('bob', 'consultation', gone);
    await remote.post('bob', 'consultation', 'two');
    await remote.post('bob', 'case-4711', 'three');
    await proxied.fault('listenAgain');
    await said.until((all) => all.includes('live'));
    await remote.post('bob', 'consultation', 'the end');
    await said.until((all) => all.includes('got the end'));
    // How many attempts fail before the server is back is a matter of luck.
    expect(said.all.filter((each) => each !== 'offline')).to.deep.equal([
      'recovering',
      'deleted',
      'edited: one, edited',
      'got two',
      'got three',
      'live',
      'got the end',
    ]);
  });

  it('fires one event for each of a hundred messages over ten drops', async () => {
    const {proxied, remote, said} = await setup();
    const texts = Array.from({length: 100}, (_, index) => `message ${index}`);
    for (const [index, text] of texts.entries()) {
      if (index % 10 === 5) await proxied.fault(index % 20 === 5 ? 'drop' : 'reset');
      await remote.post('bob', 'consultation', text);
    }
    await said.until((all) => all.includes('got message 99'));
    await remote.post('bob', 'consultation', 'the end');
    await said.until((all) => all.includes('got the end'));
    const got = said.all.filter((each) => each.startsWith('got '));
    expect(got).to.deep.equal([...texts, 'the end'].map((text) => `got ${text}`));
    expect(said.all).to.include('recovering').and.not.to.include('rc-error');
  });
});

describe('F15: <rc-chat-pane> whose tokens are revoked in mid-session', () => {
  it('goes on with another one, without a word to the page', async () => {
    const {remote, said, asks} = await setup();
    await remote.revoke('alice');
    await remote.post('bob', 'consultation', 'afterwards');
    await said.until((all) => all.includes('got afterwards'));
    await said.until((all) => all.includes('live'));
    await remote.post('bob', 'consultation', 'the end');
    await said.until((all) => all.includes('got the end'));
    expect(said.all.toSorted()).to.deep.equal([
      'got afterwards',
      'got the end',
      'live',
      'recovering',
    ]);
    expect(asks.filter((ask) => ask === 'live rejected')).to.have.length(1);
  });
});
