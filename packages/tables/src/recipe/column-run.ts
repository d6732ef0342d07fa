import type { NumberFacts } from './number-facts.ts';

/** Fewer columns make no run: "x1" and "x2" can be anything. */
const SHORTEST_RUN = 3;
/** A column that spreads more than the median column by this factor is of another kind than the rest. */
const MAX_SPREAD = 10;

/** A column that may be part of a run. */
export interface RunCandidate {
  readonly name: string;
  readonly facts: NumberFacts;
}

/** Consecutive columns of one kind: "x0" to "x783". */
export interface ColumnRun<Candidate> {
  readonly stem: string;
  readonly members: readonly Candidate[];
}

/**
 * Runs of neighboring columns that are numbered one after the other: "x0", "x1", "x2"; "pixel1"; "f_0"; "0", "1", "2"; or
 * that have no names. A run is of one kind when all values are bytes, or when no column spreads more than ten times as
 * much as the median one.
 */
export function columnRuns<Candidate extends RunCandidate>(
  columns: readonly Candidate[],
): readonly ColumnRun<Candidate>[] {
  const runs: ColumnRun<Candidate>[] = [];
  let members: Candidate[] = [];
  const close = (): void => {
    if (members.length >= SHORTEST_RUN && isOfOneKind(members)) {
      runs.push({ stem: numbered(members[0].name)?.stem ?? '', members });
    }
    members = [];
  };
  for (const column of columns) {
    if (members.length > 0 && !follows(members[members.length - 1].name, column.name)) close();
    if (numbered(column.name)) members.push(column);
  }
  close();
  return runs;
}

interface Numbered {
  readonly stem: string;
  readonly number: number;
}

function numbered(name: string): Numbered | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return { stem: '', number: NaN };
  const parts = /^(.*?)(\d+)$/.exec(trimmed);
  return parts ? { stem: parts[1], number: Number(parts[2]) } : undefined;
}

function follows(before: string, after: string): boolean {
  const [a, b] = [numbered(before), numbered(after)];
  if (a?.stem !== b?.stem || a === undefined || b === undefined) return false;
  return b.number === a.number + 1 || (Number.isNaN(a.number) && Number.isNaN(b.number));
}

function isOfOneKind(members: readonly RunCandidate[]): boolean {
  if (members.every(({ facts }) => facts.bytes)) return true;
  const spreads = Float64Array.from(
    members.filter(({ facts }) => !facts.constant),
    ({ facts }) => facts.deviation,
  ).sort();
  if (spreads.length === 0) return true;
  const median = spreads[(spreads.length - 1) >> 1];
  return spreads[spreads.length - 1] <= MAX_SPREAD * median;
}
