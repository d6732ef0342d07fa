import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { TreeCutDetail } from '../../src/events.ts';
import type { PlantedTree } from './viewer-page/plant-tree.ts';

declare global {
  interface Window {
    cuts?: TreeCutDetail[];
  }
}

const folder = `${import.meta.dirname}/viewer-page`;
const METHODS = ['hdbscan', 'agglomerative', 'bisecting'] as const;

describeInChromium('the tree view', folder, 'viewerPage', { webgpu: false }, (page) => {
  const show = async (method: PlantedTree, count?: number, theme = 'light'): Promise<void> => {
    await page().evaluate(
      async ([planted, points, look]) => {
        const viewer = window.viewerPage!.mount({ view: 'tree', theme: look });
        viewer.data = await window.viewerPage!.tree(planted, points);
        window.cuts = [];
        viewer.addEventListener('tree-cut', ({ detail }) => window.cuts!.push(detail));
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [method, count, theme] as const,
    );
    await page().getByRole('tree', { name: 'Tree of clusters' }).waitFor();
  };
  const items = (): Locator => page().getByRole('treeitem');
  const selected = (): Promise<number> =>
    page().evaluate(() => document.querySelector('cluster-viewer')!.selection.length);
  const shown = (): Promise<{ readonly clusters: number; readonly labels: readonly number[] }> =>
    page().evaluate(() => {
      const { clusters, labels } = document.querySelector('cluster-viewer')!.data!;
      return { clusters, labels: [...labels] };
    });
  const cuts = (): Promise<readonly Pick<TreeCutDetail, 'place' | 'clusters' | 'used'>[]> =>
    page().evaluate(() => window.cuts!.map(({ place, clusters, used }) => ({ place, clusters, used })));

  it.each(METHODS)('is a tree for keyboards, whose branches select their points: %s', async (method) => {
    await show(method);
    const root = items().first();
    expect(await root.getAttribute('aria-label')).toMatch(/^All rows, 192 rows/);
    expect(await items().evaluateAll((all) => all.filter((item) => item.tabIndex === 0).length)).toBe(1);
    await root.focus();
    await page().keyboard.press('Enter');
    expect(await selected()).toBe(192);
    expect(await root.getAttribute('aria-selected')).toBe('true');
    await page().keyboard.press('ArrowRight');
    const part = page().locator('cluster-viewer-tree :focus');
    expect(await part.getAttribute('aria-level')).toBe('2');
    await page().keyboard.press(' ');
    const size = Number(/([\d,]+) rows/.exec((await part.getAttribute('aria-label'))!)![1]);
    expect(await selected()).toBe(size);
    await page().keyboard.press('ArrowLeft');
    expect(await page().locator('cluster-viewer-tree :focus').getAttribute('aria-level')).toBe('1');
    await page().keyboard.press('End');
    const last = await items().count();
    expect(
      await page()
        .locator('cluster-viewer-tree :focus')
        .evaluate((item) => {
          const all = [...(item.getRootNode() as ShadowRoot).querySelectorAll('[role=treeitem]')];
          return all.indexOf(item) + 1;
        }),
    ).toBe(last);
  });

  /** What the map draws: how many points it grays, and how many colors groups have. */
  const drawn = (): Promise<{ readonly gray: number; readonly colors: number }> =>
    page().evaluate(async () => {
      await window.viewerPage!.settled();
      const { marks, palette } = window.viewerPage!.map().stage;
      return { gray: marks.filter((mark) => mark === 2).length, colors: palette.length };
    });

  it('shows the points of the branch under the pointer', async () => {
    await show('agglomerative');
    expect((await drawn()).gray).toBe(0);
    const branch = items().nth(1);
    await branch.locator('.reach').dispatchEvent('pointermove', { bubbles: true });
    const size = Number(/([\d,]+) rows/.exec((await branch.getAttribute('aria-label'))!)![1]);
    await expect.poll(async () => (await drawn()).gray).toBe(192 - size);
    await page().locator('cluster-viewer-tree .picture').dispatchEvent('pointerleave');
    await expect.poll(async () => (await drawn()).gray).toBe(0);
  });

  it('cuts a dendrogram by a slider, uses the labels, and takes them back', async () => {
    await show('agglomerative');
    const before = await shown();
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [3, 4];
    });
    const slider = page().getByRole('slider', { name: 'Clusters' });
    await slider.fill('5');
    expect(await page().getByText('5 clusters, cut between distance').count()).toBe(1);
    // Only the map shows the cut for now.
    expect(await shown()).toEqual(before);
    expect((await drawn()).colors).toBe(5);
    await page().getByRole('button', { name: 'Use these labels' }).click();
    await expect.poll(async () => (await shown()).clusters).toBe(5);
    expect(new Set((await shown()).labels)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(await selected()).toBe(2);
    expect(
      await page().getByText('The clusters are those of a cut of the tree into 5 clusters.').count(),
    ).toBe(1);
    await page().getByRole('button', { name: 'Back to the labels of the fit' }).click();
    expect(await shown()).toEqual(before);
    expect(await cuts()).toEqual([
      { place: { clusters: 5 }, clusters: 5, used: false },
      { place: { clusters: 5 }, clusters: 5, used: true },
      { place: undefined, clusters: 3, used: true },
    ]);
  });

  it('cuts a condensed tree at a distance, and ends the preview with the view', async () => {
    await show('hdbscan');
    await page().getByRole('spinbutton', { name: 'Distance of the cut' }).fill('0.1');
    await page().keyboard.press('Enter');
    expect(
      await page()
        .getByText(/clusters?, [\d.]+% in none/)
        .count(),
    ).toBe(1);
    expect((await cuts()).map(({ place }) => place)).toEqual([{ radius: 0.1 }]);
    const [{ clusters: inCut }] = await cuts();
    const { clusters } = await shown();
    expect(inCut).not.toBe(clusters);
    expect((await drawn()).colors).toBe(inCut);
    await page().getByRole('tab', { name: 'Clusters' }).click();
    await expect.poll(async () => (await drawn()).colors).toBe(clusters);
  });

  it('draws one branch alone, and the whole tree again', async () => {
    await show('agglomerative');
    const whole = await items().count();
    await items().nth(1).focus();
    await page().getByRole('button', { name: 'Only this branch' }).click();
    expect(await items().first().getAttribute('aria-label')).not.toMatch(/^All rows/);
    await page().keyboard.press('Escape');
    await expect.poll(() => items().count()).toBe(whole);
    expect(await items().first().getAttribute('aria-label')).toMatch(/^All rows/);
  });

  it('has no tab without a tree', async () => {
    await page().evaluate(async () => {
      const viewer = window.viewerPage!.mount();
      viewer.data = await window.viewerPage!.plant({ clusters: 3, each: 5 });
      await viewer.updateComplete;
    });
    expect(await page().getByRole('tab', { name: 'Tree' }).count()).toBe(0);
    expect(await page().getByRole('tab', { name: 'Columns' }).count()).toBe(1);
  });

  it.each(METHODS)('has no findings of axe, light and dark: %s', async (method) => {
    for (const theme of ['light', 'dark']) {
      await show(method, 96, theme);
      await items().nth(1).focus();
      await page().keyboard.press('Enter');
      expect(await page().evaluate(() => window.viewerPage!.check())).toEqual([]);
    }
  });
});
