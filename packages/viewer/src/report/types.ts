import type { ClusteringData } from '../data/types.ts';

/** The contents of a report, from top to bottom. All of it is text; nothing is interpreted as HTML. */
export interface Report {
  readonly title: string;
  /** What a reader learns first: a sentence or two in each. */
  readonly lead: readonly string[];
  /** The command that made it, as it was typed. */
  readonly command?: string | undefined;
  /** What a reader must know before trusting the result. */
  readonly warnings?: readonly string[] | undefined;
  /** The clusters that the report is about: a map as a picture, a table, cards on paper, and a viewer. */
  readonly overview?: ClusteringData | undefined;
  readonly sections: readonly ReportSection[];
  /** The author, at the end. */
  readonly footer: string;
}

/** Texts, numbers and pictures under one heading, in this order. */
export interface ReportContent {
  readonly paragraphs?: readonly string[] | undefined;
  readonly scores?: readonly ReportScore[] | undefined;
  readonly charts?: readonly ReportChart[] | undefined;
  readonly tables?: readonly ReportTable[] | undefined;
  readonly matrices?: readonly ReportMatrix[] | undefined;
}

export interface ReportSection extends ReportContent {
  readonly heading: string;
  readonly views?: readonly ReportView[] | undefined;
  /** What few readers need: behind one click on the screen, open on paper. */
  readonly details?: ReportDetails | undefined;
}

export interface ReportDetails extends ReportContent {
  /** The text to click on. */
  readonly summary: string;
}

/** A number that is worth a sentence. */
export interface ReportScore {
  readonly name: string;
  /** One for each part of the data; a single one needs no name. */
  readonly values: readonly { readonly of?: string | undefined; readonly value: string }[];
  /** What it means, in a sentence. */
  readonly meaning: string;
}

/** Numbers from 0 to 1 as bars. */
export interface ReportChart {
  readonly caption: string;
  readonly groups: readonly ReportBars[];
}

export interface ReportBars {
  readonly name: string;
  readonly bars: readonly ReportBar[];
}

export interface ReportBar {
  readonly name: string;
  /** From 0 to 1. */
  readonly value: number;
  /** The number as it is written: "0.512 ± 0.004". */
  readonly text: string;
  /** Whether it comes from elsewhere, and is only there to compare with. */
  readonly isReference?: boolean | undefined;
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
}
