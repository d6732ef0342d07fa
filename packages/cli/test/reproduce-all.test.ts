import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shoal, temporaryFolder } from './run-shoal.ts';

interface Summary {
  readonly seeds: readonly number[];
  readonly methods: readonly {
    readonly name: string;
    readonly test: { readonly accuracy: { readonly values: readonly number[] } };
    readonly pick?: { readonly seed: number };
    readonly consensus?: { readonly accuracy: number };
    readonly published?: { readonly accuracy: number };
  }[];
  readonly consensusOfAll?: { readonly accuracy: number };
}

const few = ['reproduce', '--all', '--dataset', 'garments', '--limit', '300', '--engine', 'wasm'];

describe('reproduce --all', () => {
  it('puts methods into one table, with the pick, a vote and published figures', async () => {
    const output = join(await temporaryFolder(), 'all');
    const argv = [...few, '--seeds', '2', '--methods', 'kmeans,umap-gmm+gradients', '-o', output];
    const { status, stdout, stderr } = await shoal(...argv);
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/umap-gmm\+gradients, seed 1: accuracy 0\.\d+, NMI 0\.\d+ \(test\)/);
    // There are no published figures for garments.
    expect(stdout).toMatch(/^ +kmeans +0\.\d{3} ± .* 0\.\d{3} \/ 0\.\d{3} +\d+$/m);
    expect(stdout).not.toMatch(/published/i);
    expect(stdout).toMatch(/A vote of all methods and seeds: 0\.\d{3} \/ 0\.\d{3}/);
    const summary = JSON.parse(await readFile(join(output, 'reproduction-all.json'), 'utf8')) as Summary;
    expect(summary.seeds).toEqual([0, 1]);
    expect(summary.methods.map(({ name }) => name)).toEqual(['kmeans', 'umap-gmm+gradients']);
    for (const { test, pick, consensus } of summary.methods) {
      expect(test.accuracy.values).toHaveLength(2);
      expect(summary.seeds).toContain(pick?.seed);
      expect(consensus?.accuracy).toBeGreaterThan(0.1);
    }
    expect(summary.consensusOfAll?.accuracy).toBeGreaterThan(0.1);
    const page = await readFile(join(output, 'report.html'), 'utf8');
    expect(page).toContain('Every method on garments');
    expect(page).toContain('UMAP and Gaussian mixture, of oriented gradients');
    expect(page.match(/<cluster-viewer data-view=/g)).toHaveLength(2);
  });

  it('has no pick with one seed, and refuses an unknown method', async () => {
    const { stdout } = await shoal(...few, '--methods', 'kmeans', '--json', '--no-report');
    const [{ pick, consensus }] = (JSON.parse(stdout) as Summary).methods;
    expect([pick, consensus]).toEqual([undefined, undefined]);
    const unknown = await shoal(...few, '--methods', 'magic');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringMatching(/got "magic"/)]);
    const alone = await shoal('reproduce', '--methods', 'kmeans');
    expect([alone.status, alone.stderr]).toEqual([2, expect.stringMatching(/--methods does not apply/)]);
  });
});
