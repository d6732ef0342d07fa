import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { MapView } from '../../src/views/map-view.ts';
import { MapHand } from './map-hand.ts';
import type { PlantedRows } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const gray = [201, 209, 217];

/** Nine points in a row, of two groups far apart in their columns. */
const planted: PlantedRows = {
  columns: {
    mass: [0, 1, 2, 3, 4, 50, 51, 52, null],
    age: [5, 5, 6, 6, 7, 90, 91, 92, 93],
    sex: ['male', 'female', 'male', 'female', 'male', 'male', 'female', 'male', 'male'],
  },
  positions: Array.from({ length: 9 }, (_, i) => [i, 0]).flat(),
  labels: [0, 0, 0, 0, 0, 1, 1, 1, 1],
};

for (const webgpu of [true, false]) {
  describeInChromium(`sizes on ${webgpu ? 'WebGPU' : 'Canvas'}`, folder, 'viewerPage', { webgpu }, (page) => {
    it('draws points of greater values larger, and picks them where they are drawn', async () => {
      const colors = await page().evaluate(async (rows) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', 'size-by': 'column:age' });
        viewer.data = { ...(await window.viewerPage!.rows(rows)), model: undefined };
        await viewer.updateComplete;
        await new Promise((resolve) => setTimeout(resolve, 300));
        await window.viewerPage!.settled();
        return Promise.all([0, 8].map((point) => window.viewerPage!.colorBeside(point, 9)));
      }, planted);
      expect(colors[0]).toEqual([255, 255, 255]);
      expect(colors[1]).not.toEqual([255, 255, 255]);
      const hand = new MapHand(page);
      const [x, y] = await hand.screen(8, 0);
      await page().mouse.click(x - 12, y);
      expect(await hand.selection()).toEqual([8]);
      const svg = await page().evaluate(() => document.querySelector('cluster-viewer')!.exportSvg());
      const radii = Array.from(svg.matchAll(/<circle [^>]* r="([\d.]+)"\/>/g), ([, radius]) =>
        Number(radius),
      );
      expect(Math.max(...radii)).toBeGreaterThan(4 * Math.min(...radii));
    });
  });
}

describeInChromium('maps', folder, 'viewerPage', {}, (page) => {
  const hand = new MapHand(page);
  const show = (attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
    page().evaluate(
      async ([rows, how]) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', transitions: 'off', ...how });
        viewer.data = await window.viewerPage!.rows(rows);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [planted, attributes] as const,
    );
  const openPanel = () => page().getByRole('button', { name: 'Sizes and maps' }).click();
  const menu = (name: string) => page().locator('cluster-viewer-display').getByRole('combobox', { name });
  const places = (): Promise<readonly number[]> =>
    page().evaluate(() => [...document.querySelector('cluster-viewer')!.data!.positions]);
  const axesText = () => page().locator('[part~="status"] .axes');

  it('puts points on axes of two columns and back, and keeps the selection', async () => {
    await show();
    const before = await places();
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [1, 2];
    });
    await openPanel();
    await menu('Map').selectOption('axes');
    await axesText().filter({ hasText: 'Axes: mass across, age up' }).waitFor();
    const now = await places();
    expect(now.slice(2, 4).map((place) => Math.round(1000 * place))).toEqual([19, 0]);
    expect(now[16]).toBeNaN();
    await menu('Across').selectOption({ label: 'age' });
    await axesText().filter({ hasText: 'Axes: age across, age up' }).waitFor();
    // Values along both axes, which are the same.
    const values = await page().locator('svg.overlay text[font-size="11"]').allInnerTexts();
    expect(values.length).toBeGreaterThan(3);
    expect(values.slice(values.length / 2)).toEqual(values.slice(0, values.length / 2));
    expect(await hand.selection()).toEqual([1, 2]);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
    await menu('Map').selectOption('own');
    await axesText().filter({ hasText: 'given positions' }).waitFor();
    expect(await places()).toEqual(before);
  });

  it('places points by UMAP in a worker, with progress, and can be canceled', async () => {
    const count = 1500;
    const numbers = Array.from({ length: count }, (_, i) => i);
    await page().evaluate(
      async (rows) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', transitions: 'off' });
        viewer.data = await window.viewerPage!.rows(rows);
        await viewer.updateComplete;
      },
      {
        columns: {
          a: numbers.map((i) => (i % 3) * 40 + ((i * 7) % 11)),
          b: numbers.map((i) => ((i + 1) % 3) * 40 + ((i * 13) % 17)),
        },
        positions: numbers.flatMap((i) => [i % 40, Math.floor(i / 40)]),
        labels: numbers.map((i) => i % 3),
      },
    );
    await openPanel();
    await menu('Map').selectOption('umap');
    await page().getByRole('progressbar', { name: 'UMAP' }).waitFor();
    await page().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page().getByRole('progressbar', { name: 'UMAP' }).count()).toBe(0);
    expect(await page().evaluate(() => document.querySelector('cluster-viewer')!.mapBy)).toBe('own');
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.mapBy = 'umap';
    });
    await axesText()
      .filter({ hasText: 'Axes: UMAP of the columns of the table, standardized' })
      .waitFor({ timeout: 50_000 });
    const now = await places();
    expect(now.every(Number.isFinite)).toBe(true);
    // The three groups are apart on the map: the nearest point to one is of its group.
    const right = numbers.slice(0, 100).filter((point) => nearestOf(now, point) % 3 === point % 3);
    expect(right.length).toBeGreaterThan(95);
  });

  it('moves points from map to map, unless that is turned off', async () => {
    const steps = (transitions: string): Promise<number> =>
      show({ transitions }).then(() =>
        page().evaluate(async () => {
          const map = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map') as MapView;
          const scatter = map.stage.scatter!;
          const set = scatter.setPositions.bind(scatter);
          let calls = 0;
          scatter.setPositions = (positions) => {
            calls++;
            set(positions);
          };
          document.querySelector('cluster-viewer')!.mapBy = { x: 'column:age', y: 'column:age' };
          await new Promise((resolve) => setTimeout(resolve, 1500));
          return calls;
        }),
      );
    // How many frames there are in between depends on the machine.
    expect(await steps('on')).toBeGreaterThan(0);
    expect(await steps('off')).toBe(1);
  });

  it('selects the nearest neighbors of a point by a key and in the Selection view', async () => {
    await show({ view: 'selection' });
    await hand.click(0, 0);
    await page().getByRole('spinbutton', { name: 'Its nearest neighbors' }).fill('3');
    await page()
      .locator('cluster-viewer-selection')
      .getByRole('button', { name: 'Select', exact: true })
      .click();
    expect(await hand.selection()).toEqual([0, 1, 2, 4]);
    await hand.hears(
      'Row 0 and its 3 nearest neighbors are selected, by the columns of the table, standardized.',
    );
    await hand.moveTo(8, 0);
    await page().locator('cluster-viewer-map .surface').focus();
    await page().keyboard.press('n');
    await expect.poll(async () => (await hand.selection()).length).toBe(9);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });

  it('colors by how sure clusters are and by distances', async () => {
    await page().evaluate(async (rows) => {
      const viewer = window.viewerPage!.mount({ theme: 'light', 'color-by': 'probability' });
      const data = await window.viewerPage!.rows(rows);
      viewer.data = {
        ...data,
        model: undefined,
        probabilities: Float32Array.from({ length: 9 }, (_, i) => i / 8),
      };
    }, planted);
    await page().getByRole('img', { name: 'Scale of colors from 0 to 1' }).waitFor();
    await page()
      .getByRole('combobox', { name: 'Color by' })
      .selectOption({ label: 'Distance to its center' });
    await page().getByRole('img', { name: 'Scale of colors from 0 to 2' }).waitFor();
    await hand.settled();
    expect(await page().evaluate(() => window.viewerPage!.colorAt(0))).not.toEqual(gray);
  });
});

function nearestOf(places: readonly number[], point: number): number {
  const far = Array.from({ length: places.length / 2 }, (_, other) =>
    other === point
      ? Infinity
      : Math.hypot(places[2 * other] - places[2 * point], places[2 * other + 1] - places[2 * point + 1]),
  );
  return far.indexOf(Math.min(...far));
}
