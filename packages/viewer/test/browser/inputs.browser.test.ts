import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('the data of a viewer', folder, 'viewerPage', {}, (page) => {
  const violations = (): Promise<readonly string[]> => page().evaluate(() => window.viewerPage!.check());

  it('combines separate inputs once, and tells which input is wrong', async () => {
    const outcome = await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      const seen: (number | undefined)[] = [];
      const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
      viewer.points = [
        [0, 0],
        [1, 0],
        [9, 9],
      ];
      viewer.labels = [0, 0, 1];
      viewer.classes = { labels: ['x', 'x', 'y'] };
      viewer.model = {
        centroids: [
          [0.5, 0],
          [9, 9],
        ],
      };
      while (viewer.data === undefined) await settled();
      seen.push(viewer.data.clusters, viewer.data.classes?.names.length, viewer.data.model?.centroids.length);
      const errors: string[] = [];
      viewer.addEventListener('error', ({ detail }) => errors.push(detail.error.message));
      viewer.labels = [0, 1];
      while (errors.length === 0) await settled();
      return { seen, errors, kept: viewer.data.count };
    });
    expect(outcome.seen).toEqual([2, 2, 4]);
    expect(outcome.errors).toEqual([expect.stringContaining('2 labels but 3 points')]);
    expect(outcome.kept).toBe(3);
    expect(await page().getByRole('alert').innerText()).toContain('2 labels but 3 points');
    expect(await violations()).toEqual([]);
  });

  it('takes words as labels, ids, texts and columns, and a heading', async () => {
    const seen = await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      viewer.heading = 'Orders';
      viewer.points = [
        [0, 0],
        [1, 0],
        [9, 9],
        [8, 9],
      ];
      viewer.columnNames = ['price', 'weight'];
      viewer.labels = ['small', 'small', 'big', null];
      viewer.classes = { labels: [0, 0, 1, 1] };
      viewer.classNames = ['cheap', 'dear'];
      viewer.ids = ['A-1', 'A-2', 'B-1', 'B-2'];
      viewer.texts = ['one', 'two', 'three', 'four'];
      viewer.columns = { id: [1, 2, 3, 4], sold: [true, false, true, true] };
      while (viewer.data === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      await viewer.updateComplete;
      const { data } = viewer;
      return {
        names: data.clusterNames,
        labels: [...data.labels],
        classes: data.classes?.names,
        columns: data.columns?.map(({ name, type }) => [name, type]),
        columnNames: data.columnNames,
      };
    });
    expect(seen).toEqual({
      names: ['big', 'small'],
      labels: [1, 1, 0, 0xffffffff],
      classes: ['cheap', 'dear'],
      columns: [
        ['id (of the point)', 'text'],
        ['text', 'text'],
        ['id', 'number'],
        ['sold', 'boolean'],
      ],
      columnNames: ['price', 'weight'],
    });
    expect(await page().getByRole('group', { name: 'Orders', exact: true }).count()).toBe(1);
    expect(await page().getByRole('heading', { name: 'Orders' }).count()).toBe(1);
    await page()
      .getByRole('button', { name: /^0: big/ })
      .waitFor();
  });

  it('shows what was set before the element was defined', async () => {
    const seen = await page().evaluate(async () => {
      const viewer = window.viewerPage!.define({
        points: [[0], [1], [9]],
        labels: [0, 0, 1],
        selection: [2],
        cluster: 1,
        theme: 'dark',
      });
      while (viewer.data === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
      const { data, selection, cluster, theme } = viewer;
      return [data.count, data.clusters, [...selection], cluster, theme];
    });
    expect(seen).toEqual([3, 2, [2], 1, 'dark']);
  });

  it('keeps the selection and the map for equal or other labels, and tells when other points end it', async () => {
    const seen = await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
      const points = [
        [0, 0],
        [1, 0],
        [9, 9],
      ];
      Object.assign(viewer, { points, labels: [0, 0, 1] });
      await settled();
      viewer.selection = [1];
      const events: number[] = [];
      viewer.addEventListener('selection-change', ({ detail }) => events.push(detail.points.length));
      const { data } = viewer;
      Object.assign(viewer, { points: points.map((row) => [...row]), labels: [0, 0, 1] });
      await settled();
      const isSame = viewer.data === data;
      viewer.labels = [0, 1, 1];
      await settled();
      const relabeled = [
        [...viewer.data!.labels],
        [...viewer.selection],
        viewer.data?.positions === data?.positions,
      ];
      const eventsBefore = [...events];
      viewer.points = [
        [0, 0],
        [1, 0],
        [9, 8],
      ];
      await settled();
      return { isSame, relabeled, eventsBefore, events, selection: [...viewer.selection] };
    });
    expect(seen).toEqual({
      isSame: true,
      relabeled: [[0, 1, 1], [1], true],
      eventsBefore: [],
      events: [0],
      selection: [],
    });
  });

  it('counts the same rows in the legend and on the cards, and draws their share', async () => {
    await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      const data = await window.viewerPage!.plant({ clusters: 2, each: 50, classNames: ['a', 'b'] });
      const sizes = [900, 100];
      viewer.data = {
        ...data,
        total: 1000,
        rows: Uint32Array.from({ length: 100 }, (_, i) => 10 * i),
        summaries: data.summaries.map((summary, i) => ({ ...summary, size: sizes[i] })),
        classes: { ...data.classes!, counts: Uint32Array.of(850, 50, 20, 80) },
      };
      await viewer.updateComplete;
    });
    await page().getByRole('button', { name: 'Legend' }).click();
    const listed = page().locator('cluster-viewer-legend .size');
    expect(await listed.allInnerTexts()).toEqual(['900', '100']);
    const bars = page().locator('cluster-viewer-clusters .card .bar:not(.stacked) i');
    const shares = await bars.evaluateAll((fills) =>
      fills.map((fill) => fill.clientWidth / fill.parentElement!.clientWidth),
    );
    expect(shares.map((share) => Math.round(100 * share))).toEqual([90, 10]);
    await page()
      .locator('cluster-viewer')
      .evaluate((viewer) => {
        viewer.setAttribute('color-by', 'class');
      });
    expect(await listed.allInnerTexts()).toEqual(['870', '130']);
  });

  it('reads pictures from a sprite', async () => {
    const picture = await page().evaluate(async () => {
      const canvas = new OffscreenCanvas(6, 4);
      const context = canvas.getContext('2d')!;
      ['#000', '#fff', '#f00', '#808080', '#00f'].forEach((color, i) => {
        context.fillStyle = color;
        context.fillRect(2 * (i % 3), 2 * Math.floor(i / 3), 2, 2);
      });
      const viewer = window.viewerPage!.mount();
      viewer.labels = [0, 0, 0, 1, 1];
      viewer.images = { sprite: URL.createObjectURL(await canvas.convertToBlob()), width: 2, height: 2 };
      await new Promise((resolve) => setTimeout(resolve, 400));
      return Array.from(viewer.data?.images?.pixels ?? []);
    });
    expect(picture).toEqual([0, 255, 76, 128, 29].flatMap((gray) => Array<number>(4).fill(gray)));
  });
});
