/** What Rocket.Chat says of its rooms to a user's own login. */
export interface Rooms {
  /**
   * Whether a user belongs to a room, asked with his own login: an answer is good for some seconds.
   *
   * @throws {BrokerError} `session-missing` where the user has no chat session, `workspace-unreachable`
   */
  belongs(sub: string, roomId: string): Promise<boolean>;
}
