import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('two runs side by side', folder, 'viewerPage', { webgpu: false }, (page) => {
  /** Two runs of 60 points: in the second, five points of cluster 0 are in cluster 1, and numbers are swapped. */
  const show = async (theme = 'light', view = 'flows'): Promise<void> => {
    await page().evaluate(
      async ([look, panel]) => {
        const [first, second] = await window.viewerPage!.compare(look, panel);
        const data = await window.viewerPage!.plant({ clusters: 3, each: 20 });
        first.data = data;
        let moved = 0;
        const labels = data.labels.map((label) => (label === 0 && moved++ < 5 ? 0 : (label + 1) % 3));
        second.data = { ...data, labels, positions: data.positions.map((value) => -value) };
      },
      [theme, view] as const,
    );
    await page().getByText('In matched clusters').waitFor();
  };
  const selections = (): Promise<readonly (readonly number[])[]> =>
    page().evaluate(() =>
      document.querySelector('cluster-comparison')!.viewers.map(({ selection }) => [...selection]),
    );

  it('says how far they agree', async () => {
    await show();
    const scores = await page().locator('cluster-comparison .scores').innerText();
    expect(scores.replaceAll(/\s+/g, ' ')).toMatch(
      /ARI 0\.\d+ NMI 0\.\d+ In matched clusters 91\.7% Rows 60/i,
    );
  });

  it('selects in both what is selected in one, by rows, and marks the same point', async () => {
    await show();
    await page().evaluate(() => {
      document.querySelector('cluster-comparison')!.viewers[1].selection = [3, 7];
    });
    expect(await selections()).toEqual([
      [3, 7],
      [3, 7],
    ]);
    const hovered = await page().evaluate(() => {
      const [first, second] = document.querySelector('cluster-comparison')!.viewers;
      first.hovered = 11;
      return second.hovered;
    });
    expect(hovered).toBe(11);
  });

  it('draws what moved where, whose flows select their rows, by keyboard too', async () => {
    await show();
    const flow = page().getByRole('button', {
      name: /^From Cluster 0 to Cluster 0: 5 rows, 25\.0% of the first/,
    });
    // Flows cross each other, so that another one may lie over the middle of this one.
    await flow.dispatchEvent('click');
    const [first, second] = await selections();
    expect(first).toHaveLength(5);
    expect(second).toEqual(first);
    await flow.focus();
    await page().keyboard.press('Home');
    await page().keyboard.press('Enter');
    expect((await selections())[0]).toHaveLength(20);
  });

  it('has the matrix of both, whose cells select their rows', async () => {
    await show('light', 'matrix');
    const matrix = page().getByRole('grid', { name: /Clusters of the first run/ });
    await matrix.getByRole('gridcell', { name: '5', exact: true }).click();
    expect((await selections()).map(({ length }) => length)).toEqual([5, 5]);
  });

  it('says what is wrong with runs of other rows', async () => {
    await page().evaluate(async () => {
      const [first, second] = await window.viewerPage!.compare('light', 'flows');
      first.data = await window.viewerPage!.plant({ clusters: 3, each: 20 });
      second.data = await window.viewerPage!.plant({ clusters: 3, each: 21 });
    });
    await page().getByText('The runs have 60 and 63 rows.').waitFor();
  });

  it('puts them one below the other on a phone', async () => {
    await page().setViewportSize({ width: 390, height: 844 });
    await show();
    const [one, other] = await page().locator('cluster-comparison .run').all();
    const [above, below] = [(await one.boundingBox())!, (await other.boundingBox())!];
    expect(below.y).toBeGreaterThanOrEqual(above.y + above.height - 1);
    expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page().setViewportSize({ width: 1280, height: 720 });
  });

  it.each([
    ['light', 'flows'],
    ['dark', 'matrix'],
  ])('has no findings of axe: %s, %s', async (theme, view) => {
    await show(theme, view);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });
});
