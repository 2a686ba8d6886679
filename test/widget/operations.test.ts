import {expect} from '@open-wc/testing';

import {DO} from '../../src/elements/pexip-chat-widget.js';
import {OPERATIONS} from '../../src/elements/floating/operation-names.js';
import type {Client} from '../../src/elements/floating/widget-operations.js';
import type {WidgetOptions} from '../../src/elements/floating/widget-options.js';
import {PexipChatError, type ErrorCode} from '../../src/errors.js';
import * as entry from '../../src/widget/entry.js';
import {operations} from '../../src/widget/operations.js';
import {deferred, type Deferred} from '../support/deferred.js';

/** Stands for the element: notes what it is asked, and is created when a test says so. */
class Noting extends HTMLElement {
  /** The one that was last asked to create(). */
  static latest: Noting | undefined;
  readonly asked: string[] = [];
  readonly creating: Deferred<Client>[] = [];
  readonly #listeners: unknown[] = [];

  get heard(): readonly unknown[] {
    return this.#listeners;
  }

  [DO](name: string): Promise<Client> {
    expect(name).to.equal('create');
    Noting.latest = this;
    this.creating.push(deferred<Client>());
    return this.creating.at(-1)!.promise;
  }

  on(...listener: unknown[]): void {
    this.#listeners.push(listener);
  }
}
for (const name of OPERATIONS) {
  if (name === 'on') continue;
  Object.defineProperty(Noting.prototype, name, {
    value(this: Noting, ...args: unknown[]) {
      this.asked.push(`${name}(${args.join(', ')})`);
      return name;
    },
  });
}
const OPTIONS: WidgetOptions = {accessToken: 'jwt'};
const error = (code: ErrorCode): PexipChatError => new PexipChatError(code, 'No.');
const listener = (): void => undefined;

describe('the module, where the elements are not defined', () => {
  it('refuses what gives a promise with not-created, and says what to import', async () => {
    const all = [
      entry.create(OPTIONS),
      entry.logout(),
      entry.updateAccessToken('jwt'),
      entry.addChat('bob'),
      entry.removeChat('bob'),
      entry.selectChat('bob'),
      entry.composeMessage('bob', 'Hello'),
    ];
    for (const promise of all) {
      const thrown = await promise.then(
        () => undefined,
        (each: unknown) => each,
      );
      expect(thrown).to.be.instanceOf(PexipChatError);
      expect((thrown as PexipChatError).code).to.equal('not-created');
      expect((thrown as PexipChatError).message).to.contain("'pexip-chat-room/define'");
    }
  });

  it('throws the same where there is no promise, and tells its version', () => {
    for (const call of [
      () => entry.compat('bandyer'),
      () => entry.on('error', listener),
      () => entry.getChats(),
      () => entry.getUser('bob'),
      () => entry.isAuthenticated(),
      () => entry.openWidget(),
      () => {
        const made = entry.create(OPTIONS);
        made.catch(() => undefined);
        made.on('error', listener);
      },
    ])
      expect(call).to.throw(PexipChatError, "'pexip-chat-room/define'");
    expect(entry.version()).to.equal(operations.version());
  });

  after(() => customElements.define('pexip-chat-widget', Noting));
});

/** `create()`, and the element that it has asked. */
const begin = () => {
  const result = operations.create(OPTIONS);
  const element = Noting.latest!;
  return {result, element, creating: element.creating.at(-1)!};
};
/** Ends a `create()` of which nobody waits for the result. */
const refuse = async (made: ReturnType<typeof begin>, code: ErrorCode): Promise<void> => {
  made.creating.reject(error(code));
  await made.result.catch(() => undefined);
};

afterEach(() => document.querySelectorAll('pexip-chat-widget').forEach((each) => each.remove()));

describe('PexipChatRoom.create()', () => {
  it('gives the client, and rejects with the error of the element', async () => {
    const {result, element, creating} = begin();
    creating.resolve(element as unknown as Client);
    expect(await result).to.equal(element);
    const refused = begin();
    const thrown = error('invalid-option');
    refused.creating.reject(thrown);
    expect(await refused.result.catch((each: unknown) => each)).to.equal(thrown);
  });

  it('takes listeners at once, which stay for what comes', async () => {
    const made = begin();
    made.result.on('message_received', listener);
    document.body.append(made.element);
    operations.on('typing_started', listener);
    expect(made.element.heard).to.deep.equal([
      ['message_received', listener],
      ['typing_started', listener],
    ]);
    made.result.off('message_received', listener);
    made.result.once('chat_loaded', listener);
    expect(made.element.asked.map((each) => each.split('(')[0])).to.deep.equal(['off', 'once']);
    await refuse(made, 'sign-in-required');
  });

  it('asks the same element for what is called before it stands', async () => {
    const made = begin();
    operations.showWidget();
    expect(made.element.asked.at(-1)).to.equal('showWidget()');
    await refuse(made, 'sign-in-required');
  });

  it('keeps the listeners of one that was refused for the next one', async () => {
    operations.on('chat_loaded', listener);
    const made = begin();
    made.result.on('message_received', listener);
    await refuse(made, 'broker-failed');
    const next = begin();
    expect(next.element.heard).to.deep.include.members([
      ['chat_loaded', listener],
      ['message_received', listener],
    ]);
    await refuse(next, 'broker-failed');
  });

  it('begins anew after logout, when the widget has left the page', async () => {
    const made = begin();
    document.body.append(made.element);
    made.creating.resolve(made.element as unknown as Client);
    await made.result;
    const second = begin();
    expect(second.element).to.equal(made.element);
    await refuse(second, 'already-created');
    made.element.remove();
    const next = begin();
    expect(next.element).not.to.equal(made.element);
    expect(next.element.heard).to.deep.equal([]);
    await refuse(next, 'access-token-required');
  });

  it('keeps the first where a second one is refused', async () => {
    const first = begin();
    const second = begin();
    expect(second.element).to.equal(first.element);
    second.creating.reject(error('already-created'));
    await second.result.catch(() => undefined);
    operations.hideWidget();
    expect(first.element.asked.at(-1)).to.equal('hideWidget()');
    first.creating.reject(error('access-token-required'));
    await first.result.catch(() => undefined);
  });

  it("asks the page's own widget, where its markup has one", () => {
    const own = document.createElement('pexip-chat-widget') as unknown as Noting;
    document.body.append(own);
    operations.openWidget();
    expect(own.asked).to.deep.equal(['openWidget()']);
  });
});

describe('PexipChatRoom.compat()', () => {
  const warned = (work: () => void): string[] => {
    const {warn} = console;
    const warnings: string[] = [];
    console.warn = (...texts: unknown[]) => void warnings.push(texts.join(' '));
    work();
    console.warn = warn;
    return warnings;
  };

  afterEach(() => delete window.BandyerChat);

  it('makes window.BandyerChat, which has all of the widget', () => {
    expect(warned(() => operations.compat('bandyer'))).to.deep.equal([]);
    const names = new Set(Object.keys(window.BandyerChat!));
    for (const name of [...OPERATIONS, 'create', 'compat', 'version'])
      expect(names.has(name), name).to.be.true;
    expect(window.BandyerChat!.version()).to.equal(operations.version());
    expect(warned(() => operations.compat('bandyer', {}))).to.deep.equal([]);
  });

  it("leaves another BandyerChat as it is, and says so: Bandyer's own script is still there", () => {
    const theirs = {create: () => undefined} as unknown as typeof operations;
    window.BandyerChat = theirs;
    const [warning] = warned(() => operations.compat('bandyer'));
    expect(window.BandyerChat).to.equal(theirs);
    expect(warning).to.contain('loaded-twice').and.to.contain('BandyerChat');
  });
});

describe('the module', () => {
  it('has what window.PexipChatRoom has', () => {
    expect(Object.keys(entry)).to.have.members(Object.keys(operations));
  });
});
