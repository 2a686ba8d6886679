/** What makes one person in the simulator differ from another. What is left out stays as it is. */
export interface PersonTraits {
  readonly name?: string;
  readonly role?: 'chair' | 'guest';
  /** Waits in the lobby until admitted. */
  readonly waiting?: boolean;
  readonly presenting?: boolean;
  readonly handRaised?: boolean;
  readonly spotlight?: boolean;
  /** Muted by the conference, as a host does it. */
  readonly muted?: boolean;
  readonly cameraMuted?: boolean;
  /** Has switched the own microphone off. */
  readonly microphoneMuted?: boolean;
  /**
   * Members of plugin-api's `InfinityParticipant` that are told as they are, after all others:
   * `{canMute: false}`, or what no real participant has, such as `{uuid: 42}`.
   */
  readonly fields?: Readonly<Record<string, unknown>>;
}
