/** What Pexip's client throws at any status but 200; its caller then answers nobody. */
export class RequestRefused extends Error {
  constructor(status = 403) {
    super(`Unexpected status ${status}`);
  }
}
