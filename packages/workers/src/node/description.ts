import type { PartQuestion } from '@shoal/core/parts-kit';

/** What a worker must know of a fit. */
export interface FitDescription {
  /** The version of Shoal that fits: workers of another one may compute other bits. */
  readonly version: string;
  /** The path or address of the points, as workers reach them, and how they are read and divided. */
  readonly source: string;
  readonly tensor?: string | undefined;
  readonly scale?: number | undefined;
  readonly partMemory: number;
  /** Rows of each part. */
  readonly partRows: readonly number[];
  readonly columns: number;
  readonly engine: 'wasm' | 'webgpu' | 'reference';
  readonly arithmetic?: 'fused' | 'plain' | undefined;
}

/** A question to open parts. */
export interface RoundQuestion {
  readonly round: number;
  readonly question: PartQuestion;
  /** Whether answers may be added up. */
  readonly isSum: boolean;
  /** Milliseconds after which a worker takes a part that another one had in the round before. */
  readonly patience: number;
}

/** A job: work on the parts of a round until none is open. */
export interface RoundJob {
  readonly fit: string;
  readonly round: number;
}

/** What comes with an answer. */
export interface AnswerHeader {
  /** One, or those whose answers were added up. */
  readonly parts: readonly number[];
  /** Seconds that the slowest of them took. */
  readonly seconds: number;
  /** The checksum of the points, after a survey. */
  readonly sum?: number | undefined;
}
