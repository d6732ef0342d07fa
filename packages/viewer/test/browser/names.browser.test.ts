import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { ClustersView } from '../../src/views/clusters-view.ts';
import { MapHand } from './map-hand.ts';
import type { PlantedRows } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;

const planted: PlantedRows = {
  columns: { mass: [0, 1, 2, 30, 40, 50], kind: ['a', 'a', 'a', 'b', 'b', 'b'] },
  positions: [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0],
  labels: [0, 0, 0, 1, 1, 1],
  clusterNames: ['Small', 'Large'],
};

describeInChromium('names and rows', folder, 'viewerPage', {}, (page) => {
  const hand = new MapHand(page);
  const show = (attributes: Readonly<Record<string, string>> = {}): Promise<void> =>
    page().evaluate(
      async ([rows, how]) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', ...how });
        viewer.data = await window.viewerPage!.rows(rows);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [planted, attributes] as const,
    );
  const names = (): Promise<readonly (string | undefined)[] | undefined> =>
    page().evaluate(() => document.querySelector('cluster-viewer')!.clusterNames);
  const cards = () => page().locator('[part="card"]');
  const field = () => page().getByRole('textbox', { name: 'Name of cluster' });

  it('renames a cluster by double click and by F2, and undoes that', async () => {
    await show();
    const heard = page().evaluate(
      () =>
        new Promise((resolve) => {
          document.querySelector('cluster-viewer')!.addEventListener(
            'name-change',
            ({ detail }) => {
              resolve(detail);
            },
            { once: true },
          );
        }),
    );
    await cards().nth(0).locator('.name').dblclick();
    expect(await field().inputValue()).toBe('Small');
    await field().fill(' Tiny <b> ');
    await field().press('Enter');
    expect(await heard).toEqual({ cluster: 0, name: 'Tiny <b>', before: 'Small' });
    await cards().nth(0).getByRole('button', { name: '0: Tiny <b>, 3 points' }).waitFor();
    await hand.hears('Cluster 0: Tiny <b> is its name now.');
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);

    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('F2');
    await field().fill('Huge');
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
    await field().press('Escape');
    expect(await names()).toEqual(['Tiny <b>', 'Large']);
    await page().keyboard.press('F2');
    await field().fill('Huge');
    await field().press('Enter');
    await expect.poll(names).toEqual(['Tiny <b>', 'Huge']);
    await page().keyboard.press('Control+z');
    expect(await names()).toEqual(['Tiny <b>', 'Large']);
    const download = page().waitForEvent('download');
    await page().getByRole('button', { name: 'Save as JSON' }).click();
    const saved = await (await download).createReadStream();
    const chunks: string[] = [];
    for await (const chunk of saved) chunks.push(String(chunk));
    expect(JSON.parse(chunks.join(''))).toEqual(['Tiny <b>', 'Large']);
    await page().getByRole('button', { name: 'Undo', exact: true }).last().click();
    expect(await names()).toEqual(['Small', 'Large']);
  });

  it('sends names to an address, and says when that fails', async () => {
    const requests: (string | null)[] = [];
    await page().route('**/names', async (route) => {
      requests.push(route.request().postData());
      await route.fulfill({ status: 204 });
    });
    await show({ 'names-url': '/names' });
    await cards().nth(0).locator('.name').dblclick();
    await field().fill('Tiny');
    await field().press('Enter');
    await page().getByText('Names are saved.').waitFor();
    await expect.poll(() => requests).toEqual(['{"cluster":0,"name":"Tiny"}']);
    await page().unroute('**/names');
    const message = await page().evaluate(async () => {
      const viewer = document.querySelector('cluster-viewer')!;
      const fetch = window.fetch.bind(window);
      window.fetch = () => Promise.resolve(new Response('That name is taken.', { status: 400 }));
      const failed = new Promise<string>((resolve) => {
        viewer.addEventListener('error', ({ detail }) => {
          resolve(detail.error.message);
        });
      });
      const clusters = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-clusters') as ClustersView;
      clusters.state.rename(0, 'Large');
      const text = await failed;
      window.fetch = fetch;
      return text;
    });
    expect(message).toBe('The name was not saved: That name is taken.');
  });

  it('takes names that are set before the data', async () => {
    await page().evaluate(async (rows) => {
      const viewer = window.viewerPage!.mount();
      viewer.clusterNames = ['One', null];
      viewer.data = await window.viewerPage!.rows({ ...rows, clusterNames: undefined });
    }, planted);
    expect(await names()).toEqual(['One', undefined]);
  });

  it('links rows and the map both ways', async () => {
    await show({ view: 'rows' });
    const rows = () => page().locator('cluster-viewer-rows tbody tr:not(.gap)');
    await rows().nth(3).hover();
    const hovered = () =>
      page().evaluate(
        () => window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map', '.surface')!.className,
      );
    await expect.poll(hovered).toContain('hovering');
    const before = await hand.screen(3, 0);
    await rows().nth(3).click();
    await expect
      .poll(async () => (await hand.screen(4, 0))[0] - (await hand.screen(3, 0))[0])
      .toBeGreaterThan(300);
    expect(await hand.screen(3, 0)).not.toEqual(before);
    await page().keyboard.press('0');
    await page().getByRole('checkbox', { name: 'Select row 2' }).check();
    await page().getByRole('grid', { name: 'Rows' }).focus();
    await page().keyboard.press('Home');
    await page().keyboard.press('Space');
    expect(await hand.selection()).toEqual([0, 2]);
    expect(await rows().nth(0).getAttribute('aria-selected')).toBe('true');
    await page().getByText('All 6 rows. 2 selected.').waitFor();
    expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
    await page().getByRole('checkbox', { name: 'List all' }).uncheck();
    await page().getByText('2 selected rows.').waitFor();
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [];
    });
    await page().locator('cluster-viewer-map .surface').focus();
    await page().keyboard.press('0');
    await page().waitForTimeout(600);
    await hand.moveTo(5, 0);
    await page().locator('tr.hovered').filter({ hasText: '50' }).waitFor();
  });
});
