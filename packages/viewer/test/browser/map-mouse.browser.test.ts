import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { MapHand } from './map-hand.ts';

const folder = `${import.meta.dirname}/viewer-page`;

/** Points of a square grid of the given side within a box, including its edges. */
function gridPoints(side: number, x0: number, y0: number, x1: number, y1: number): readonly number[] {
  return Array.from({ length: side * side }, (_, i) => i).filter((i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return x >= x0 && x <= x1 && y >= y0 && y <= y1;
  });
}

describeInChromium('the map under a mouse', folder, 'viewerPage', {}, (page) => {
  const map = new MapHand(page);

  describe('areas', () => {
    it('a lasso selects exactly the points in it', async () => {
      await map.showGrid(12, 3);
      await map.take('Select with a lasso');
      // An L, whose notch must not be included.
      await map.drag([
        [1.5, 1.5],
        [8.5, 1.5],
        [8.5, 4.5],
        [4.5, 4.5],
        [4.5, 9.5],
        [1.5, 9.5],
        [1.5, 1.5],
      ]);
      const foot = gridPoints(12, 2, 2, 8, 4);
      const leg = gridPoints(12, 2, 5, 4, 9);
      expect(await map.selection()).toEqual([...foot, ...leg].sort((a, b) => a - b));
      await map.hears(`${foot.length + leg.length} points selected`);
    });

    it('a box replaces the selection, adds to it with Shift, and removes from it with Alt', async () => {
      await map.showGrid(10, 2);
      await map.take('Select in a box');
      await map.drag([
        [1.5, 1.5],
        [4.5, 3.5],
      ]);
      const first = gridPoints(10, 2, 2, 4, 3);
      expect(await map.selection()).toEqual(first);
      await map.drag(
        [
          [6.5, 6.5],
          [8.5, 5.5],
        ],
        'Shift',
      );
      const second = gridPoints(10, 7, 6, 8, 6);
      expect(await map.selection()).toEqual([...first, ...second]);
      await map.drag(
        [
          [2.5, 1.5],
          [9.5, 9.5],
        ],
        'Alt',
      );
      expect(await map.selection()).toEqual(gridPoints(10, 2, 2, 2, 3));
      await map.drag([
        [0.5, 0.5],
        [1.5, 1.5],
      ]);
      expect(await map.selection()).toEqual([11]);
      await page().getByRole('button', { name: 'Undo' }).click();
      await page().getByRole('button', { name: 'Undo' }).click();
      expect(await map.selection()).toEqual([...first, ...second]);
      await page().getByRole('button', { name: 'Redo' }).click();
      expect(await map.selection()).toEqual(gridPoints(10, 2, 2, 2, 3));
    });

    it('Escape cancels an area that is being drawn', async () => {
      await map.showGrid(6, 2);
      await map.take('Select in a box');
      await page().mouse.move(...(await map.screen(-0.3, -0.3)));
      await page().mouse.down();
      await page().mouse.move(...(await map.screen(3, 3)), { steps: 3 });
      const outline = page().locator('cluster-viewer-map .overlay polygon');
      await outline.waitFor();
      await page().getByRole('application').focus();
      await page().keyboard.press('Escape');
      await outline.waitFor({ state: 'detached' });
      await page().mouse.up();
      expect(await map.selection()).toEqual([]);
    });

    it('a lasso finds the planted ones among a million', async () => {
      await map.showGrid(1000, 7);
      await map.take('Select with a lasso');
      await map.drag([
        [99.5, 199.5],
        [400.5, 199.5],
        [400.5, 399.5],
        [99.5, 399.5],
        [99.5, 199.5],
      ]);
      const selected = await page().evaluate(() => {
        const { selection } = document.querySelector('cluster-viewer')!;
        const inside = selection.filter((i) => {
          const [x, y] = [i % 1000, Math.floor(i / 1000)];
          // Corners that the mouse can reach lie within a pixel, which is two units here.
          return x > 97 && x < 403 && y > 197 && y < 402;
        });
        return [selection.length, inside.length];
      });
      expect(selected[1]).toBe(selected[0]);
      expect(selected[0]).toBeGreaterThan(297 * 197);
      expect(selected[0]).toBeLessThan(305 * 204);
    });
  });

  describe('points', () => {
    it('a click selects, with Ctrl or Shift adds, with Alt removes, and beside points does nothing', async () => {
      await map.showGrid(5, 5);
      await map.click(2, 3);
      expect(await map.selection()).toEqual([17]);
      await map.click(4, 0, 'Control');
      await map.click(0, 4, 'Shift');
      expect(await map.selection()).toEqual([4, 17, 20]);
      await map.click(2, 3, 'Alt');
      await map.click(2.5, 2.5);
      expect(await map.selection()).toEqual([4, 20]);
    });

    it('a double click zooms to a cluster, and beside points clears the selection', async () => {
      await map.showPlaces({
        places: [
          [0, 0],
          [1, 1],
          [90, 90],
          [92, 91],
        ],
        labels: [0, 0, 1, 1],
      });
      await map.click(1, 1);
      const before = await map.screen(0, 0);
      await page().mouse.dblclick(...(await map.screen(92, 91)));
      await map.hears('Cluster 1 is shown');
      await page().waitForFunction(([x, y]) => {
        const [nowX, nowY] = window.viewerPage!.screen(0, 0);
        return Math.hypot(nowX - x, nowY - y) > 1000;
      }, before);
      await page().getByRole('button', { name: 'Show everything' }).click();
      await page().waitForFunction(([x, y]) => {
        const [nowX, nowY] = window.viewerPage!.screen(0, 0);
        return Math.hypot(nowX - x, nowY - y) < 1;
      }, before);
      await page().mouse.dblclick(...(await map.screen(50, 20)));
      expect(await map.selection()).toEqual([]);
    });

    it('hovering shows the row, cluster, class, values and picture of a point, and fires an event', async () => {
      await page().evaluate(async () => {
        const viewer = window.viewerPage!.mount();
        const data = await window.viewerPage!.garments(300, 5);
        viewer.data = data;
        await viewer.updateComplete;
        await window.viewerPage!.settled();
        Object.assign(window, { hovered: [] });
        viewer.addEventListener('point-hover', ({ detail }) => {
          (window as unknown as { hovered: unknown[] }).hovered.push(detail);
        });
      });
      await page().mouse.move(...(await page().evaluate(() => window.viewerPage!.screenOf(11))));
      const tooltip = page().locator('cluster-viewer-map [part~=tooltip]');
      await tooltip.locator('dl').waitFor();
      const seen = await page().evaluate(() => {
        const [last] = (window as unknown as { hovered: { point: number; row: number; cluster: number }[] })
          .hovered;
        const { labels, classes } = document.querySelector('cluster-viewer')!.data!;
        return { ...last, label: labels[last.point], name: classes!.names[classes!.labels[last.point]] };
      });
      expect(seen.cluster).toBe(seen.label);
      const text = `${await tooltip.locator('dl').innerText()} ${await tooltip.locator('p').innerText()}`;
      expect(text).toMatch(
        new RegExp(`Row\\s+${seen.row}\\s+Cluster\\s+${seen.cluster}\\s+Class\\s+${seen.name}`),
      );
      expect(text).toContain('and 778 more values');
      const inked = await tooltip.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(data).size;
      });
      expect(inked).toBeGreaterThan(10);
      await page().mouse.move(2, 2);
      expect(await tooltip.count()).toBe(0);
    });

    it('shows the page’s own tooltip', async () => {
      await map.showGrid(3, 3);
      await page().evaluate(() => {
        const own = document.createElement('p');
        own.slot = 'tooltip';
        own.textContent = 'What the page knows';
        document.querySelector('cluster-viewer')!.append(own);
      });
      await map.moveTo(1, 1);
      await page().getByText('What the page knows').waitFor();
      expect(await page().locator('cluster-viewer-map [part~=tooltip] dl').isVisible()).toBe(false);
    });
  });

  describe('the legend', () => {
    it('grays a group, whose points stay but cannot be picked, and shows it again', async () => {
      await map.showGrid(8, 4);
      await map.openLegend();
      const before = await page().locator('cluster-viewer-map canvas').screenshot();
      await page()
        .locator('cluster-viewer-legend')
        .getByRole('button', { name: 'Cluster 1' })
        .first()
        .click();
      await map.settled();
      const grayed = await page().locator('cluster-viewer-map canvas').screenshot();
      expect(grayed.equals(before)).toBe(false);
      await map.hears('Cluster 1 is grayed');
      await map.click(1, 3);
      expect(await map.selection()).toEqual([]);
      await map.take('Select in a box');
      await map.drag([
        [-0.3, -0.3],
        [3.5, 0.5],
      ]);
      expect(await map.selection()).toEqual([0, 2, 3]);
      await page().getByRole('button', { name: 'Only Cluster 2' }).focus();
      await page().keyboard.press('Enter');
      await map.drag([
        [-0.3, -0.3],
        [7.5, 0.5],
      ]);
      expect(await map.selection()).toEqual([2, 6]);
      await page().getByRole('button', { name: 'Show all in color' }).click();
      await map.drag([
        [-0.3, -0.3],
        [3.5, 0.5],
      ]);
      expect(await map.selection()).toEqual([0, 1, 2, 3]);
    });

    it('lists 256 clusters and more, and finds one among them', async () => {
      await map.showGrid(30, 300);
      await page().evaluate(async () => {
        const viewer = document.querySelector('cluster-viewer')!;
        viewer.data = await window.viewerPage!.places({
          places: Array.from({ length: 400 }, (_, i) => [i % 20, Math.floor(i / 20)] as const),
          labels: Array.from({ length: 400 }, (_, i) => i),
        });
        await viewer.updateComplete;
      });
      await map.openLegend();
      const list = page().locator('cluster-viewer-legend .list .toggle');
      expect(await list.count()).toBe(300);
      await page().getByText('100 more: filter the list to see them.').waitFor();
      await page().getByRole('searchbox', { name: 'Filter the legend' }).fill('cluster 399');
      expect(await list.count()).toBe(1);
      await list.click();
      await map.click(19, 19);
      expect(await map.selection()).toEqual([]);
    });
  });

  it('finds a row, a cluster and a class, selects them, zooms to them, and announces it', async () => {
    await map.showPlaces({
      places: Array.from({ length: 40 }, (_, i) => [i % 8, Math.floor(i / 8)] as const),
      labels: Array.from({ length: 40 }, (_, i) => i % 4),
      classes: Array.from({ length: 40 }, (_, i) => (i < 3 ? 'Ankle boot' : 'Bag')),
    });
    await map.openMenu();
    const find = page().getByRole('searchbox', { name: 'Find a row, a cluster, a class or a text' });
    for (const [query, selected, said] of [
      ['#17', [17], 'Row 17 found'],
      ['cluster 3', [3, 7, 11, 15, 19, 23, 27, 31, 35, 39], '10 points in cluster 3 found'],
      ['boot', [0, 1, 2], '3 points with “boot” (3 in classes) found'],
      ['#40', [0, 1, 2], 'There is no row 40'],
      ['<b>', [0, 1, 2], 'Nothing is called “<b>”'],
    ] as const) {
      await find.fill(query);
      await find.press('Enter');
      await map.hears(said);
      expect(await map.selection()).toEqual(selected);
    }
  });

  it('pans with the mouse, and zooms about the pointer with the wheel', async () => {
    await map.showGrid(5, 5);
    const [x, y] = await map.screen(2, 2);
    await map.drag([
      [2.5, 2.5],
      [3.5, 1.5],
    ]);
    const [movedX, movedY] = await map.screen(2, 2);
    const unit = (await map.screen(3, 2))[0] - movedX;
    expect(movedX - x).toBeCloseTo(unit, 0);
    expect(movedY - y).toBeCloseTo(unit, 0);
    await page().mouse.move(movedX, movedY);
    await page().mouse.wheel(0, -300);
    await page().waitForFunction((before) => {
      const [left] = window.viewerPage!.screen(2, 2);
      return window.viewerPage!.screen(3, 2)[0] - left > 1.5 * before;
    }, unit);
    const [zoomedX, zoomedY] = await map.screen(2, 2);
    // A wheel's place is in whole pixels.
    expect(Math.hypot(zoomedX - movedX, zoomedY - movedY)).toBeLessThan(2);
  });

  it('saves the selection as CSV, and the map as PNG and as SVG', async () => {
    await map.showPlaces({
      places: [
        [0, 0],
        [1, 2],
        [4, 1],
      ],
      labels: [0, 1, 9],
      clusters: 2,
      classes: ['=1+1', 'a,"b"', 'plain'],
      columnNames: ['width', 'height'],
    });
    await page().evaluate(() => {
      document.querySelector('cluster-viewer')!.selection = [0, 1, 2];
    });
    const save = async (button: string): Promise<Buffer> => {
      await map.openMenu();
      const [download] = await Promise.all([
        page().waitForEvent('download'),
        page().getByRole('button', { name: button }).click(),
      ]);
      return readFile(await download.path());
    };
    const table = [
      'row,cluster,class,x,y,width,height',
      '0,0,=1+1,0,0,0,0',
      '1,1,"a,""b""",1,2,1,2',
      '2,-1,plain,4,1,4,1',
      '',
    ].join('\r\n');
    expect((await save('Save the selection as CSV')).toString()).toBe(table);
    expect(await page().evaluate(() => document.querySelector('cluster-viewer')!.exportCsv())).toBe(table);

    const picture = await save('Save the map as PNG');
    const decoded = await page().evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let colored = 0;
      for (let i = 0; i < data.length; i += 4)
        colored += data[i] === data[i + 1] && data[i + 1] === data[i + 2] ? 0 : 1;
      const surface = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map', '.points')!;
      return {
        size: [bitmap.width, bitmap.height],
        shown: [surface.clientWidth, surface.clientHeight],
        colored,
      };
    }, picture.toString('base64'));
    expect(decoded.size).toEqual(decoded.shown);
    expect(decoded.colored).toBeGreaterThan(20);

    const drawing = (await save('Save the map as SVG')).toString();
    const parsed = await page().evaluate((text) => {
      const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        error: svg.querySelector('parsererror')?.textContent,
        circles: svg.querySelectorAll('circle').length,
        title: svg.querySelector('title')?.textContent,
      };
    }, drawing);
    expect(parsed.error).toBeUndefined();
    expect(parsed.circles).toBeGreaterThanOrEqual(3);
    expect(parsed.title).toBeTruthy();
  });
});
