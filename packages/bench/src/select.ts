import { InvalidArgumentError } from '@shoal/core';
import type { BenchCase, Workload } from './bench-case.ts';

export interface Selected {
  readonly benchCase: BenchCase;
  readonly workload: Workload;
}

/**
 * The workloads that match patterns: a case (`kmeans-fit`), one of its workloads (`kmeans-fit/small`), or either with
 * `*` for any text, in the order of the patterns. Without patterns, every case that does not have to be named.
 *
 * @throws {InvalidArgumentError} when a pattern fits nothing
 */
export function selectWorkloads(
  cases: readonly BenchCase[],
  patterns: readonly string[],
  quick: boolean,
): Selected[] {
  const all = cases.flatMap((benchCase) =>
    benchCase.workloads(quick).map((workload) => ({ benchCase, workload })),
  );
  if (patterns.length === 0) return all.filter(({ benchCase }) => benchCase.onlyWhenNamed !== true);
  const tests = patterns.map((pattern) => {
    const expression = new RegExp(`^${pattern.split('*').map(escape).join('.*')}$`);
    return ({ benchCase, workload }: Selected): boolean =>
      expression.test(benchCase.name) || expression.test(`${benchCase.name}/${workload.name}`);
  });
  tests.forEach((test, i) => {
    if (all.some(test)) return;
    throw new InvalidArgumentError(
      `There is no case "${patterns[i]}"; the cases are ${cases.map(({ name }) => name).join(', ')}.`,
    );
  });
  return [...new Set(tests.flatMap((test) => all.filter(test)))];
}

function escape(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
