/**
 * A WebAssembly module with only the fastest operations of a machine, written by hand. It does not depend on any engine
 * or compiler, so its numbers are a ceiling and not another contender.
 *
 * - `multiplyAdd(n)`: n times 48 f32x4 multiplications and additions on 12 independent accumulators
 * - `copy(bytes)`: copies the first half of memory to the second
 */
export interface ProbeModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Floating-point operations of one `multiplyAdd(1)`. */
  readonly flops: number;
}

const ACCUMULATORS = 12;
const UNROLLED = 4;
const LANES = 4;

const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY_BLOCK = 0x40;
const LOOP = 0x03;
const END = 0x0b;
const BR_IF = 0x0d;
const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const I32_CONST = 0x41;
const I32_SUB = 0x6b;
const F32_CONST = 0x43;
const SIMD = 0xfd;
const F32X4_SPLAT = [SIMD, 0x13];
const I32X4_EXTRACT_LANE_0 = [SIMD, 0x1b, 0];
const F32X4_ADD = [SIMD, 0xe4, 0x01];
const F32X4_MUL = [SIMD, 0xe6, 0x01];
const F32X4_RELAXED_MADD = [SIMD, 0x85, 0x02];
const MEMORY_COPY = [0xfc, 0x0a, 0, 0];
const PAGE = 65_536;

/**
 * @param fused whether to use relaxed SIMD's fused multiply-add; not every runtime has it
 * @param copyBytes greatest number of bytes for `copy`
 */
export function probeModule(fused: boolean, copyBytes: number): ProbeModule {
  const pages = Math.ceil((2 * copyBytes) / PAGE);
  const bytes = [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // One type, i32 to i32, for both functions.
    ...section(1, vector([[0x60, 1, I32, 1, I32]])),
    ...section(3, vector([[0], [0]])),
    ...section(5, vector([[0, ...unsigned(pages)]])),
    ...section(7, vector([exported('multiplyAdd', 0), exported('copy', 1)])),
    ...section(10, vector([body(multiplyAdd(fused)), body([0, ...copy(copyBytes)])])),
  ];
  return { bytes: Uint8Array.from(bytes), flops: ACCUMULATORS * UNROLLED * LANES * 2 };
}

/** Locals: 0 the count, then the accumulators, then a factor and a summand that keep values from growing. */
function multiplyAdd(fused: boolean): number[] {
  const accumulators = Array.from({ length: ACCUMULATORS }, (_, i) => 1 + i);
  const factor = 1 + ACCUMULATORS;
  const summand = factor + 1;
  const splat = (value: number, local: number) => [
    F32_CONST,
    ...new Uint8Array(Float32Array.of(value).buffer),
    ...F32X4_SPLAT,
    LOCAL_SET,
    local,
  ];
  const step = (local: number): number[] => [
    ...[LOCAL_GET, local, LOCAL_GET, factor],
    ...(fused ? [] : F32X4_MUL),
    ...[LOCAL_GET, summand],
    ...(fused ? F32X4_RELAXED_MADD : F32X4_ADD),
    ...[LOCAL_SET, local],
  ];
  const round = accumulators.flatMap(step);
  return [
    ...[1, ACCUMULATORS + 2, V128],
    ...accumulators.flatMap((local) => splat(local, local)),
    ...splat(0.999, factor),
    ...splat(0.001, summand),
    ...[LOOP, EMPTY_BLOCK],
    ...Array.from({ length: UNROLLED }, () => round).flat(),
    ...[LOCAL_GET, 0, I32_CONST, 1, I32_SUB, LOCAL_TEE, 0, BR_IF, 0, END],
    // The sum is returned, because otherwise the optimizer would remove the work.
    ...[LOCAL_GET, accumulators[0]],
    ...accumulators.slice(1).flatMap((local) => [LOCAL_GET, local, ...F32X4_ADD]),
    ...I32X4_EXTRACT_LANE_0,
  ];
}

function copy(bytes: number): number[] {
  return [I32_CONST, ...signed(bytes), I32_CONST, 0, LOCAL_GET, 0, ...MEMORY_COPY, LOCAL_GET, 0];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

/** A function's body from its locals and instructions. */
function body(content: readonly number[]): number[] {
  return [...unsigned(content.length + 1), ...content, END];
}

function exported(name: string, index: number): number[] {
  return [name.length, ...new TextEncoder().encode(name), 0, index];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}
