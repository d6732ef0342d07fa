import { InvalidArgumentError, UnsupportedError } from '@shoal/core';

/**
 * How the kernels multiply and add: `fused` rounds once, after the addition; `plain` also rounds the product. Each always
 * gives the same bits; the two differ in the last digits of float32.
 */
export type Arithmetic = 'fused' | 'plain';

/** Values of the option: `auto` is the fastest arithmetic that runs here. */
const ARITHMETICS = ['auto', 'fused', 'plain'] as const;
export type ArithmeticChoice = (typeof ARITHMETICS)[number];

/**
 * A module with one function, a a + c by relaxed SIMD's `f32x4.relaxed_madd`: it validates only where the runtime has
 * relaxed SIMD, and its result shows whether the processor fuses, which the specification of the instruction leaves open.
 */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  // The type (f32, f32) -> f32, a function of it, and its name.
  ...[1, 7, 1, 0x60, 2, 0x7d, 0x7d, 1, 0x7d],
  ...[3, 2, 1, 0],
  ...[7, 5, 1, 1, 0x66, 0, 0],
  // Splat a, a and c; multiply and add; the first lane.
  ...[10, 22, 1, 20, 0],
  ...[0x20, 0, 0xfd, 0x13, 0x20, 0, 0xfd, 0x13, 0x20, 1, 0xfd, 0x13],
  ...[0xfd, 0x85, 0x02, 0xfd, 0x1f, 0, 0x0b],
);

/** 1 + 2^-12: its square ends in 2^-24, which is lost in float32. */
const FACTOR = 1 + 2 ** -12;

/**
 * The arithmetic that an engine uses here.
 *
 * @throws {InvalidArgumentError} for a choice that does not exist
 * @throws {UnsupportedError} when `fused` is asked for and cannot run
 */
export async function chooseArithmetic(choice: ArithmeticChoice): Promise<Arithmetic> {
  if (!ARITHMETICS.includes(choice)) {
    throw new InvalidArgumentError(
      `arithmetic must be one of ${ARITHMETICS.join(', ')}; got ${choice as string}.`,
    );
  }
  if (choice === 'plain') return 'plain';
  const obstacle = await obstacleToFusing();
  if (obstacle === undefined) return 'fused';
  if (choice === 'auto') return 'plain';
  throw new UnsupportedError(
    `Fused arithmetic cannot run here: ${obstacle}. Use arithmetic "plain", whose results are the same on every machine.`,
  );
}

/** Why multiplication and addition cannot be fused here; undefined where they can. */
async function obstacleToFusing(): Promise<string | undefined> {
  if (!WebAssembly.validate(PROBE)) {
    return (
      'this runtime has no relaxed SIMD (Node.js has it from 21 on, and 20 with --experimental-wasm-relaxed-simd; ' +
      'Chromium from 114 on)'
    );
  }
  const { instance } = await WebAssembly.instantiate(PROBE);
  const multiplyAdd = instance.exports['f'] as (factor: number, summand: number) => number;
  const isFused = multiplyAdd(FACTOR, -Math.fround(FACTOR * FACTOR)) !== 0;
  return isFused ? undefined : 'this processor has no instruction that multiplies and adds at once';
}
