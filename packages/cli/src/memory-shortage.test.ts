import { DeviceError } from '@shoal/core';
import { expect, it } from 'vitest';
import { memoryShortage } from './memory-shortage.ts';

const takings: readonly (() => unknown)[] = [
  () => new Float64Array(2 ** 53 - 1),
  () => 'x'.repeat(2 ** 30),
  () => new Array<number>(2 ** 32),
];

it.each(takings)('recognizes a shortage of memory: %s', (take) => {
  let thrown: unknown;
  try {
    take();
  } catch (error) {
    thrown = error;
  }
  const { message } = thrown as Error;
  expect(memoryShortage(thrown)).toBeInstanceOf(DeviceError);
  expect(memoryShortage(thrown)?.message).toContain(`There is not enough memory for this (${message}`);
});

it('leaves other failures as they are', () => {
  expect(memoryShortage(new RangeError('Maximum call stack size exceeded'))).toBeUndefined();
  expect(memoryShortage(new Error('out of memory'))).toBeUndefined();
});
