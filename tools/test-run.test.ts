import { describe, expect, it } from 'vitest';
import { judge } from './test-run.mjs';

const green = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };

describe('judge', () => {
  it('passes a run in which every test passed', () => {
    expect(judge(green, 0, '')).toEqual({ passed: 3, failed: 0, problem: undefined });
  });

  it('fails on a red test even if the runner exits with 0, and on an exit code without a red test', () => {
    expect(judge({ ...green, numFailedTests: 1 }, 0, 'red').problem).toBe('red');
    expect(judge(green, 1, 'an unhandled rejection').problem).toBe('an unhandled rejection');
  });

  it('fails on skipped tests', () => {
    expect(judge({ ...green, numPendingTests: 2 }, 0, '').problem).toMatch(/^2 tests were skipped/);
    expect(judge({ ...green, numTodoTests: 1 }, 0, '').problem).toMatch(/^1 tests were skipped/);
  });

  it('fails when there was nothing to run', () => {
    expect(judge({ ...green, numPassedTests: 0 }, 0, '').problem).toMatch(/^No test ran/);
  });
});
