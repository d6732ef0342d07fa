import { DeviceError, InvalidArgumentError, UnsupportedError } from '@shoal/core';
import { DatasetUnavailableError, FormatError } from '@shoal/data';
import { describe, expect, it } from 'vitest';
import { ExitCode, exitCodeFor, UsageError } from './exit-codes.ts';

describe('exitCodeFor', () => {
  it.each([
    [new UsageError('x'), ExitCode.usage],
    [new InvalidArgumentError('x'), ExitCode.usage],
    [new FormatError({ file: 'a.csv' }, 'x'), ExitCode.usage],
    [new UnsupportedError('x'), ExitCode.unavailable],
    [new DatasetUnavailableError('fashion-mnist', [], 'x'), ExitCode.unavailable],
    [new DeviceError('lost', 'x'), ExitCode.failure],
    [new DOMException('x', 'AbortError'), ExitCode.interrupted],
    [new RangeError('x'), ExitCode.failure],
  ])('%s', (error, status) => {
    expect(exitCodeFor(error)).toBe(status);
  });
});
