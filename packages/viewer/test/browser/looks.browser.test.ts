import { expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { expectSamePicture } from './same-picture.ts';
import type { Planted } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const heaps: Planted = { clusters: 6, each: 100, classNames: ['a', 'b'] };

describeInChromium('the looks of the viewer', folder, 'viewerPage', { webgpu: false }, (page) => {
  const show = async (width: number, height = 640): Promise<void> => {
    await page().setViewportSize({ width, height: 900 });
    await page().evaluate(
      async ([planted, style]) => {
        const viewer = window.viewerPage!.mount({ theme: 'light', style });
        viewer.data = await window.viewerPage!.plant(planted);
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      },
      [heaps, `width: ${width}px; height: ${height}px; position: absolute; inset: 0 auto auto 0`] as const,
    );
  };
  const boxOf = async (selector: string) => {
    const box = await page().locator(selector).boundingBox();
    return box ?? expect.fail(`${selector} has no box`);
  };

  it.each([320, 390, 560])('has its tools above the map where it is %d pixels wide', async (width) => {
    await show(width);
    const tools = await boxOf('cluster-viewer-map .top');
    const map = await boxOf('cluster-viewer-map .surface');
    expect(map.y).toBeGreaterThanOrEqual(tools.y + tools.height);
    expect(map.height).toBeGreaterThan(150);
    expect(tools.x + tools.width).toBeLessThanOrEqual(width);
    // Every button can be reached, and a finger hits it.
    const buttons = await page().locator('cluster-viewer-map .tools button:visible').all();
    for (const button of buttons) {
      const { x, width: wide, height } = (await button.boundingBox())!;
      expect(x + wide).toBeLessThanOrEqual(width);
      expect(Math.min(wide, height)).toBeGreaterThanOrEqual(24);
    }
  });

  it.each([768, 1024, 1440, 2560])('gives the map most of %d pixels', async (width) => {
    await show(width);
    const map = await boxOf('cluster-viewer-map .surface');
    expect((map.width * map.height) / (width * 640)).toBeGreaterThan(width < 1024 ? 0.45 : 0.6);
    const cut = await page().evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(cut).toBe(0);
  });

  it('shows each of eight tabs whole, in whatever width', async () => {
    await show(360);
    await page().evaluate(async () => {
      const viewer = document.querySelector('cluster-viewer')!;
      viewer.data = await window.viewerPage!.tree('hdbscan');
      await viewer.updateComplete;
    });
    const tabs = await page().getByRole('tab').all();
    expect(tabs).toHaveLength(8);
    for (const width of [2560, 1440, 1024, 700, 360]) {
      const { cut, height } = await page().evaluate((wide) => {
        const viewer = document.querySelector('cluster-viewer')!;
        viewer.style.width = `${wide}px`;
        const row = viewer.renderRoot.querySelector('.tabs')!;
        const { left, right, bottom, height } = row.getBoundingClientRect();
        const isCut = (tab: Element): boolean => {
          const box = tab.getBoundingClientRect();
          const isOutside = box.left < left || box.right > right || box.bottom > bottom;
          return isOutside || tab.scrollWidth > tab.clientWidth;
        };
        return { height, cut: [...row.children].filter(isCut).map((tab) => tab.textContent.trim()) };
      }, width);
      expect(cut).toEqual([]);
      // The view below keeps its place.
      expect(height).toBeLessThan(75);
    }
    for (const tab of tabs) {
      await tab.click();
      expect(await tab.getAttribute('aria-selected')).toBe('true');
    }
  });

  it('places the tooltip beside its point, below the tools', async () => {
    await show(390);
    const [x, y] = await page().evaluate(() => window.viewerPage!.screenOf(0));
    await page().mouse.move(x, y);
    const tooltip = await boxOf('cluster-viewer-map .tooltip');
    const map = await boxOf('cluster-viewer-map .surface');
    expect(tooltip.y).toBeGreaterThanOrEqual(map.y);
    expect(tooltip.y).toBeLessThanOrEqual(y + 20);
    expect(tooltip.y + tooltip.height).toBeGreaterThanOrEqual(y - 20);
    await page().mouse.move(0, 0);
  });

  it('looks as it did: on a phone', async () => {
    await show(390);
    await page().evaluate(() => {
      window.viewerPage!.hideText();
    });
    await expectSamePicture('phone', await page().locator('cluster-viewer-map .surface').screenshot());
  });

  it('keeps the colors of points where the system forces its own, and tells what is pressed', async () => {
    await page().emulateMedia({ forcedColors: 'active' });
    await show(900, 520);
    const outline = (pressed: boolean): Promise<string> =>
      page()
        .locator(`cluster-viewer-map [aria-pressed=${pressed}]`)
        .first()
        .evaluate((button) => getComputedStyle(button).outlineStyle);
    expect(await outline(true)).toBe('solid');
    expect(await outline(false)).toBe('none');
    const borders = await page()
      .locator('cluster-viewer [role=tab]')
      .evaluateAll((tabs) => tabs.map((tab) => getComputedStyle(tab).borderBlockEndColor));
    expect(new Set(borders.slice(1)).size).toBe(1);
    expect(borders[0]).not.toBe(borders[1]);
    await page().evaluate(() => {
      window.viewerPage!.hideText();
    });
    await expectSamePicture('forced', await page().locator('cluster-viewer-map .surface').screenshot());
    await page().emulateMedia({ forcedColors: 'none' });
  });
});
