import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('runs of the same points', folder, 'viewerPage', { webgpu: false }, (page) => {
  /** Three heaps of 20 points; in the second run, numbers are swapped and five points of heap 0 have moved. */
  const show = async (theme = 'light'): Promise<void> => {
    await page().evaluate(async (look) => {
      const viewer = window.viewerPage!.mount({ theme: look, view: 'runs' });
      const told: string[] = [];
      Object.assign(window, { told });
      for (const name of ['run-add', 'run-change', 'run-rename', 'run-remove'] as const)
        viewer.addEventListener(name, ({ detail }) => {
          told.push(`${name} ${detail.run.id} ${detail.run.name}`);
        });
      viewer.data = await window.viewerPage!.plant({ clusters: 3, each: 20 });
      let left = 5;
      const labels = Array.from(viewer.data.labels, (label) =>
        label === 0 && left-- > 0 ? 0 : (label + 1) % 3,
      );
      await viewer.addRun({ name: 'Swapped', labels });
    }, theme);
    await page().getByText('In matched clusters').waitFor();
  };
  const viewer = () =>
    page().evaluate(() => {
      const { run, comparedRun, runs, data, selection, colorBy, filters } =
        document.querySelector('cluster-viewer')!;
      return {
        run,
        comparedRun,
        names: runs.map(({ name }) => name),
        clusters: data?.labels.slice(0, 4).join(' '),
        selected: selection.length,
        colorBy,
        filters,
        told: Reflect.get(window, 'told') as readonly string[],
      };
    });

  it('keeps the run of the page, and compares it with one that was added', async () => {
    await show();
    expect(await viewer()).toMatchObject({ run: 1, comparedRun: 2, names: ['Planted heaps', 'Swapped'] });
    const scores = await page().locator('cluster-viewer .scores').innerText();
    expect(scores.replaceAll(/\s+/g, ' ')).toMatch(
      /ARI 0\.7\d+ NMI 0\.\d+ In matched clusters 91\.7% Moved 5/i,
    );
    await page().getByRole('radio', { name: 'Swapped' }).check();
    expect(await viewer()).toMatchObject({ run: 2, comparedRun: 1, clusters: '0 2 0 0' });
    await page().getByRole('radio', { name: 'Swapped' }).press('ArrowUp');
    expect((await viewer()).told).toEqual([
      'run-add 2 Swapped',
      'run-change 2 Swapped',
      'run-change 1 Planted heaps',
    ]);
  });

  it('selects, filters and colors the points that moved', async () => {
    await show();
    await page().getByRole('button', { name: 'Select what moved' }).click();
    await page().getByRole('button', { name: 'Color what moved' }).click();
    await page().getByRole('button', { name: 'Only what moved' }).click();
    await expect.poll(viewer).toMatchObject({
      selected: 5,
      colorBy: 'moved',
      filters: [{ by: 'moved', values: ['moved'] }],
    });
    // They are the same points, whichever run is shown.
    await page().getByRole('radio', { name: 'Swapped' }).check();
    await page()
      .getByRole('grid', { name: /Clusters of the other run/ })
      .waitFor();
    expect(await viewer()).toMatchObject({ selected: 5, colorBy: 'moved' });
    await page().getByRole('button', { name: 'Only what moved', pressed: true }).click();
    const matrix = page().getByRole('grid', { name: /Clusters of the other run/ });
    await matrix.getByRole('gridcell', { name: '15', exact: true }).click();
    expect((await viewer()).selected).toBe(15);
  });

  it('names and removes runs, and keeps names of clusters while another run is shown', async () => {
    await show();
    await page().evaluate(() => {
      const element = document.querySelector('cluster-viewer')!;
      element.clusterNames = ['A', 'B', 'C'];
      element.run = 2;
    });
    await page().getByRole('radio', { name: 'Swapped' }).press('F2');
    await page().keyboard.type('Other');
    await page().keyboard.press('Enter');
    expect(
      await page().evaluate(() => document.querySelector('cluster-viewer')!.clusterNames),
    ).toBeUndefined();
    await page().getByRole('button', { name: 'Remove Other' }).click();
    const after = await viewer();
    expect(after).toMatchObject({ run: 1, comparedRun: undefined, names: ['Planted heaps'] });
    expect(after.told.slice(-3)).toEqual([
      'run-rename 2 Other',
      'run-change 1 Planted heaps',
      'run-remove 2 Other',
    ]);
    expect(await page().evaluate(() => document.querySelector('cluster-viewer')!.clusterNames?.[1])).toBe(
      'B',
    );
  });

  it('keeps runs while the page changes labels, and ends them with other points', async () => {
    await show();
    const names = await page().evaluate(async () => {
      const element = document.querySelector('cluster-viewer')!;
      const seen: (readonly string[])[] = [];
      const note = () => seen.push(element.runs.map(({ name }) => name));
      element.run = 2;
      element.data = { ...element.runs[0].data, title: 'Again' };
      note();
      await element.addRun({ name: 'Third', labels: new Uint32Array(60) });
      note();
      element.data = await window.viewerPage!.plant({ clusters: 2, each: 30 });
      note();
      return seen;
    });
    expect(names).toEqual([['Again', 'Swapped'], ['Again', 'Swapped', 'Third'], ['Planted heaps']]);
  });

  it('says what is wrong with a run of other points', async () => {
    await show();
    const messages = await page().evaluate(async () => {
      const element = document.querySelector('cluster-viewer')!;
      const other = await window.viewerPage!.plant({ clusters: 3, each: 21 });
      const rows = Uint32Array.from({ length: 60 }, (_, point) => point + 1);
      const inputs = [
        { labels: [0, 1] },
        { data: other },
        { data: { ...element.data!, rows } },
        {} as { labels: number[] },
      ];
      const failures = inputs.map((input) => element.addRun(input).then(String, String));
      return Promise.all(failures);
    });
    expect(messages).toEqual([
      expect.stringContaining('each of the 60 shown points; got 2 labels'),
      expect.stringContaining('of the 60 points that are shown, in their order; got 63 points'),
      expect.stringContaining('got points of other rows'),
      expect.stringContaining('A run has `data` or `labels`'),
    ]);
  });

  it.each(['light', 'dark'])('has no findings of axe: %s', async (theme) => {
    await show(theme);
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
  });
});
