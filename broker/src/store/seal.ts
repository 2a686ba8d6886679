/** Encrypts what is kept, so that who has the store's data has no tokens (AES-256-GCM). */
export interface Seal {
  /** @param purpose binds the text to its place: it opens nowhere else */
  close(purpose: string, plain: string): string;
  /** `undefined` for a text that was changed, or was closed for another purpose or with another secret. */
  open(purpose: string, sealed: string): string | undefined;
  /** A key for another use, 32 bytes. */
  key(use: string): Buffer;
}
