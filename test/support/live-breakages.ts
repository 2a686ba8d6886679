import type {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {Proxied} from 'test-simulators';
import {isBack, type Live} from './live.js';

/** One way in which a connection breaks, and how that ends. */
export interface Breakage {
  readonly name: string;
  begin(): Promise<void>;
  end(): Promise<void>;
}

interface Scene {
  readonly proxied: Proxied;
  readonly live: Live;
  readonly remote: RocketChatRemote;
  /** A number from 0 up to 1. */
  readonly chance: () => number;
}

const nothing = async (): Promise<void> => undefined;

/** All the ways to break a live connection that proxy and workspace have. */
export const breakages = ({proxied, live, remote, chance}: Scene): readonly Breakage[] => {
  const often = (): boolean => chance() < 0.6;
  const upTo = (most: number): number => Math.floor(chance() * most);
  /** What is written next is written while nobody is connected. */
  const unheard = (fault: Promise<void>): Promise<void> => live.loses(fault);
  /** Some faults end before anybody has noticed. */
  const noticedOrNot = async (end: () => Promise<void>): Promise<void> => {
    if (often()) await live.lost();
    await end();
  };
  const flow = (): Promise<void> => proxied.fault('flow');
  const once = (name: string, fault: () => Promise<void>): Breakage => ({
    name,
    begin: () => unheard(fault()),
    end: nothing,
  });
  const stall = (direction: 'both' | 'up' | 'down'): Breakage => ({
    name: `stall ${direction}`,
    begin: () => proxied.fault('stall', {direction}),
    end: () => noticedOrNot(flow),
  });
  /** A token that has ended before its first use, too, would sign the user out. */
  const token = (name: string, fault: () => Promise<void>): Breakage => ({
    name,
    begin: () => unheard(fault()),
    end: () => live.live(),
  });
  return [
    once('drop', () => proxied.fault('drop')),
    once('reset', () => proxied.fault('reset')),
    once('cut by the server', () => remote.disconnectAll()),
    once('restart', async () => {
      await remote.restart(upTo(50));
      await isBack(remote);
    }),
    stall('both'),
    stall('up'),
    stall('down'),
    {
      name: 'refuse',
      begin: () => unheard(proxied.fault('refuse')),
      end: () => proxied.fault('listenAgain'),
    },
    {
      name: 'cut after some bytes',
      begin: () =>
        proxied.fault('cutAfter', {
          bytes: Math.floor(100 * 1000 ** chance()),
          times: 1 + upTo(3),
        }),
      end: flow,
    },
    {
      name: 'lose replies',
      begin: () => proxied.fault('loseReplies', {on: true}),
      end: () => proxied.fault('loseReplies', {on: false}),
    },
    {
      name: 'deafen',
      begin: () => remote.deafen(),
      end: () => noticedOrNot(() => remote.deafen(false)),
    },
    token('token expires', () => remote.expireToken(live.token)),
    token('tokens revoked', () => remote.revoke('alice')),
    token('forced logout', () => remote.forceLogout('alice')),
    {
      name: 'slow and chopped',
      begin: async () => {
        await proxied.fault('slow', {latency: 1 + upTo(10)});
        await proxied.fault('chop', {size: 1 + upTo(1_000)});
        if (often()) await unheard(proxied.fault('drop'));
      },
      end: flow,
    },
  ];
};
