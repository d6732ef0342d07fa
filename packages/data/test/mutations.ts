import fc from 'fast-check';

/** One change to a file, at a place that is a fraction of its length. */
type Mutation = (bytes: Uint8Array) => Uint8Array;

/** Numbers that length fields must survive. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

/** Characters that mean something in texts. */
const MARKS = [
  '"',
  "'",
  ',',
  ';',
  '\n',
  '\r',
  '\t',
  '[',
  ']',
  '{',
  '}',
  ':',
  '\\',
  '\0',
  '\ufeff',
  'é',
  '-',
  '1e999',
  'NaN',
  '__proto__',
];

/** Anywhere, but mostly near the beginning and the end, where headers and directories are. */
const place = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((part) => (length: number) => Math.floor(part * length)),
  fc.nat(200).map((at) => (length: number) => Math.min(at, length)),
  fc.nat(100).map((back) => (length: number) => Math.max(0, length - back)),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(7)).map(
    ([at, bit]): Mutation =>
      (bytes) =>
        changed(bytes, at, (byte) => byte ^ (1 << bit)),
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([at, value]): Mutation =>
      (bytes) =>
        changed(bytes, at, () => value),
  ),
  place.map(
    (at): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(bytes.length)),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 16 })).map(
    ([at, length]): Mutation =>
      (bytes) =>
        spliced(bytes, at, length, []),
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 16 })).map(
    ([at, more]): Mutation =>
      (bytes) =>
        spliced(bytes, at, 0, more),
  ),
  fc.tuple(place, fc.constantFrom(...MARKS)).map(
    ([at, mark]): Mutation =>
      (bytes) =>
        spliced(bytes, at, 0, new TextEncoder().encode(mark)),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(
    ([at, length]): Mutation =>
      (bytes) =>
        spliced(bytes, at, 0, bytes.subarray(at(bytes.length), at(bytes.length) + length)),
  ),
  fc.tuple(place, place, fc.integer({ min: 1, max: 16 })).map(
    ([a, b, length]): Mutation =>
      (bytes) =>
        swapped(bytes, a, b, length),
  ),
  fc.tuple(place, fc.constantFrom(...EXTREMES), fc.boolean()).map(
    ([at, value, isLittle]): Mutation =>
      (bytes) =>
        withNumber(bytes, at, value, isLittle),
  ),
);

/** One to four changes to a file: bits, bytes, cuts, insertions, repetitions, swaps and length fields. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(mutation, { minLength: 1, maxLength: 4 })
  .map((list) => (bytes) => list.reduce((current, change) => change(current), bytes));

type Place = (length: number) => number;

function changed(bytes: Uint8Array, at: Place, to: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  const index = at(copy.length);
  if (index < copy.length) copy[index] = to(copy[index]);
  return copy;
}

function spliced(bytes: Uint8Array, at: Place, removed: number, added: ArrayLike<number>): Uint8Array {
  const start = at(bytes.length);
  return Buffer.concat([bytes.subarray(0, start), Uint8Array.from(added), bytes.subarray(start + removed)]);
}

function swapped(bytes: Uint8Array, a: Place, b: Place, length: number): Uint8Array {
  const copy = bytes.slice();
  const [from, to] = [a(copy.length), b(copy.length)];
  const room = copy.length - Math.max(from, to);
  const piece = bytes.subarray(from, from + Math.min(length, room));
  copy.set(bytes.subarray(to, to + piece.length), from);
  copy.set(piece, to);
  return copy;
}

function withNumber(bytes: Uint8Array, at: Place, value: number, isLittle: boolean): Uint8Array {
  const copy = bytes.slice();
  const index = Math.min(at(copy.length), copy.length - 4);
  if (index >= 0) new DataView(copy.buffer).setUint32(index, value, isLittle);
  return copy;
}
