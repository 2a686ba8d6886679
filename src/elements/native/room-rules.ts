import type {RoomMessage} from '../../protocol/room-message.js';
import type {WriteBar} from '../../protocol/room-traits.js';
import type {RoomScene} from '../../session/room-scene.js';
import {askRules, DEFAULT_RULES, type WorkspaceRules} from '../../session/workspace-rules.js';
import type {ComposerLimits} from './composer-types.js';
import type {MessageRights} from './context.js';

const MINUTE = 60_000;

/** What a workspace allows, for all its rooms; asked once for the page. */
const rulesOf = new Map<string, WorkspaceRules>();

/** What the workspace allows its user in a room. */
export class RoomRules {
  readonly #scene: RoomScene;
  readonly #base: string;
  readonly #changed: () => void;
  #asking = false;

  /**
   * @param base the workspace's address with a slash at its end
   * @param changed more is known of what is allowed
   */
  constructor(scene: RoomScene, base: string, changed: () => void) {
    this.#scene = scene;
    this.#base = base;
    this.#changed = changed;
  }

  /** What is known; until it was asked, what a workspace allows by default. */
  get now(): WorkspaceRules {
    return rulesOf.get(this.#base) ?? DEFAULT_RULES;
  }

  get limits(): ComposerLimits {
    const {text, files} = this.now;
    return {...(text !== undefined && {text}), files};
  }

  /** What may be done with messages by whom nothing keeps from writing. */
  rights(bar: WriteBar | undefined): MessageRights {
    const {userId} = this.#scene.me;
    const {edit, remove} = this.now;
    const may =
      (minutes: number | undefined) =>
      ({sender, time}: RoomMessage): boolean =>
        !bar &&
        sender.userId === userId &&
        minutes !== undefined &&
        Date.now() - time < minutes * MINUTE;
    return {write: !bar, edit: may(edit), remove: may(remove)};
  }

  /** Asks the workspace, once for all its rooms: before something is written. */
  async learn(): Promise<void> {
    const {api} = this.#scene.session;
    if (this.#asking || rulesOf.has(this.#base) || !api) return;
    this.#asking = true;
    try {
      rulesOf.set(this.#base, await askRules(api));
      this.#changed();
    } catch {
      // The server refuses what it does not allow; it is asked again the next time.
    } finally {
      this.#asking = false;
    }
  }
}
