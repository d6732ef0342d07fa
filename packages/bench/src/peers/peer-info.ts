/** A library that Shoal is compared with, installed or not. */
export interface PeerInfo {
  readonly name: string;
  /** Null when it is absent. */
  readonly version: string | null;
  /** Its interpreter, BLAS and threads. */
  readonly runtime: string;
  /** How to install it. */
  readonly install: string;
}
