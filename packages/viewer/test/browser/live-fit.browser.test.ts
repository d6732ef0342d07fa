import { KMeans, matrix } from '@shoal/core';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { Planted } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const heaps: Planted = { clusters: 6, each: 40 };

describeInChromium('a live fit', folder, 'viewerPage', {}, (page) => {
  it('ends with the same inertia as Node.js, to the last digit, and shows every iteration', async () => {
    const live = await page().evaluate(async (planted) => {
      const viewer = window.viewerPage!.mount();
      const data = await window.viewerPage!.plant(planted);
      viewer.data = data;
      await viewer.updateComplete;
      const values: (number | undefined)[] = [];
      viewer.addEventListener('fit-progress', ({ detail }) => {
        if (detail.phase === 'iterations') values.push(detail.value);
      });
      const fit = await viewer.fit({ method: 'kmeans', clusters: 5, seed: 3, engine: 'wasm', interval: 0 });
      const outcome = await fit.done;
      await viewer.updateComplete;
      // The bar is loaded on demand, and a short fit may end before that.
      const barText = () =>
        window.viewerPage!.find('cluster-viewer', 'cluster-viewer-fit', '.bar')?.textContent ?? '';
      for (let i = 0; i < 100 && !barText().includes('converged'); i++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return {
        points: Array.from(data.points!.data),
        columns: data.points!.columns,
        inertia: outcome?.value,
        iterations: outcome?.iterations,
        values,
        clusters: viewer.data.clusters,
        bar: barText(),
      };
    }, heaps);
    const engine = await createWasmEngine();
    const points = matrix(Float32Array.from(live.points), live.points.length / live.columns, live.columns);
    const model = await new KMeans({ clusters: 5, seed: 3, engine }).fit(points);
    engine.destroy();
    expect(live.inertia).toBe(model.inertia);
    expect(live.iterations).toBe(model.iterations);
    expect(live.values).toEqual(model.inertiaHistory.slice(0, model.iterations));
    expect(live.clusters).toBe(5);
    expect(live.bar).toContain('converged');
  });

  it('pauses, steps and stops on request, and leaves the map as it was then', async () => {
    const seen = await page().evaluate(async (planted) => {
      const viewer = window.viewerPage!.mount();
      viewer.data = await window.viewerPage!.plant(planted);
      await viewer.updateComplete;
      const iterations: number[] = [];
      const next = () =>
        new Promise<void>((resolve) => {
          viewer.addEventListener('fit-progress', ({ detail }) => {
            if (detail.phase !== 'iterations') return;
            iterations.push(detail.iteration);
            resolve();
          });
        });
      const first = next();
      const settings = { method: 'gmm', clusters: 3, engine: 'wasm', tolerance: 0, paused: true } as const;
      const fit = await viewer.fit(settings);
      await first;
      fit.step();
      await next();
      const labels = viewer.data.labels;
      fit.cancel();
      return {
        outcome: await fit.done,
        iterations: [...new Set(iterations)],
        kept: viewer.data.labels === labels,
      };
    }, heaps);
    expect(seen).toEqual({ outcome: undefined, iterations: [1, 2], kept: true });
  });

  it('waits for points that were given just before', async () => {
    const outcome = await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      viewer.points = [[0], [1], [10], [11]];
      const fit = await viewer.fit({ method: 'kmeans', clusters: 2, engine: 'wasm', interval: 0 });
      const { value } = (await fit.done)!;
      return { value, labels: Array.from(viewer.data!.labels) };
    });
    expect(outcome.value).toBe(1);
    expect(outcome.labels[0]).toBe(outcome.labels[1]);
    expect(outcome.labels[2]).toBe(outcome.labels[3]);
  });

  it('rejects invalid settings, and shows the errors of the fit', async () => {
    const messages = await page().evaluate(async (planted) => {
      const viewer = window.viewerPage!.mount();
      const failures: string[] = [];
      const fail = (error: unknown) => failures.push(String(error));
      await viewer.fit({ method: 'kmeans', clusters: 2 }).catch(fail);
      viewer.data = await window.viewerPage!.plant(planted);
      await viewer.updateComplete;
      await viewer.fit({ method: 'kmeans', clusters: 2, interval: -1 }).catch(fail);
      for (const clusters of [1e9, 0, 2.5, undefined, '3']) {
        await viewer.fit({ method: 'kmeans', clusters: clusters as number }).catch(fail);
      }
      await viewer.fit(null as never).catch(fail);
      for (const method of ['dbscan', 'kmedoids']) {
        const fit = await viewer.fit({ method, clusters: 3, engine: 'wasm' });
        await fit.done.catch(fail);
      }
      // The element goes on, also by the old name of the number of clusters.
      const next = await viewer.fit({ method: 'kmeans', k: 3, engine: 'wasm', interval: 0 });
      return { failures, clusters: (await next.done)?.data.clusters };
    }, heaps);
    const unusable = (value: string) =>
      expect.stringContaining(`whole number from 1 to the number of points, 240; got ${value}.`) as string;
    expect(messages.failures).toEqual([
      expect.stringContaining('no points to fit'),
      expect.stringContaining('interval'),
      unusable('1000000000'),
      unusable('0'),
      unusable('2.5'),
      unusable('undefined'),
      unusable('3'),
      unusable('undefined'),
      expect.stringContaining('DBSCAN finds it itself'),
      expect.stringMatching(/method must be one of kmeans, gmm, .*; got kmedoids/),
    ]);
    expect(messages.clusters).toBe(3);
  });
});
