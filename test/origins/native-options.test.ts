import {expect, oneEvent} from '@open-wc/testing';

import type {PaneOptions, RcOptionsRequestEvent} from '../../src/events/options-events.js';
import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {setupConversation} from '../support/conversation.js';
import {makeLivePane} from '../support/live-pane.js';
import {place} from '../support/mount.js';
import {setupNative, type NativePage} from '../support/native.js';
import {otherClient} from '../support/other-client.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';

type Given = PaneOptions | ((usernames: {me: string; other: string}) => PaneOptions);

const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** What answers the panes of this document, as long as the test runs. */
let answering: AbortController;

/** Has each pane that asks given this. @returns those that have asked */
const answer = (give: (event: RcOptionsRequestEvent) => void): readonly EventTarget[] => {
  const asked: EventTarget[] = [];
  const {signal} = answering;
  document.addEventListener(
    'rc-options-request',
    (event) => {
      asked.push(event.target!);
      give(event);
    },
    {signal},
  );
  return asked;
};

/** A native view to whose pane this was given. */
const setup = async (given: Given, type?: Parameters<typeof setupNative>[1]) => {
  const usernames = {me: '', other: ''};
  let again: (options: PaneOptions) => void = () => undefined;
  answer(({detail}) => {
    again = detail.give;
    detail.give(typeof given === 'function' ? given(usernames) : given);
  });
  const scene = await setupNative(
    {
      before: async ({me, other, write}) => {
        Object.assign(usernames, {me: me.username, other: other.username});
        await write('Hello');
      },
    },
    type,
  );
  const message = await scene.page.shows('Hello');
  return {...scene, message, give: (options: PaneOptions) => again(options)};
};

/** Names the two people of a room as an application does. */
const named = ({me, other}: {me: string; other: string}): PaneOptions => ({
  person: (username) =>
    ({[me]: {name: 'Dr. Mia Mayer'}, [other]: {name: 'Otto Ober', image: PICTURE}})[username],
});

const authorOf = (message: Element): string => message.querySelector('.author')!.textContent;

const pictureOf = (message: Element): string | undefined =>
  message.querySelector<HTMLImageElement>('.avatar img')?.src;

const attachButton = ({root}: NativePage): Element | null =>
  root.querySelector('button[aria-label="Attach files"]');

describe('rc-options-request', () => {
  beforeEach(() => {
    answering = new AbortController();
  });
  afterEach(() => answering.abort());

  it('is heard around the pane when a native view begins, once, and out of shadow trees', async () => {
    const asked = answer(() => undefined);
    const {pane} = await setupNative();
    expect(asked).to.deep.equal([pane]);
  });

  it('is heard again from another place', async () => {
    const asked = answer(() => undefined);
    const {pane} = await setupNative();
    const ready = oneEvent(pane, 'rc-ready');
    pane.remove();
    place(pane);
    await ready;
    expect(asked).to.deep.equal([pane, pane]);
  });

  it('is not heard of the embedded page', async () => {
    const asked = answer(() => undefined);
    const pane = makeLivePane(await setupConversation(), {});
    const opened = oneEvent(pane, 'rc-ready');
    place(pane);
    await opened;
    expect(asked).to.deep.equal([]);
  });

  it('leaves a pane alone that was taken away when it asked', async () => {
    const asked = answer(({target}) => (target as Element).remove());
    const pane = makeLivePane(await setupConversation(), {view: 'native'});
    place(pane);
    await waitUntil(() => asked.length);
    await pane.updateComplete;
    expect(pane.state).to.equal('idle');
  });
});

describe('the person() of a page around a native pane', () => {
  beforeEach(() => {
    answering = new AbortController();
  });
  afterEach(() => answering.abort());

  it('names and pictures who writes, the user included', async () => {
    const {page, pane, message} = await setup(named);
    expect([authorOf(message), pictureOf(message)]).to.deep.equal(['Otto Ober', PICTURE]);
    await pane.send('Mine');
    expect(authorOf(await page.shows('Mine'))).to.equal('Dr. Mia Mayer');
  });

  it('names who is mentioned, and still tells the username', async () => {
    const {page, write, me, other} = await setup(named);
    await write(`@${me.username} ask @${other.username} or @all`);
    const mentions = [...(await page.shows('Dr. Mia Mayer')).querySelectorAll('.mention')];
    const said = mentions.map(({textContent}) => textContent);
    expect(said).to.deep.equal(['@Dr. Mia Mayer', '@Otto Ober', '@all']);
    expect(mentions.map((each) => each.getAttribute('title'))).to.deep.equal([
      `@${me.username}`,
      `@${other.username}`,
      null,
    ]);
  });

  it('names people in remarks of Rocket.Chat', async () => {
    const {page, workspace, me, other, room} = await setup(named);
    await workspace.post(other.username, room._id, me.username, {t: 'ru'});
    await waitUntil(() => page.root.querySelector('.system .remark'));
    const remark = page.find('.system .remark').textContent;
    expect(remark).to.include('Otto Ober').and.to.include('Dr. Mia Mayer');
    expect(remark).not.to.include(me.username);
  });

  it('names who is writing', async () => {
    const {page, server, workspace, other, room} = await setup(named);
    const client = await otherClient(server, await workspace.token(other.username));
    const activity = `${room._id}/user-activity`;
    await client.call('stream-notify-room', activity, other.username, ['user-typing'], {});
    await waitUntil(() => page.find('.typing').textContent.includes('Otto Ober'));
    client.end();
  });

  it('names who has reacted', async () => {
    const {page, message, other, workspace, room} = await setup(named);
    const [first] = await workspace.messages(room._id);
    await workspace.react(other.username, room._id, first!._id, ':tada:');
    await waitUntil(() => message.querySelector('.reaction'));
    expect(page.find('.reaction').getAttribute('aria-label')).to.include('Otto Ober');
  });

  it('names who is suggested as one writes', async () => {
    const {page, other} = await setup(named);
    page.write(`@${other.username.slice(0, 8)}`);
    await waitUntil(() => page.root.querySelector('[role="option"]'));
    const option = page.find('[role="option"]').textContent;
    expect(option).to.include('Otto Ober').and.to.include(`@${other.username}`);
  });

  it('names who is quoted in an answer', async () => {
    const {page, message} = await setup(named);
    await waitUntil(() => message.querySelector('.actions'));
    page.press(message, 'Quote');
    await waitUntil(() => page.root.querySelector('.composer-quote'));
    expect(page.find('.composer-quote').textContent).to.include('Otto Ober');
  });

  it('names the other person of a direct message above it, and where one writes', async () => {
    const {page} = await setup(named, 'd');
    expect(page.find('.bar h2').textContent).to.equal('Otto Ober');
    expect(page.field.placeholder).to.include('Otto Ober');
  });

  it('does not name what a program writes under a name of its own', async () => {
    const {page, workspace, other, room} = await setup(named);
    await workspace.post(other.username, room._id, 'Build 7', {alias: 'Build'});
    expect(authorOf(await page.shows('Build 7'))).to.equal('Build');
  });

  it('is asked once for each person', async () => {
    const asked: string[] = [];
    const {page, write, other} = await setup({
      person: (username) => {
        asked.push(username);
        return null;
      },
    });
    await write('Once more');
    await page.shows('Once more');
    expect(asked.filter((each) => each === other.username)).to.have.lengthOf(1);
  });

  it('is asked again, and all is drawn anew, when options are given again', async () => {
    const {page, message, give} = await setup(named);
    give({person: () => ({name: 'Somebody'})});
    await waitUntil(() => authorOf(message) === 'Somebody');
    expect(pictureOf(message)).not.to.equal(PICTURE);
    give({});
    await waitUntil(() => authorOf(message) !== 'Somebody');
    expect(page.articles).to.have.lengthOf(1);
  });

  it('counts no longer once the pane has been elsewhere', async () => {
    const {page, pane, give} = await setup(named);
    answering.abort();
    const ready = oneEvent(pane, 'rc-ready');
    pane.remove();
    place(pane);
    await ready;
    give({person: () => ({name: 'Somebody'})});
    await pane.send('Mine');
    await page.shows('Mine');
    expect(page.articles.map(authorOf)).not.to.include('Somebody').and.not.to.include('Otto Ober');
  });

  const usual = async (given: Given): Promise<void> => {
    const errors = uncaught();
    const {page, message, pane} = await setup(given);
    expect(authorOf(message)).to.match(/^other-/i);
    await pane.send('Mine');
    await page.shows('Mine');
    expect(errors).to.deep.equal([]);
  };

  it('that throws leaves the names as they are', () =>
    usual({
      person: () => {
        throw new Error('of the page');
      },
    }));

  it('that promises leaves the names as they are', () =>
    usual({person: (() => Promise.resolve({name: 'Late'})) as never}));

  it('that is none leaves the names as they are', () => usual({person: 'anna' as never}));

  it('of options that cannot be read leaves the names as they are', () =>
    usual(
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('of the page');
          },
        },
      ),
    ));

  it('of no options leaves the names as they are', () => usual(null as never));

  it('gives no HTML, no address of another kind, and no name that turns the line', async () => {
    const {message} = await setup({
      person: () => ({name: '<img src=x>\u202eevil', image: 'javascript:alert(1)'}),
    });
    expect(authorOf(message)).to.equal('<img src=x>evil');
    expect(pictureOf(message) ?? '').not.to.include('javascript');
  });
});

describe('files: false of a page around a native pane', () => {
  beforeEach(() => {
    answering = new AbortController();
  });
  afterEach(() => answering.abort());

  it('takes files out of where one writes, however they come', async () => {
    const {page} = await setup({files: false});
    expect(attachButton(page)).to.equal(null);
    const composer = page.find<RcComposerElement>('rc-composer');
    expect(composer.takesFiles).to.equal(false);
    composer.addFiles([new File(['x'], 'report.txt')]);
    await composer.updateComplete;
    expect(page.root.textContent).not.to.include('report.txt');
  });

  it('holds in threads, too', async () => {
    const {page, message} = await setup({files: false});
    await waitUntil(() => message.querySelector('.actions'));
    page.press(message, 'Reply');
    await waitUntil(() => page.root.querySelector('rc-thread rc-composer textarea'));
    expect(page.find<RcComposerElement>('rc-thread rc-composer').takesFiles).to.equal(false);
  });

  it('is taken back by options that are given again', async () => {
    const {page, give} = await setup({files: false});
    give({files: true});
    await waitUntil(() => attachButton(page));
  });

  it('is not meant by anything else', async () => {
    const {page} = await setup({files: 0 as never});
    expect(attachButton(page)).not.to.equal(null);
  });
});
