import { describe, expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { MapHand } from './map-hand.ts';
import { expectSamePicture } from './same-picture.ts';
import type { Planted } from './viewer-page/viewer-page.ts';

const folder = `${import.meta.dirname}/viewer-page`;
const heaps: Planted = { clusters: 6, each: 400 };
const markup = '<img src=x onerror="window.hacked=1">';

describe.each([
  ['WebGPU', true],
  ['Canvas', false],
] as const)('on %s', (backend, webgpu) => {
  describeInChromium(`the map drawn by ${backend}`, folder, 'viewerPage', { webgpu }, (page) => {
    const map = new MapHand(page);

    /** Shows heaps with their model, and hides text and buttons on the map. */
    const showHeaps = (attributes: Readonly<Record<string, string>>): Promise<void> =>
      page().evaluate(
        async ([planted, how]) => {
          const viewer = window.viewerPage!.mount({ ...how, style: 'width: 900px; height: 520px' });
          viewer.data = await window.viewerPage!.plant(planted);
          await viewer.updateComplete;
          await window.viewerPage!.settled();
          window.viewerPage!.hideText();
        },
        [heaps, attributes] as const,
      );
    const look = (): Promise<Buffer> => page().locator('cluster-viewer-map .surface').screenshot();

    it(`tells that ${backend} draws, and why`, async () => {
      await map.showGrid(4, 2);
      const renderer = await page().locator('cluster-viewer [part~=badge]').innerText();
      expect(renderer).toContain(backend);
      if (!webgpu) {
        await page().locator('cluster-viewer [part~=badge] summary').click();
        await page()
          .getByText(/this browser has no WebGPU|no GPU was found/)
          .waitFor();
      }
    });

    it.each([
      ['light', { theme: 'light' }],
      ['dark', { theme: 'dark', palette: 'colorblind' }],
      ['density', { theme: 'dark', density: '' }],
    ] as const)('looks as it did: %s', async (name, attributes) => {
      await showHeaps(attributes);
      await expectSamePicture(`heaps-${name}`, await look());
    });

    it('looks as it did: selected, one group grayed, one cluster chosen', async () => {
      await showHeaps({ theme: 'light' });
      await page().evaluate(async () => {
        const viewer = document.querySelector('cluster-viewer')!;
        viewer.selection = Array.from({ length: 300 }, (_, i) => i);
        viewer.cluster = 2;
        await viewer.updateComplete;
        await window.viewerPage!.settled();
      });
      await expectSamePicture('heaps-selected', await look());
    });

    it('looks as it did: pictures as marks, and dots when pictures are off', async () => {
      const show = (thumbnails: string): Promise<void> =>
        page().evaluate(async (on) => {
          const viewer = window.viewerPage!.mount({
            theme: 'light',
            thumbnails: on,
            style: 'width: 900px; height: 520px',
          });
          viewer.data = await window.viewerPage!.garments(160, 4);
          await viewer.updateComplete;
          await window.viewerPage!.settled();
          window.viewerPage!.hideText();
          const view = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map') as HTMLElement & {
            camera: { x: number; y: number; scale: number };
          };
          view.camera = { ...view.camera, scale: 4 * view.camera.scale };
          await window.viewerPage!.settled();
        }, thumbnails);
      await show('on');
      const pictures = await look();
      await show('off');
      expect((await look()).equals(pictures)).toBe(false);
      // Canvas and WebGPU shrink pictures differently.
      if (webgpu) await expectSamePicture('garments', pictures);
    });

    it('lets the pointer pick points that it does not draw', async () => {
      await map.showGrid(400, 5);
      await map.take('Select in a box');
      await map.drag([
        [99.5, 99.5],
        [199.5, 149.5],
      ]);
      const [selected, first] = await page().evaluate(() => {
        const { selection } = document.querySelector('cluster-viewer')!;
        return [selection.length, selection[0]];
      });
      expect(selected).toBeGreaterThan(98 * 48);
      expect(selected).toBeLessThan(102 * 52);
      expect(first % 400).toBeGreaterThanOrEqual(99);
      const says = await page().locator('cluster-viewer [part~=badge]').textContent();
      const onMap = page().locator('cluster-viewer-map .sample');
      if (webgpu) {
        expect(says).not.toContain('100,000');
        expect(await onMap.count()).toBe(0);
      } else {
        expect(says).toContain('100,000');
        expect(await onMap.innerText()).toContain('100,000 of 160,000 points are drawn');
      }
    });

    it.each([
      ['no points', [], 'There are no points to show'],
      [
        'only points without a place',
        [[NaN, 1] as const, [Infinity, 2] as const],
        'No point has a place on the map',
      ],
    ])('shows a message when there are %s', async (_, places, said) => {
      await page().evaluate(async (at) => {
        const viewer = window.viewerPage!.mount();
        const data = await window.viewerPage!.places({ places: [[0, 0]] });
        viewer.data = {
          ...data,
          count: at.length,
          total: at.length,
          positions: Float32Array.from(at.flat()),
          labels: new Uint32Array(at.length),
          points: undefined,
        };
        await viewer.updateComplete;
      }, places);
      await page().getByText(said).waitFor();
      await page().getByRole('application').focus();
      for (const key of ['p', 'ArrowLeft', '+', '0', 'a', 'b', 'Enter', 'Escape'])
        await page().keyboard.press(key);
      expect(await map.selection()).toEqual([]);
    });

    it('shows one point, shows points with invalid labels and positions, and treats names as text', async () => {
      await map.showPlaces({ places: [[3, 3]] });
      await map.click(3, 3);
      expect(await map.selection()).toEqual([0]);
      await map.showPlaces({
        places: [
          [0, 0],
          [NaN, 5],
          [4, 0],
          [2, 3],
        ],
        labels: [0, 1, 4_000_000_000, -1],
        clusters: 2,
        classes: [markup, markup, '\u202e', ''],
        columnNames: [markup, '</style>'],
      });
      await map.moveTo(0, 0);
      const tooltip = page().locator('cluster-viewer-map [part~=tooltip] dl');
      await tooltip.waitFor();
      expect(await tooltip.innerText()).toContain(markup);
      await map.moveTo(4, 0);
      await tooltip.filter({ hasText: 'No cluster' }).waitFor();
      await page().getByRole('combobox', { name: 'Color by' }).selectOption('class');
      await page().getByRole('button', { name: markup }).first().waitFor();
      // The legend would cover points.
      await page().getByRole('button', { name: 'Legend' }).click();
      await map.take('Select in a box');
      await map.drag([
        [-0.1, -0.1],
        [4.1, 3.1],
      ]);
      expect(await map.selection()).toEqual([0, 2, 3]);
      expect(await page().locator('cluster-viewer img, cluster-viewer script').count()).toBe(0);
      expect(await page().evaluate(() => 'hacked' in window)).toBe(false);
    });

    it('is drawn again in another size', async () => {
      await showHeaps({ theme: 'light' });
      for (const [width, height] of [
        [1100, 640],
        [420, 700],
      ]) {
        await page().evaluate(
          ([wide, high]) => {
            const { style } = document.querySelector('cluster-viewer')!;
            Object.assign(style, { width: `${wide}px`, height: `${high}px` });
          },
          [width, height],
        );
        // The size of the canvas follows within a few frames.
        await page().waitForFunction((wide) => {
          const box = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map', '.points')!;
          const canvas = box.querySelector('canvas')!;
          const isWide = box.clientWidth > wide / 4 && box.clientWidth <= wide;
          return isWide && canvas.width === box.clientWidth && canvas.height === box.clientHeight;
        }, width);
      }
    });
  });
});

describeInChromium('a map whose device is lost', folder, 'viewerPage', {}, (page) => {
  it('is drawn again with the same picture, and still works', async () => {
    await page().evaluate(async (planted) => {
      const devices: GPUDevice[] = [];
      Object.assign(window, { devices });
      const { gpu } = navigator;
      const request = gpu.requestAdapter.bind(gpu);
      gpu.requestAdapter = async (options) => {
        const adapter = (await request(options))!;
        const open = adapter.requestDevice.bind(adapter);
        adapter.requestDevice = async (descriptor) => {
          const device = await open(descriptor);
          devices.push(device);
          return device;
        };
        return adapter;
      };
      const viewer = window.viewerPage!.mount({ theme: 'light', style: 'width: 900px; height: 520px' });
      viewer.data = await window.viewerPage!.plant(planted);
      await viewer.updateComplete;
      await window.viewerPage!.settled();
      window.viewerPage!.hideText();
    }, heaps);
    const before = await page().locator('cluster-viewer-map .surface').screenshot();
    const devices = await page().evaluate(async () => {
      const { devices: made } = window as unknown as { devices: GPUDevice[] };
      // During drawing: the frame for the new camera is not complete yet.
      const view = window.viewerPage!.find('cluster-viewer', 'cluster-viewer-map') as HTMLElement & {
        camera: { x: number; y: number; scale: number };
      };
      const { camera } = view;
      view.camera = { ...camera, scale: 2 * camera.scale };
      await new Promise(requestAnimationFrame);
      made.at(-1).destroy();
      await made.at(-1).lost;
      view.camera = camera;
      while (made.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      await window.viewerPage!.settled();
      return made.length;
    });
    expect(devices).toBe(2);
    const after = await page().locator('cluster-viewer-map .surface').screenshot();
    expect(after.equals(before)).toBe(true);
    expect(await page().locator('cluster-viewer [part~=badge]').innerText()).toContain('WebGPU');
  });
});
