import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('fits that a reader starts', folder, 'viewerPage', { webgpu: false }, (page) => {
  /** Two groups by mass and beak, which the class and the number of the row do not follow. */
  const show = async (theme = 'light'): Promise<void> => {
    await page().evaluate(async (look) => {
      const viewer = window.viewerPage!.mount({ theme: look, view: 'runs', 'allow-fit': '' });
      const all = [...Array(60).keys()];
      const group = (i: number) => (i % 3 === 0 ? 1 : 0);
      const data = await window.viewerPage!.rows({
        columns: {
          mass: all.map((i) => 10 * group(i) + (i % 7) / 10),
          beak: all.map((i) => 5 * group(i) + (i % 5) / 10),
          place: all.map((i) => ['north', 'south'][i % 2]),
          species: all.map((i) => ['a', 'b'][i % 2]),
        },
        positions: all.flatMap((i) => [i % 10, Math.floor(i / 10)]),
        labels: all.map((i) => i % 2),
      });
      const labels = Uint32Array.from(all, (i) => i % 2);
      viewer.data = {
        ...data,
        title: 'Birds',
        classes: { names: ['a', 'b'], labels, counts: Uint32Array.of(30, 0, 0, 30) },
      };
      await viewer.updateComplete;
    }, theme);
    await page().getByRole('button', { name: 'Cluster', exact: true }).waitFor();
  };
  const fit = async (): Promise<void> => {
    await page().getByRole('button', { name: 'Cluster', exact: true }).click();
    await page().getByText('In matched clusters').waitFor();
  };
  const viewer = () =>
    page().evaluate(() => {
      const { run, comparedRun, runs, data } = document.querySelector('cluster-viewer')!;
      const names = runs.map(({ name }) => name);
      const agreed = data!.labels.filter((label, i) => (label === data!.labels[0]) === (i % 3 === 0)).length;
      return {
        run,
        comparedRun,
        names,
        agreed,
        notes: data!.notes.join(' '),
        positions: [...data!.positions.slice(0, 4)],
      };
    });

  it('clusters the columns of the table, without the classes, as a second run on the same map', async () => {
    await show();
    await page().getByText('Columns: 3 of 4').click();
    await page().getByRole('checkbox', { name: 'place' }).uncheck();
    await fit();
    expect(await viewer()).toMatchObject({
      run: 2,
      comparedRun: 1,
      names: ['Birds', 'k-means, 2 clusters, 2 of 4 columns'],
      agreed: 60,
      positions: [0, 0, 1, 0],
      notes: expect.stringContaining('standardized') as string,
    });
  });

  it('chooses the number of clusters, and takes a method that finds it', async () => {
    await show();
    await page().getByRole('checkbox', { name: 'Choose the number' }).check();
    expect(await page().getByRole('spinbutton', { name: 'Clusters' }).isDisabled()).toBe(true);
    await fit();
    expect((await viewer()).notes).toContain('silhouette');
    await page().getByRole('combobox', { name: 'Method' }).selectOption('HDBSCAN');
    await page().getByRole('spinbutton', { name: 'Least size of a cluster' }).fill('15');
    await page().getByRole('button', { name: 'Cluster', exact: true }).press('Enter');
    await page()
      .getByRole('radio', { name: /^HDBSCAN/ })
      .waitFor();
    expect(await viewer()).toMatchObject({ run: 3, comparedRun: 1 });
  });

  it('says why a fit fails, and starts another one', async () => {
    await show();
    await page().getByText('Columns: 3 of 4').click();
    await page().getByRole('button', { name: 'None', exact: true }).click();
    expect(await page().getByRole('button', { name: 'Cluster', exact: true }).isDisabled()).toBe(true);
    await page().getByRole('button', { name: 'All', exact: true }).click();
    await page().evaluate(() => {
      const { data } = document.querySelector('cluster-viewer')!;
      const broken = {
        type: 'number',
        name: 'broken',
        integers: false,
        values: new Float64Array(60).fill(Infinity),
      } as const;
      document.querySelector('cluster-viewer')!.data = { ...data!, columns: [broken] };
    });
    await page().getByRole('button', { name: 'Cluster', exact: true }).click();
    expect(await page().getByRole('alert').innerText()).toContain('broken');
    await page().evaluate(() => {
      const element = document.querySelector('cluster-viewer')!;
      element.data = { ...element.data!, columns: undefined };
    });
    await page().getByText('cannot be clustered here').waitFor();
  });

  it('stops on request', async () => {
    await page().evaluate(async () => {
      const element = window.viewerPage!.mount({ view: 'runs', 'allow-fit': '' });
      element.data = await window.viewerPage!.plant({ clusters: 5, each: 4000 });
    });
    await page().getByRole('combobox', { name: 'Method' }).selectOption('HDBSCAN');
    await page().getByRole('button', { name: 'Cluster', exact: true }).click();
    await page().getByRole('button', { name: 'Cancel' }).press('Enter');
    await page().getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
    const focused = page()
      .getByRole('button', { name: 'Cluster', exact: true })
      .and(page().locator(':focus'));
    expect(await focused.count()).toBe(1);
    expect((await viewer()).names).toEqual(['Planted heaps']);
  });

  it.each(['light', 'dark'])('has no findings of axe: %s', async (theme) => {
    await show(theme);
    await page().getByText('Columns: 3 of 4').click();
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.style.setProperty('--cluster-viewer-height', '900px');
    });
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });
});
