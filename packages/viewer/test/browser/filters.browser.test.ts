import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { Filter } from '../../src/state/filter.ts';
import { MapHand } from './map-hand.ts';
import type { PlantedRows } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;

/** Nine points in a row; the last has no values and no cluster. */
const planted: PlantedRows = {
  columns: {
    mass: [0, 1, 2, 3, 4, 5, 6, 7, null],
    sex: ['male', 'female', 'male', 'female', 'male', 'male', 'female', 'male', null],
  },
  dates: { seen: Array.from({ length: 9 }, (_, i) => `200${i}-01-01`) },
  positions: Array.from({ length: 9 }, (_, i) => [i, i % 2]).flat(),
  labels: [0, 0, 0, 0, 1, 1, 1, 1, 99],
};

describeInChromium('filters', folder, 'viewerPage', {}, (page) => {
  const hand = new MapHand(page);
  const show = (attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
    page().evaluate(
      async ([rows, how]) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', ...how });
        const data = await window.viewerPage!.rows({ ...rows, clusters: 2 });
        viewer.data = { ...data, model: undefined };
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [planted, { view: 'filters', ...attributes }] as const,
    );
  const view = () => page().locator('cluster-viewer-filters');
  const filters = (): Promise<readonly Filter[]> =>
    page().evaluate(() => document.querySelector('cluster-viewer')!.filters);
  const set = (given: readonly Filter[]): Promise<void> =>
    page().evaluate((wanted) => {
      document.querySelector('cluster-viewer')!.filters = wanted;
    }, given);
  const slider = (name: string) => page().getByRole('slider', { name });
  const says = (text: string): Promise<void> => view().locator('.head').filter({ hasText: text }).waitFor();

  it('brushes a histogram by keyboard and by mouse, and clears it', async () => {
    await show();
    await slider('mass, least value').focus();
    await page().keyboard.press('ArrowRight');
    await page().keyboard.press('ArrowRight');
    await says('6 of 9 points shown');
    expect(await slider('mass, least value').getAttribute('aria-valuetext')).toBe('2');
    await slider('mass, greatest value').press('PageDown');
    await says('1 of 9 points shown');
    expect(await filters()).toEqual([{ by: 'column:mass', low: 1.5, high: 2.5 }]);
    await slider('mass, least value').press('Home');
    expect(await slider('mass, greatest value').getAttribute('aria-valuetext')).toBe('2');
    await says('3 of 9 points shown');
    const plot = view().locator('cluster-viewer-histogram').first();
    const { x, y, width, height } = (await plot.boundingBox())!;
    const at = (share: number): readonly [number, number] => [x + 7 + (width - 14) * share, y + height / 2];
    await page().mouse.move(...at(0.55));
    await page().mouse.down();
    await page().mouse.move(...at(0.7), { steps: 3 });
    await page().mouse.move(...at(0.76), { steps: 3 });
    await page().mouse.up();
    await says('2 of 9 points shown');
    expect(await filters()).toEqual([{ by: 'column:mass', low: 3.5, high: 5.5 }]);
    await view().getByRole('button', { name: 'Clear the filter by mass' }).click();
    await says('9 of 9 points shown');
  });

  it('combines columns, values and clusters, and says so', async () => {
    await show();
    const heard = page().evaluate(
      () =>
        new Promise((resolve) => {
          document.querySelector('cluster-viewer')!.addEventListener('filter-change', ({ detail }) => {
            if (detail.filters.length === 3) resolve(detail);
          });
        }),
    );
    await view().getByRole('checkbox', { name: 'male', exact: false }).nth(0).check();
    await view().getByRole('list', { name: 'Cluster' }).getByRole('checkbox').nth(1).check();
    await slider('seen, greatest value').press('PageDown');
    const detail = await heard;
    expect(detail).toMatchObject({
      filters: [
        { by: 'column:sex', values: ['male'] },
        { by: 'cluster', values: [1] },
        { by: 'column:seen' },
      ],
      passing: 3,
    });
    await slider('seen, greatest value').press('PageDown');
    await hand.hears('2 of 9 points shown.');
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
    await view().getByRole('button', { name: 'Clear all' }).click();
    await says('9 of 9 points shown');
    expect(await filters()).toEqual([]);
  });

  it('keeps points without a value only when asked to', async () => {
    await show();
    const ofMass = view().locator('section').filter({ hasText: 'mass' });
    const without = ofMass.getByRole('checkbox', { name: '1 point without a value' });
    expect(await without.isChecked()).toBe(true);
    await slider('mass, least value').press('ArrowRight');
    await says('7 of 9 points shown');
    expect(await without.isChecked()).toBe(false);
    await without.check();
    await says('8 of 9 points shown');
    await view().getByRole('button', { name: 'Clear all' }).click();
    await without.uncheck();
    await says('8 of 9 points shown');
    expect(await filters()).toEqual([{ by: 'column:mass', missing: false }]);
    await set([{ by: 'cluster', values: [null] }]);
    await says('1 of 9 points shown');
  });

  it('takes what does not pass out of selections, counts, cards and rows, and leaves it gray', async () => {
    await show({ view: 'clusters' });
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [0, 1, 4];
    });
    await set([{ by: 'column:mass', low: 1, high: 4 }]);
    await expect.poll(hand.selection.bind(hand)).toEqual([1, 4]);
    const cards = page().locator('[part="card"]');
    await cards.nth(0).getByText('3 of 4 points shown').waitFor();
    await cards.nth(1).getByText('1 of 4 points shown').waitFor();
    await page().getByRole('button', { name: 'Select the points of cluster 0' }).click();
    expect(await hand.selection()).toEqual([1, 2, 3]);
    await hand.take('Select in a box');
    await hand.drag([
      [-0.2, -0.3],
      [8.2, 1.2],
    ]);
    await expect.poll(hand.selection.bind(hand)).toEqual([1, 2, 3, 4]);
    await hand.take('Move the map');
    await hand.click(7, 1);
    expect(await hand.selection()).toEqual([1, 2, 3, 4]);
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [];
    });
    const [kept, left] = await page().evaluate(async () => [
      await window.viewerPage!.colorAt(1),
      await window.viewerPage!.colorAt(0),
    ]);
    expect(left).toEqual([201, 209, 217]);
    expect(kept).not.toEqual(left);
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.view = 'rows';
    });
    await page().getByText('4 of 9 rows.').waitFor();
    expect(await page().locator('[part~="status"]').innerText()).toContain('4 of 9 shown');
  });

  it('keeps filters that are set before the data, and refuses what is none', async () => {
    const message = await page().evaluate(async (rows) => {
      const viewer = window.viewerPage!.mount();
      viewer.filters = [{ by: 'column:sex', values: ['female'] }];
      const first = new Promise((resolve) => {
        viewer.addEventListener('filter-change', ({ detail }) => {
          resolve(detail.passing);
        });
      });
      viewer.data = await window.viewerPage!.rows(rows);
      const passing = await first;
      const failed = new Promise<string>((resolve) => {
        viewer.addEventListener('error', ({ detail }) => {
          resolve(detail.error.message);
        });
      });
      Reflect.set(viewer, 'filters', [{ by: 'mass', low: 3 }]);
      return `${String(passing)}: ${await failed}`;
    }, planted);
    expect(message).toMatch(
      /^3: A filter is like \{ by: 'column:mass', low: 10, high: 20 \}.*got \{"by":"mass","low":3\}\.$/,
    );
  });

  it('brushes the columns of points that have no table', async () => {
    await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount({ view: 'filters' });
      viewer.data = await window.viewerPage!.places({
        places: [
          [0, 10],
          [1, 20],
          [2, 30],
        ],
        columnNames: ['wide', 'high'],
      });
    });
    await slider('high, greatest value').press('ArrowLeft');
    await says('2 of 3 points shown');
  });
});
