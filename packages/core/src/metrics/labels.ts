import { forEachChunk } from '../chunks.ts';
import { DataError, InvalidArgumentError } from '../errors.ts';
import { isNoCluster, WRITTEN_NO_CLUSTER } from '../no-cluster.ts';
import { kindOf } from '../number-array.ts';

/**
 * Names a class or a cluster: any whole number, negative ones included, or a string. -1 and `NO_CLUSTER` stand for a point
 * without a cluster.
 */
export type Label = number | string;

/** One label per point. Their values carry no order and may have gaps; `1` and `'1'` are different labels. */
export type Labels = ArrayLike<Label>;

/** Labels replaced by their rank among the distinct values. */
export interface EncodedLabels {
  /** For each point the index of its label in `values`. */
  readonly codes: Uint32Array;
  /** The distinct labels: numbers in ascending order, then strings in code-unit order. */
  readonly values: readonly Label[];
}

/**
 * Checks that a caller without types passed labels; `encodeLabels` checks their values.
 *
 * @param role what the labels are, for the error message: "classes", "clusters", "labels"
 * @throws {InvalidArgumentError} unless they are an array or a typed array
 */
export function requireLabels(labels: Labels, role: string): void {
  const given: unknown = labels;
  if (Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView))) return;
  throw new InvalidArgumentError(
    `The ${role} must be an array with one label per point, or a typed array; got ${kindOf(given)}.`,
  );
}

/**
 * Maps labels to codes 0 ... k - 1. Points without a cluster share one label, -1, in every form (-1 or `NO_CLUSTER`).
 *
 * @param role what the labels are, for the error message: "classes", "clusters", "labels"
 * @throws {DataError} naming the first label that is neither a whole number nor a string
 */
export function encodeLabels(labels: Labels, role: string): EncodedLabels {
  const encoder = new LabelEncoder(labels, role);
  encoder.encode(0, labels.length);
  return encoder.finish();
}

/** The same, but it can be stopped. @throws the signal's reason when it is aborted */
export async function encodeLabelsInChunks(
  labels: Labels,
  role: string,
  signal: AbortSignal | undefined,
): Promise<EncodedLabels> {
  const encoder = new LabelEncoder(labels, role);
  await forEachChunk(labels.length, LABELS_PER_CHUNK, signal, (start, end) => {
    encoder.encode(start, end);
  });
  return encoder.finish();
}

const LABELS_PER_CHUNK = 1 << 16;

/** Numbers labels in the order of their appearance first, and at the end by their rank. */
class LabelEncoder {
  readonly #labels: Labels;
  readonly #role: string;
  readonly #codes: Uint32Array;
  readonly #codeOf = new Map<Label, number>();

  constructor(labels: Labels, role: string) {
    this.#labels = labels;
    this.#role = role;
    this.#codes = new Uint32Array(labels.length);
  }

  encode(start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const given = this.#labels[i];
      const label = isNoCluster(given) ? WRITTEN_NO_CLUSTER : given;
      let code = this.#codeOf.get(label);
      if (code === undefined) {
        assertLabel(label, i, this.#role);
        code = this.#codeOf.size;
        this.#codeOf.set(label, code);
      }
      this.#codes[i] = code;
    }
  }

  finish(): EncodedLabels {
    const codes = this.#codes;
    const seen = [...this.#codeOf.keys()];
    const values = seen.toSorted(compareLabels);
    const rankOf = new Map(values.map((value, rank) => [value, rank]));
    const ranks = Uint32Array.from(seen, (value) => rankOf.get(value)!);
    for (let i = 0; i < codes.length; i++) codes[i] = ranks[codes[i]];
    return { codes, values };
  }
}

/** Points listed group by group. */
export interface Groups {
  /** Indices of the points, those of group 0 first; ascending within a group. */
  readonly order: Uint32Array;
  /** Group `g` is `order[starts[g]] ... order[starts[g + 1] - 1]`; `groups + 1` values. */
  readonly starts: Uint32Array;
}

/** Sorts points by their code (a counting sort: stable, linear time). */
export function groupByCode(codes: Uint32Array, groups: number): Groups {
  const starts = new Uint32Array(groups + 1);
  for (const code of codes) starts[code + 1]++;
  for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
  const next = starts.slice(0, groups);
  const order = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) order[next[codes[i]]++] = i;
  return { order, starts };
}

function assertLabel(label: unknown, index: number, role: string): void {
  if (typeof label === 'string' || Number.isInteger(label)) return;
  throw new DataError(
    `Labels must be whole numbers or strings, but ${role}[${String(index)}] is ${String(label)}. ` +
      'Drop such points, or give them a label of their own.',
  );
}

function compareLabels(a: Label, b: Label): number {
  if (typeof a === typeof b) return a < b ? -1 : 1;
  return typeof a === 'number' ? -1 : 1;
}
