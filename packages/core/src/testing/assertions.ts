import { kindOf } from '../number-array.ts';

/** Thrown by a contract case whose engine broke the contract. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

/** @throws {ContractViolation} with `message` when the condition does not hold */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ContractViolation(message);
}

/** @throws {ContractViolation} when the two differ by more than the tolerance, relative to `scale` (at least |expected|) */
export function assertClose(
  actual: number,
  expected: number,
  tolerance: number,
  what: string,
  scale = 0,
): void {
  const allowed = tolerance * Math.max(Math.abs(expected), scale, Number.MIN_VALUE);
  const near = Math.abs(actual - expected) <= allowed || actual === expected;
  assert(near, `${what}: expected ${expected} within ${allowed}, got ${actual}.`);
}

/** Compares arrays value by value, the tolerance relative to the largest expected magnitude. */
export function assertAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert(
    actual.length === expected.length,
    `${what}: expected ${expected.length} values, got ${actual.length}.`,
  );
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) {
    assertClose(actual[i], expected[i], tolerance, `${what}[${i}]`, largest);
  }
}

/** Compares arrays exactly, bit for bit. */
export function assertSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  assert(
    actual.length === expected.length,
    `${what}: expected ${expected.length} values, got ${actual.length}.`,
  );
  for (let i = 0; i < expected.length; i++) {
    assert(Object.is(actual[i], expected[i]), `${what}[${i}]: expected ${expected[i]}, got ${actual[i]}.`);
  }
}

/**
 * @returns what the promise was rejected with
 * @throws {ContractViolation} when it was fulfilled, or rejected with something whose `code` or `name` is not `kind`
 */
export async function assertRejects(
  work: () => Promise<unknown>,
  kind: string,
  what: string,
): Promise<unknown> {
  let outcome: unknown;
  try {
    outcome = await work();
  } catch (error) {
    const { code, name } = error as { code?: unknown; name?: unknown };
    assert(code === kind || name === kind, `${what}: expected ${kind}, got ${String(error)}.`);
    return error;
  }
  throw new ContractViolation(`${what}: expected ${kind}, but it was fulfilled with ${kindOf(outcome)}.`);
}
