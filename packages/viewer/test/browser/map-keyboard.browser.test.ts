import type { CDPSession } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { MapHand } from './map-hand.ts';

const folder = `${import.meta.dirname}/viewer-page`;

describeInChromium('the map without a mouse', folder, 'viewerPage', { touch: true }, (page) => {
  const map = new MapHand(page);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page().keyboard.press(key);
  };
  const focusMap = (): Promise<void> => page().getByRole('application').focus();
  const violations = (): Promise<readonly string[]> => page().evaluate(() => window.viewerPage!.check());

  describe('by keyboard', () => {
    it('has every control once in the tab order', async () => {
      await map.showGrid(4, 2);
      await page().evaluate(() => {
        const start = document.createElement('button');
        document.querySelector('main')!.prepend(start);
        start.textContent = 'Start';
        start.focus();
      });
      const seen: string[] = [];
      for (let stop = 0; stop < 14; stop++) {
        await press('Tab');
        const name = await page().evaluate(() => {
          let active = document.activeElement;
          for (let inner = active; inner; inner = inner.shadowRoot?.activeElement ?? null) active = inner;
          return active === null ? '' : (active.getAttribute('aria-label') ?? active.textContent.trim());
        });
        seen.push(name);
        if (name.startsWith('Cluster 0')) break;
      }
      // A toolbar is one tab stop for all its buttons.
      expect(seen.filter((name) => name === 'Move the map')).toHaveLength(1);
      expect(seen.filter((name) => name === 'Map of 16 points in 2 clusters')).toHaveLength(1);
      expect(seen.filter((name) => name === 'Zoom in')).toHaveLength(1);
      expect(seen).toContain('Find, save, help');
      expect(seen).toContain('Width of the side');
    });

    it('moves from point to point, selects, and announces the point', async () => {
      await map.showGrid(5, 5);
      await focusMap();
      await press('p');
      await map.hears('Point mode. Row 12, cluster 2');
      await press('ArrowRight', 'ArrowUp');
      await map.hears('Row 18, cluster 3');
      await press('Enter');
      expect(await map.selection()).toEqual([18]);
      await press('ArrowLeft', ' ');
      expect(await map.selection()).toEqual([17, 18]);
      await map.hears('Row 17, cluster 2: selected. 2 points selected.');
      await press(' ');
      expect(await map.selection()).toEqual([18]);
      await press('a');
      expect(await map.selection()).toEqual([2, 7, 12, 17, 22]);
      await press('Control+z');
      expect(await map.selection()).toEqual([18]);
      await press('Control+Shift+z');
      expect(await map.selection()).toEqual([2, 7, 12, 17, 22]);
      await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
      await map.hears('There is no point further that way.');
      await press('Escape');
      await map.hears('Point mode is off');
      await press('Escape');
      expect(await map.selection()).toEqual([]);
    });

    it('draws a box and a lasso', async () => {
      await map.showGrid(9, 3);
      await focusMap();
      const unit = (await map.screen(1, 0))[0] - (await map.screen(0, 0))[0];
      // From the middle, point 40, in steps of 20 pixels.
      const steps = Math.ceil((1.5 * unit) / 20);
      const reach = Math.floor((20 * steps) / unit);
      await press('b', ...Array<string>(steps).fill('ArrowRight'), ...Array<string>(steps).fill('ArrowUp'));
      await map.hears('Box: arrows move its corner');
      await press('Enter');
      const expected: number[] = [];
      for (let y = 4; y <= 4 + reach; y++) for (let x = 4; x <= 4 + reach; x++) expected.push(9 * y + x);
      expect(await map.selection()).toEqual(expected);
      await press('l', ...Array<string>(steps).fill('ArrowLeft'), 'ArrowDown', 'Escape');
      await map.hears('Canceled.');
      expect(await map.selection()).toEqual(expected);
    });

    it('moves and zooms the map, and shows everything again', async () => {
      await map.showGrid(5, 5);
      await focusMap();
      const before = await map.screen(2, 2);
      await press('ArrowRight', 'ArrowUp');
      const moved = await map.screen(2, 2);
      expect(moved[0]).toBeCloseTo(before[0] - 80, 0);
      expect(moved[1]).toBeCloseTo(before[1] + 80, 0);
      const unit = (await map.screen(3, 2))[0] - moved[0];
      await press('+');
      expect((await map.screen(3, 2))[0] - (await map.screen(2, 2))[0]).toBeCloseTo(1.5 * unit, 0);
      await press('-', '0');
      await map.hears('The whole map is shown.');
      await page().waitForFunction(([x, y]) => {
        const [nowX, nowY] = window.viewerPage!.screen(2, 2);
        return Math.hypot(nowX - x, nowY - y) < 1;
      }, before);
    });

    it('opens the help and the search, and comes back', async () => {
      await map.showGrid(3, 3);
      await focusMap();
      await press('?');
      const help = page().getByRole('dialog', { name: 'Keys and gestures' });
      await help.waitFor();
      expect(await help.getByRole('row').count()).toBe(14);
      expect(await violations()).toEqual([]);
      await press('Escape');
      await help.waitFor({ state: 'hidden' });
      await focusMap();
      await press('/');
      await page().keyboard.type('#7');
      await press('Enter');
      await map.hears('Row 7 found');
      expect(await map.selection()).toEqual([7]);
    });

    it('does not take keys from the browser', async () => {
      await map.showGrid(3, 3);
      await focusMap();
      const taken = await page().evaluate(() => {
        const surface = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map', '.surface')!;
        return [{ key: 'Tab' }, { key: 'r', ctrlKey: true }, { key: 'F5' }, { key: 'ArrowLeft' }].map(
          (stroke) => {
            const event = new KeyboardEvent('keydown', { ...stroke, bubbles: true, cancelable: true });
            surface.dispatchEvent(event);
            return event.defaultPrevented;
          },
        );
      });
      expect(taken).toEqual([false, false, false, true]);
    });
  });

  describe('by touch', () => {
    let session: CDPSession | undefined;
    const touch = async (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      ...places: readonly (readonly [number, number])[]
    ): Promise<void> => {
      // A touch belongs to the session that started it.
      session ??= await page().context().newCDPSession(page());
      await session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: places.map(([x, y], id) => ({ x, y, id })),
      });
    };

    it('selects the tapped point, and shows its values', async () => {
      await map.showGrid(4, 4);
      await page().touchscreen.tap(...(await map.screen(1, 2)));
      expect(await map.selection()).toEqual([9]);
      await page().locator('cluster-viewer-map [part~=tooltip]').waitFor();
    });

    it('moves the map with one finger, and zooms it with two, which keep their places on the map', async () => {
      await map.showGrid(4, 4);
      const [x, y] = await map.screen(1, 1);
      await touch('touchStart', [x, y]);
      await touch('touchMove', [x + 20, y - 10]);
      await touch('touchMove', [x + 60, y - 30]);
      await touch('touchEnd');
      const moved = await map.screen(1, 1);
      expect(moved[0]).toBeCloseTo(x + 60, 0);
      expect(moved[1]).toBeCloseTo(y - 30, 0);

      const [a, b] = [await map.screen(1, 1), await map.screen(2, 2)];
      await touch('touchStart', a, b);
      const away = [b[0] + 40, b[1] - 40] as const;
      await touch('touchMove', a, [b[0] + 20, b[1] - 20]);
      await touch('touchMove', a, away);
      await touch('touchEnd');
      const [nowA, nowB] = [await map.screen(1, 1), await map.screen(2, 2)];
      // Places of fingers are in whole pixels.
      expect(Math.hypot(nowA[0] - a[0], nowA[1] - a[1])).toBeLessThan(3);
      expect(Math.hypot(nowB[0] - away[0], nowB[1] - away[1])).toBeLessThan(3);
      expect(await map.selection()).toEqual([]);
    });

    it('draws an area with a finger when a tool is chosen', async () => {
      await map.showGrid(6, 2);
      await map.take('Select in a box');
      const corner = await map.screen(4.5, 3.5);
      const middle = await map.screen(3, 2);
      await touch('touchStart', await map.screen(1.5, 1.5));
      await touch('touchMove', middle);
      await touch('touchMove', corner);
      await touch('touchEnd');
      expect(await map.selection()).toEqual([14, 15, 16, 20, 21, 22]);
    });
  });

  it('does not animate the camera when less motion is preferred', async () => {
    await page().emulateMedia({ reducedMotion: 'reduce' });
    await map.showGrid(6, 2);
    const jumps = await page().evaluate(async () => {
      const viewer = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map') as HTMLElement & {
        flyTo(points: readonly number[]): void;
      };
      const scales: number[] = [];
      viewer.addEventListener('camera-change', (event) => {
        scales.push((event as CustomEvent<{ camera: { scale: number } }>).detail.camera.scale);
      });
      viewer.flyTo([0, 1, 6, 7]);
      for (let frame = 0; frame < 30; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return scales.length;
    });
    expect(jumps).toBe(1);
    await page().emulateMedia({ reducedMotion: 'no-preference' });
  });

  it.each(['light', 'dark'] as const)('passes axe in %s, with a hovered point', async (theme) => {
    await map.showPlaces(
      {
        places: Array.from({ length: 30 }, (_, i) => [i % 6, Math.floor(i / 6)] as const),
        labels: Array.from({ length: 30 }, (_, i) => i % 13),
        clusters: 13,
        classes: Array.from({ length: 30 }, (_, i) => `class ${i % 3}`),
      },
      { theme, palette: theme === 'dark' ? 'colorblind' : 'default' },
    );
    await focusMap();
    await press('p', 'Enter');
    await page().locator('cluster-viewer-map [part~=tooltip]').waitFor();
    expect(await violations()).toEqual([]);
  });
});
