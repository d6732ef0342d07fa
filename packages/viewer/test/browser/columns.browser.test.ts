import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { scaleColors } from '../../src/columns/scale-colors.ts';
import { makePalette } from '../../src/theme/palettes.ts';
import type { PlantedRows } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const markup = '<img src=x onerror=alert(1)>';

/** Six points in a row; the fifth has no values. */
const planted: PlantedRows = {
  columns: {
    sex: ['male', 'female', 'male', markup, null, 'male'],
    mass: [0, 100, 50, 25, null, 75],
    alive: [true, false, true, true, null, false],
  },
  dates: { seen: ['2007-01-01', '2009-01-01', '2008-01-01', '2007-06-01', null, '2008-06-01'] },
  positions: [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0],
  labels: [0, 0, 0, 1, 1, 1],
  clusterNames: ['Gentoo', markup],
  clusterTraits: [['mass: higher, 5,050 (others: 4,050)', markup], []],
};

const white = [255, 255, 255] as const;
const gray = [201, 209, 217];

for (const webgpu of [true, false]) {
  const renderer = webgpu ? 'WebGPU' : 'Canvas';
  describeInChromium(`columns on ${renderer}`, folder, 'viewerPage', { webgpu }, (page) => {
    const show = (attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
      page().evaluate(
        async ([what, how]) => {
          const viewer = window.viewerPage!.mount({ theme: 'light', ...how });
          viewer.data = { ...(await window.viewerPage!.rows(what)), model: undefined };
          await viewer.updateComplete;
          await window.viewerPage!.settled();
        },
        [planted, attributes] as const,
      );
    const colors = (): Promise<readonly (readonly number[])[]> =>
      page().evaluate(async () => {
        await window.viewerPage!.settled();
        return Promise.all([0, 1, 2, 3, 4, 5].map((point) => window.viewerPage!.colorAt(point)));
      });
    const choose = async (label: string): Promise<void> => {
      await page().getByRole('combobox', { name: 'Color by' }).selectOption({ label });
    };
    const expectColors = (wanted: readonly (readonly number[])[]): Promise<void> =>
      expect.poll(async () => farthest(await colors(), wanted), { timeout: 10_000 }).toBeLessThanOrEqual(2);

    it('colors points by a text, with a legend that grays its values', async () => {
      await show();
      await choose('sex');
      const [male, female, other] = makePalette({ count: 3, name: 'default', background: white });
      await expectColors([male, female, male, other, gray, male]);
      const legend = page().getByRole('toolbar', { name: 'Legend' });
      expect(await legend.getByRole('button', { pressed: true }).allInnerTexts()).toEqual([
        'male\n3',
        'female\n1',
        `${markup}\n1`,
      ]);
      expect(await page().getByText('1 point without a value in gray').count()).toBe(1);
      await legend.getByRole('button', { name: 'female', pressed: true }).click();
      await expectColors([male, gray, male, other, gray, male]);
      expect(await page().locator('cluster-viewer').getAttribute('color-by')).toBe('column:sex');
    });

    it('colors points by numbers, on a scale', async () => {
      await show({ 'color-by': 'column:mass' });
      const scale = scaleColors(256, white);
      const wanted = [0, 100, 50, 25, undefined, 75].map((value) =>
        value === undefined ? gray : scale[Math.round(2.55 * value)],
      );
      await expectColors(wanted);
      const legend = page().getByRole('img', { name: 'Scale of colors from 0 to 100' });
      expect(await legend.locator('.tick').allInnerTexts()).toEqual(['0', '20', '40', '60', '80', '100']);
      await choose('Clusters');
      const [first, second] = makePalette({ count: 2, name: 'default', background: white });
      await expectColors([first, first, first, second, second, second]);
    });

    it('colors points by dates and by true and false', async () => {
      await show({ 'color-by': 'column:seen' });
      const scale = page().getByRole('img', {
        name: 'Scale of colors from 2007-01 to 2009-01',
      });
      await scale.waitFor();
      await choose('alive');
      const [yes, no] = makePalette({ count: 2, name: 'default', background: white });
      await expectColors([yes, no, yes, yes, gray, no]);
    });
  });
}

describeInChromium('rows and names', folder, 'viewerPage', {}, (page) => {
  const show = (rows: PlantedRows, attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
    page().evaluate(
      async ([what, how]) => {
        const viewer = window.viewerPage!.mount(how);
        viewer.data = await window.viewerPage!.rows(what);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [rows, attributes] as const,
    );
  const select = (points: readonly number[]): Promise<void> =>
    page().evaluate((selection) => {
      document.querySelector('cluster-viewer')!.selection = selection;
    }, points);
  const table = () => page().getByRole('grid', { name: 'Rows' });
  const cells = (): Promise<readonly string[]> => table().locator('tbody tr:not(.gap)').allInnerTexts();

  it('lists all rows, or the selected ones, with their values', async () => {
    await show(planted, { view: 'rows' });
    await table().waitFor();
    expect(await page().getByText('All 6 rows.').count()).toBe(1);
    expect((await cells())[0].split(/\s*\t\s*/)).toEqual([
      ...['0', '0: Gentoo', 'male', '0', 'true', '2007-01-01'],
    ]);
    await select([4, 1, 3]);
    await page().getByText('3 selected rows.').waitFor();
    expect((await cells()).map((row) => row.split('\t')[0].trim())).toEqual(['1', '3', '4']);
    expect((await cells())[2]).toMatch(/–\s+–\s+–\s+–/);
    const findings = await page().evaluate(() => window.viewerPage!.check());
    expect(findings).toEqual([]);
  });

  it('sorts by a column, both ways, missing values last', async () => {
    await show(planted, { view: 'rows' });
    const order = async () => (await cells()).map((row) => row.split('\t')[0].trim());
    await table().getByRole('button', { name: 'mass' }).click();
    await expect.poll(order).toEqual(['0', '3', '2', '5', '1', '4']);
    await table().getByRole('button', { name: 'mass' }).click();
    await expect.poll(order).toEqual(['1', '5', '2', '3', '0', '4']);
    expect(await table().getByRole('columnheader', { name: 'mass' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  it('goes from row to row by keyboard, and creates only the rows in view', async () => {
    const count = 20_000;
    const numbers = Array.from({ length: count }, (_, i) => i);
    await show(
      {
        columns: { value: numbers },
        positions: numbers.flatMap((i) => [i % 100, Math.floor(i / 100)]),
        labels: numbers.map((i) => i % 3),
      },
      { view: 'rows' },
    );
    await table().focus();
    expect((await cells()).length).toBeLessThan(80);
    await page().keyboard.press('End');
    await expect.poll(async () => (await cells()).at(-1)?.split('\t')[0].trim()).toBe(String(count - 1));
    expect((await cells()).length).toBeLessThan(80);
    await page().keyboard.press('ArrowUp');
    await page()
      .locator('tr.hovered')
      .filter({ hasText: String(count - 2) })
      .waitFor();
    expect(await table().getAttribute('aria-activedescendant')).toBe(`row-${count - 2}`);
  });

  it('shows values and the name of the cluster beside a point', async () => {
    await show(planted);
    const [x, y] = await page().evaluate(() => window.viewerPage!.screenOf(1));
    await page().mouse.move(x, y);
    const tooltip = page().locator('[part="tooltip"]');
    await tooltip.waitFor();
    expect((await tooltip.innerText()).split(/\s*\n\s*/)).toEqual([
      ...['Row', '1', 'Cluster', '0: Gentoo', 'sex', 'female', 'mass', '100', 'alive', 'false'],
      ...['seen', '2009-01-01'],
    ]);
  });

  it('shows names on the cards, and what sets clusters apart beside all others, as plain text', async () => {
    await show(planted);
    const cards = page().locator('[part="card"]');
    expect(await cards.nth(0).getByRole('button', { name: '0: Gentoo, 3 points' }).count()).toBe(1);
    const facts = cards.nth(0).locator('.facts-list li');
    await facts.first().waitFor();
    const words = await facts.evaluateAll((items) => items.map((item) => (item as HTMLElement).title));
    expect(words).toContain('sex is female: 33.3%, others 0%');
    expect(words).toContain('alive is true: 66.7%, others 50.0%');
    expect(await cards.nth(1).innerText()).toContain(`1: ${markup}`);
    expect(await page().locator('cluster-viewer img').count()).toBe(0);
  });

  it('lists traits on the cards where there are no columns to compare', async () => {
    await page().evaluate(async (rows) => {
      const viewer = window.viewerPage!.mount();
      viewer.data = {
        ...(await window.viewerPage!.rows({ ...rows, columns: { row: [0, 1, 2, 3, 4, 5] }, dates: {} })),
        columns: undefined,
      };
    }, planted);
    const traits = page().locator('[part="card"]').first().getByRole('list').getByRole('listitem');
    expect(await traits.allInnerTexts()).toEqual([...planted.clusterTraits![0]]);
  });

  it('compares the columns of clusters, and sorts and colors by one of them', async () => {
    await show(planted, { view: 'columns' });
    const view = page().locator('cluster-viewer-columns');
    const heads = view.locator('tbody th');
    await heads.first().waitFor();
    expect(await heads.count()).toBe(2);
    await view.getByRole('button', { name: 'mass' }).click();
    expect(await page().locator('cluster-viewer').getAttribute('color-by')).toBe('column:mass');
    expect(await view.locator('th[aria-sort=descending]').innerText()).toContain('mass');
    await heads.last().getByRole('button').click();
    expect(await page().evaluate(() => document.querySelector('cluster-viewer')!.cluster)).toBe(1);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });

  it('tells what is in a selection, and what sets it apart', async () => {
    await show(planted, { view: 'selection' });
    await page().getByText('Nothing is selected').waitFor();
    await select([0, 2, 5]);
    const view = page().locator('cluster-viewer-selection');
    await view.getByText('3 points, 50.0% of those shown').waitFor();
    expect(await view.locator('.parts').first().innerText()).toMatch(/2\s+66.7%/);
    const titles = await view
      .locator('.facts-list li')
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).title));
    expect(titles).toContain('sex is male: 100%, others 0%');
    expect(
      await view.getByRole('group', { name: 'Examples of the selection' }).getByRole('button').count(),
    ).toBe(3);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });

  it('keeps its colors in the address', async () => {
    await show(planted, { hash: '', 'color-by': 'column:sex' });
    await expect.poll(() => page().evaluate(() => location.hash)).toContain('viewer.color=column%3Asex');
    await page().evaluate(() => {
      location.hash = '#viewer.color=column%3Amass';
    });
    await page()
      .getByRole('img', { name: /^Scale of colors from 0/ })
      .waitFor();
    await page().evaluate(() => {
      location.hash = '';
    });
  });

  it('keeps the colors and the values when the points are clustered again, not the names', async () => {
    await show(planted, { 'color-by': 'column:mass' });
    const seen = await page().evaluate(async () => {
      const viewer = document.querySelector('cluster-viewer')!;
      viewer.data = {
        ...viewer.data!,
        points: (await window.viewerPage!.plant({ clusters: 2, each: 3 })).points,
      };
      await viewer.updateComplete;
      const fit = await viewer.fit({ method: 'kmeans', clusters: 2, engine: 'wasm', interval: 0 });
      await fit.done;
      const { columns, clusterNames, clusterTraits } = viewer.data;
      return { columns: columns?.length, clusterNames, clusterTraits, colorBy: viewer.colorBy };
    });
    expect(seen).toEqual({
      columns: 4,
      clusterNames: undefined,
      clusterTraits: undefined,
      colorBy: 'column:mass',
    });
  });
});

/** The greatest difference of any channel. */
function farthest(seen: readonly (readonly number[])[], wanted: readonly (readonly number[])[]): number {
  return Math.max(...wanted.flatMap((color, i) => color.map((channel, j) => Math.abs(channel - seen[i][j]))));
}
