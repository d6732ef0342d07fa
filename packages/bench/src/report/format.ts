import type { BenchContender, BenchReport, BenchRow } from './schema.ts';

/** Milliseconds with three significant digits in an easily readable unit. */
export function formatTime(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toPrecision(3)} s`;
  return ms >= 1 ? `${ms.toPrecision(3)} ms` : `${(1000 * ms).toPrecision(3)} µs`;
}

/** "0.83", with its target if there is one. */
export function formatRatio(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The warning in a report on tiny shapes. */
export const QUICK_WARNING =
  'A quick run on tiny shapes: it shows that everything works, and nothing about speed or shares of ceilings.';

/**
 * The points that a row was measured on, if it has points: "60,000 x 784, K = 10, float32, 30 iterations, seed 784".
 */
export function shapeText({ parameters }: BenchRow): string {
  const { rows, columns, clusters, dtype, iterations, seed } = parameters;
  const number = (value: unknown): string => Number(value).toLocaleString('en');
  return [
    ...(rows === undefined || columns === undefined ? [] : [`${number(rows)} x ${number(columns)}`]),
    ...(clusters === undefined ? [] : [`K = ${number(clusters)}`]),
    ...(typeof dtype === 'string' ? [dtype] : []),
    // Some values are words: until no label changes.
    ...(iterations === undefined || Number.isNaN(Number(iterations))
      ? []
      : [`${number(iterations)} iterations`]),
    ...(typeof seed === 'number' ? [`seed ${seed}`] : []),
  ].join(', ');
}

/** Shoal's contenders of a row, the compared one first. */
export function oursOf(row: BenchRow): BenchContender[] {
  return row.contenders.filter(({ role }) => role === 'ours');
}

/** The other contenders, fastest first, refused last. */
export function othersOf(row: BenchRow): BenchContender[] {
  return row.contenders
    .filter(({ role }) => role !== 'ours')
    .sort((a, b) => (a.median ?? Infinity) - (b.median ?? Infinity));
}

/** A contender's median, or the word that it was refused. */
export function medianText({ median }: BenchContender): string {
  return median === null ? 'refused' : formatTime(median);
}

/** Every refusal and failure of a report, as sentences. */
export function refusalTexts({ rows }: BenchReport): string[] {
  return rows.flatMap((row) => [
    ...(row.failed ? [`${row.case}/${row.workload} failed: ${String(row.unavailable)}`] : []),
    ...row.contenders.flatMap(({ name, refused }) =>
      refused === null ? [] : [`${row.case}/${row.workload}, ${name} refused: ${refused}.`],
    ),
  ]);
}

/** Everything that was left out, and all notes, each remark once, with its rows. */
export function noteTexts({ rows }: BenchReport): string[] {
  const about = new Map<string, BenchRow[]>();
  for (const row of rows) {
    for (const note of [row.unavailable, ...row.notes]) {
      if (note !== null) about.set(note, [...(about.get(note) ?? []), row]);
    }
  }
  return [...about].map(([note, noted]) => `${rowNames(noted, rows)}: ${note}`);
}

/** The names of some rows: only the case's name when they are all of its rows and more than one. */
function rowNames(some: readonly BenchRow[], all: readonly BenchRow[]): string {
  const names = some.map((row) => {
    const rowsOfCase = all.filter((other) => other.case === row.case);
    const whole = rowsOfCase.length > 1 && rowsOfCase.every((other) => some.includes(other));
    return whole ? row.case : `${row.case}/${row.workload}`;
  });
  return [...new Set(names)].join(', ');
}

/** Peers that were looked for but are absent, and how to install them. */
export function absentPeerTexts({ peers }: BenchReport): string[] {
  return peers
    .filter(({ version }) => version === null)
    .map(({ name, runtime, install }) => `${name} is absent (${runtime}). To have it: ${install}.`);
}

/** The machine and software of the numbers, in a few lines. */
export function provenanceTexts(report: BenchReport): string[] {
  const { shoal, engine, machine, runtime, ceilings, peers } = report;
  const commit =
    shoal.commit === null
      ? ''
      : `, commit ${shoal.commit.slice(0, 10)}${shoal.dirty === true ? ' with changes' : ''}`;
  const gigabytes = (machine.memoryBytes / 2 ** 30).toFixed(0);
  const { multiplyAdd, fusedMultiplyAdd, copy, device } = ceilings;
  const pair = ({ oneThread, allThreads }: typeof copy) =>
    `${oneThread.toFixed(1)} (one thread) and ${allThreads.toFixed(1)} (${ceilings.threads} threads)`;
  const runs = report.rows.flatMap(({ contenders }) =>
    contenders.filter(({ refused, once }) => refused === null && !once).map(({ samples }) => samples.length),
  );
  const [fewest, most] = [Math.min(...runs), Math.max(...runs)];
  const warmUps = new Set(report.rows.map(({ warmUp }) => warmUp));
  return [
    `Shoal ${shoal.version}${commit}, ${report.date.slice(0, 10)}; engine ${engine.name} on ${engine.device}.`,
    `${machine.processor}, ${machine.cores} cores, ${gigabytes} GiB, ${machine.system}; Node.js ${runtime.node}, V8 ${runtime.v8}.`,
    `Ceilings in WebAssembly: multiplying and adding ${pair(multiplyAdd)} GFLOP/s, ` +
      `${fusedMultiplyAdd === null ? 'no fused ones here' : `fused ${pair(fusedMultiplyAdd)} GFLOP/s`}, ` +
      `copying ${pair(copy)} GB/s.`,
    ...(device === null
      ? []
      : [
          `Ceilings of the GPU: multiplying and adding ${device.multiplyAdd.toPrecision(3)} GFLOP/s, ` +
            `copying ${device.copy.toPrecision(3)} GB/s.`,
        ]),
    ...(runs.length === 0 ? [] : [runsText(fewest, most, [...warmUps])]),
    ...peers
      .filter(({ version }) => version !== null)
      .map(({ name, version, runtime: on }) => `${name} ${String(version)} on ${on}.`),
  ];
}

/** With fewer samples a median means little, above all on a machine with other work. */
const FEW_RUNS = 3;

function runsText(fewest: number, most: number, warmUps: readonly number[]): string {
  const count = fewest === most ? String(fewest) : `${fewest} to ${most}`;
  const text = `Medians of runs: ${count}, after ${warmUps.join(' or ')} to warm up.`;
  return fewest < FEW_RUNS ? `${text} A first look, not to be cited.` : text;
}
