import type { ClusteringData } from '../data/types.ts';

/** The contents of a report, from top to bottom. All of it is text; nothing is interpreted as HTML. */
export interface Report {
  readonly title: string;
  /** Paragraphs under the title. */
  readonly lead: readonly string[];
  readonly sections: readonly ReportSection[];
  /** The author, at the end. */
  readonly footer: string;
}

export interface ReportSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[] | undefined;
  readonly tables?: readonly ReportTable[] | undefined;
  readonly matrices?: readonly ReportMatrix[] | undefined;
  readonly views?: readonly ReportView[] | undefined;
}

export interface ReportTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly string[])[];
}

/** Counts of classes (rows) in clusters (columns). */
export interface ReportMatrix {
  readonly caption: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** A viewer. Views whose `images` are the same object share them in the file. */
export interface ReportView {
  readonly heading: string;
  readonly data: ClusteringData;
  /** Whether a table of the clusters is above it. */
  readonly table?: boolean | undefined;
}
