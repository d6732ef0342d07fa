/** A library that is compared with, here or not. */
export interface PeerInfo {
  readonly name: string;
  /** Null when it is absent. */
  readonly version: string | null;
  /** What it runs on: interpreter, BLAS, threads. */
  readonly runtime: string;
  /** How to get it. */
  readonly install: string;
}
