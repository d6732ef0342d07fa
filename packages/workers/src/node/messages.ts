import type { PartAnswer, PartQuestion } from '@shoal/core/parts-kit';
import type { FitDescription } from './description.ts';

/** What the thread that computes is told. */
export type ToThread =
  | { readonly type: 'ask'; readonly id: number; readonly task: PartTask }
  | { readonly type: 'array'; readonly id: number; readonly values?: Float64Array; readonly error?: string }
  | { readonly type: 'sum'; readonly id: number; readonly sum: number | undefined }
  | { readonly type: 'forget'; readonly fits: readonly string[] };

/** A question to one part. */
export interface PartTask {
  readonly fit: string;
  readonly description: FitDescription;
  readonly question: PartQuestion;
  readonly part: number;
}

/** What the thread says. Arrays and checksums are asked of Redis, which only the main thread talks to. */
export type FromThread =
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly values: PartAnswer;
      readonly seconds: number;
      /** The checksum of the points, after a survey. */
      readonly sum: number | undefined;
      /** The parts of the fit that are held now. */
      readonly held: readonly number[];
    }
  | { readonly type: 'error'; readonly id: number; readonly message: string; readonly isFinal: boolean }
  | { readonly type: 'array'; readonly id: number; readonly fit: string; readonly name: string }
  | { readonly type: 'sum'; readonly id: number; readonly fit: string; readonly part: number };

/** What the thread is started with. */
export interface ThreadSettings {
  readonly memory: number;
  readonly threads?: number | undefined;
  readonly adapter?: string | undefined;
}
