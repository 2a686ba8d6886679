/** What happened in somebody's name. Never has a token or another secret. */
export interface AuditEvent {
  readonly what:
    | 'account-made'
    | 'account-linked'
    | 'credentials-issued'
    | 'dial-out'
    | 'discussion-made'
    | 'meeting-ended'
    | 'meeting-made'
    | 'sign-in-refused'
    | 'sign-out'
    | 'token-ended'
    | 'token-made';
  /** Of whom. */
  readonly alias: string;
  /** Such as `surface`, `username`, `reason`; short texts and numbers. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** The audit log: in the store for the time of retention, and a line each in the log. */
export interface Audit {
  /** Never rejects: what cannot be kept is logged as such. */
  note(event: AuditEvent): Promise<void>;
  close(): Promise<void>;
}
