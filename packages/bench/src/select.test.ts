import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { BENCH_CASES } from './cases/index.ts';
import { selectWorkloads } from './select.ts';

function names(...patterns: string[]): string[] {
  return selectWorkloads(BENCH_CASES, patterns, true).map(
    ({ benchCase, workload }) => `${benchCase.name}/${workload.name}`,
  );
}

describe('selectWorkloads', () => {
  it('takes a case, a workload, and either with a star, in the given order', () => {
    expect(names('gmm-fit')).toEqual(['gmm-fit/full', 'gmm-fit/tied', 'gmm-fit/diag', 'gmm-fit/spherical']);
    expect(names('gmm-fit/diag')).toEqual(['gmm-fit/diag']);
    expect(names('gmm-*/tied')).toEqual(['gmm-fit/tied', 'gmm-step/tied']);
    expect(names('metrics', 'kmeans-fit/small')).toEqual([
      'metrics/silhouette',
      'metrics/external',
      'kmeans-fit/small',
    ]);
  });

  it('without a name takes all cases except those that have to be named', () => {
    const all = names();
    expect(all).toContain('cli-cold-start/version');
    expect(all.some((name) => name.startsWith('scaling/'))).toBe(false);
    expect(names('scaling').length).toBeGreaterThan(2);
  });

  it.each(['kmeans', 'gmm-fit/', '(', 'small'])('refuses "%s", which fits nothing', (pattern) => {
    expect(() => names('metrics', pattern)).toThrow(InvalidArgumentError);
  });

  it.each([true, false])('names no workload twice (quick: %s)', (quick) => {
    const everything = selectWorkloads(BENCH_CASES, ['*'], quick).map(
      ({ benchCase, workload }) => `${benchCase.name}/${workload.name}`,
    );
    expect(new Set(everything).size).toBe(everything.length);
  });

  it('holds the workloads that targets are set on, in their sizes', () => {
    const parameters = Object.fromEntries(
      selectWorkloads(BENCH_CASES, ['*'], false).map(({ benchCase, workload }) => [
        `${benchCase.name}/${workload.name}`,
        workload.parameters,
      ]),
    );
    expect(parameters['kmeans-fit/fashion-mnist']).toMatchObject({
      rows: 60_000,
      columns: 784,
      clusters: 10,
    });
    expect(parameters['kmeans-fit/blobs-1024']).toMatchObject({
      rows: 100_000,
      columns: 128,
      clusters: 1024,
    });
    expect(parameters['kmeans-fit/noise-1024']).toMatchObject({
      rows: 100_000,
      columns: 128,
      clusters: 1024,
    });
    expect(parameters['kmeans-seeding/seeding-1024']).toMatchObject({ rows: 100_000, clusters: 1024 });
    expect(parameters['gmm-fit/full']).toMatchObject({
      rows: 60_000,
      columns: 32,
      clusters: 10,
      iterations: 20,
    });
    expect(parameters['kmeans-fit/small']).toMatchObject({ rows: 10_000, columns: 100, clusters: 10 });
    expect(parameters['scaling/rows-4000000']).toMatchObject({ columns: 32, clusters: 64 });
    expect(parameters['scaling/columns-1024']).toMatchObject({ clusters: 64 });
    expect(parameters['scaling/clusters-4096']).toMatchObject({ columns: 32 });
  });
});
