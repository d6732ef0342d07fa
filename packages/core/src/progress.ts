/** How far a long operation has come. */
export interface Progress {
  /** What is being done: "seeding", "iterations", "training" ... */
  readonly phase: string;
  /** Units done so far in this phase. */
  readonly completed: number;
  /** Greatest number of units in this phase, when known. */
  readonly total?: number | undefined;
  /** A short remark for people: the newest inertia, loss or log-likelihood. */
  readonly message?: string | undefined;
}

/** Receives progress; called between steps, never from inside a kernel. */
export type ProgressListener = (progress: Progress) => void;
