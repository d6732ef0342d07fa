import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import type { Planted } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const heaps: Planted = {
  clusters: 4,
  each: 30,
  classNames: ['a', 'b', 'c', 'd'],
  history: [{ name: 'inertia', step: 'iteration', values: [3, 2, 1] }],
  notes: ['A note.'],
};

/** The parts that custom-elements.json lists, from its source. */
async function documentedParts(): Promise<readonly string[]> {
  const source = await readFile(join(import.meta.dirname, '../../src/cluster-viewer.component.ts'), 'utf8');
  return Array.from(source.matchAll(/@csspart (\S+)/g), ([, name]) => name);
}

describeInChromium('the parts of a viewer', folder, 'viewerPage', { webgpu: false }, (page) => {
  /** The parts that a style of the page reaches now. */
  const reached = (parts: readonly string[]): Promise<readonly string[]> =>
    page().evaluate((names) => {
      const style = document.createElement('style');
      // Not inherited, and nothing else sets it.
      style.textContent = names
        .map((name, i) => `cluster-viewer::part(${name}) { scroll-margin-left: ${1000 + i}px }`)
        .join('\n');
      document.head.append(style);
      const found = new Set<string>();
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          const name = names[parseInt(getComputedStyle(element).scrollMarginLeft) - 1000];
          // oxlint-disable-next-line typescript/no-unnecessary-condition
          if (name !== undefined) found.add(name);
          if (element.shadowRoot) visit(element.shadowRoot);
        }
      };
      visit(document.querySelector('cluster-viewer')!.shadowRoot!);
      style.remove();
      return [...found];
    }, parts);

  it('are all there to be styled, each in one of its states', async () => {
    const parts = await documentedParts();
    expect(parts.length).toBeGreaterThan(20);
    // A later style of the same element would hide an earlier one, so each part is asked for alone.
    const seen = new Set<string>();
    const look = async (): Promise<void> => {
      for (const part of parts) {
        if (!seen.has(part)) for (const name of await reached([part])) seen.add(name);
      }
    };
    await page().evaluate(() => {
      window.viewerPage!.mount();
    });
    await look();
    await page().route('**/slow/**', () => undefined);
    await page().route('**/bad/**', (route) => route.fulfill({ body: 'not a view' }));
    await page().evaluate(() => {
      window.viewerPage!.mount({ src: 'slow/' });
    });
    await page().getByText('Loading slow/').waitFor();
    await look();
    await page().evaluate(() => {
      window.viewerPage!.mount({ src: 'bad/' });
    });
    await page().getByRole('alert').waitFor();
    await look();
    await page().unrouteAll();
    for (const view of [
      'clusters',
      'columns',
      'filters',
      'rows',
      'selection',
      'runs',
      'confusion',
      'history',
      'tree',
    ]) {
      await page().evaluate(
        async ([planted, name]) => {
          const viewer = window.viewerPage!.mount({ view: name });
          const own = window.viewerPage!;
          viewer.data = await (name === 'tree' ? own.tree('hdbscan') : own.plant(planted));
          await viewer.updateComplete;
          await window.viewerPage!.settled();
          viewer.selection = [1, 2];
        },
        [heaps, view] as const,
      );
      await page().locator(`cluster-viewer-${view}`).first().waitFor();
      await page().waitForTimeout(50);
      await look();
    }
    const [x, y] = await page().evaluate(() => window.viewerPage!.screenOf(0));
    await page().mouse.move(x, y);
    await page().locator('cluster-viewer-map .tooltip').waitFor();
    await look();
    await page().evaluate(async () => {
      const viewer = document.querySelector('cluster-viewer')!;
      const fit = await viewer.fit({ method: 'kmeans', clusters: 2, engine: 'wasm', interval: 0 });
      await fit.done;
      await viewer.updateComplete;
    });
    await page().locator('cluster-viewer-fit').waitFor();
    await look();
    expect(parts.filter((part) => !seen.has(part))).toEqual([]);
  });
});
