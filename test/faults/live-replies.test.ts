import {expect} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import {CALM, connect, setupLive} from '../support/live.js';
import {loseEachAnswer} from '../support/live-sockets.js';
import {startProxied} from 'test-simulators';

const PEOPLE = 10;
const EACH = 100;

describe('F14: messages whose answers are lost', function () {
  this.timeout(240_000);

  it('are a thousand on the server, each once and in order, where the answer to each is lost', async () => {
    const sentAgain = loseEachAnswer();
    const names = Array.from({length: PEOPLE}, (_, index) => `person-${index}`);
    const proxied = await startProxied(
      {},
      {
        users: names.map((username) => ({username})),
        rooms: names.map((name) => ({type: 'p', name, members: [name]})),
      },
    );
    const remote = new RocketChatRemote(proxied.direct);
    const texts = Array.from({length: EACH}, (_, index) => `message ${index}`);
    await Promise.all(
      names.map(async (username) => {
        const {_id: roomId} = await remote.room(username);
        const live = connect(proxied, {username, follow: [roomId], pace: CALM});
        const told = await Promise.all(texts.map((text) => live.session.send(roomId, text)));
        expect(told.map(({text}) => text)).to.deep.equal(texts);
        const sent = live.facts.flatMap((fact) =>
          fact.type === 'message-sent' ? [fact.detail.text] : [],
        );
        expect(sent).to.deep.equal(texts);
      }),
    );
    for (const name of names)
      expect((await remote.messages(name)).map(({msg}) => msg)).to.deep.equal(texts);
    expect(sentAgain.size).to.equal(PEOPLE * EACH);
  });

  it('are sent once where the server hears everything and is not heard', async () => {
    const {proxied, live, remote, idOf} = await setupLive();
    await proxied.fault('loseReplies', {on: true});
    const sent = live.session.send(idOf('other'), 'into the silence');
    await live.lost();
    // It is on its way through the proxy, on which this question is not.
    while (!(await remote.messages('other')).length);
    expect((await remote.messages('other')).map(({msg}) => msg)).to.deep.equal([
      'into the silence',
    ]);
    await proxied.fault('loseReplies', {on: false});
    await sent;
    await live.live();
    expect(await remote.messages('other')).to.have.length(1);
    const told = live.facts.filter(({type}) => type === 'message-sent');
    expect(told).to.have.length(1);
  });
});
