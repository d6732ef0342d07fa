import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { describeInChromium } from '../../../../tools/describe-in-chromium.ts';
import { MARK, type Color } from '../../src/render/scatter.ts';
import type { Draws, PlantedScene } from './scatter-page/scatter-page.ts';

const folder = join(import.meta.dirname, 'scatter-page');
const WIDTH = 400;
const HEIGHT = 300;
const WHITE: Color = [255, 255, 255];
const RED: Color = [255, 0, 0];
const BLUE: Color = [0, 0, 255];
const MUTED: Color = [200, 200, 200];
const ACCENT: Color = [0, 0, 0];

/** A screenshot of the canvas. */
class Picture {
  readonly #pixels: Buffer;
  readonly #width: number;

  constructor(pixels: Buffer, width: number) {
    this.#pixels = pixels;
    this.#width = width;
  }

  /** Red, green and blue of a pixel, counted from the left and the top. */
  at(x: number, y: number): number[] {
    return [...this.#pixels.subarray(4 * (y * this.#width + x), 4 * (y * this.#width + x) + 3)];
  }

  /** How many pixels have a color: the sum of their shares on the way from white to it. */
  get covered(): number {
    let sum = 0;
    // All colors that are used here lack green.
    for (let i = 1; i < this.#pixels.length; i += 4) sum += 1 - this.#pixels[i] / 255;
    return sum;
  }

  /** The largest difference of any channel of any pixel. */
  differenceTo(other: Picture): number {
    expect(other.#pixels.length).toBe(this.#pixels.length);
    return this.#pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - other.#pixels[i])), 0);
  }
}

async function look(page: Page, width = WIDTH, height = HEIGHT): Promise<Picture> {
  const png = await page.screenshot({ clip: { x: 0, y: 0, width, height } });
  const raw = await page.evaluate((text) => window.scatterPage!.decode(text), png.toString('base64'));
  return new Picture(Buffer.from(raw, 'base64'), width);
}

async function show(page: Page, scene: PlantedScene, draws: Draws = 'own'): Promise<Picture> {
  const { backend } = await page.evaluate(
    (planted) => window.scatterPage!.show(planted.scene, planted.draws),
    { scene, draws },
  );
  expect(backend).toBe(draws === 'canvas' ? 'canvas' : 'webgpu');
  return look(page);
}

/** All kinds of points: crowds, single points, all marks, without a position, and without a palette color. */
function everything(density: boolean): PlantedScene {
  const positions: number[] = [];
  const groups: number[] = [];
  const marks: number[] = [];
  for (let i = 0; i < 3000; i++) {
    const radius = 60 * Math.sqrt(((i * 0.7548776662466927) % 1) ** 3);
    const angle = i * 2.399963229728653;
    positions.push(radius * Math.cos(angle) + ((i % 3) - 1) * 70, radius * Math.sin(angle));
    groups.push(i % 7 === 0 ? 99 : i % 2);
    marks.push(i % 11 === 0 ? MARK.selected : i % 5 === 0 ? MARK.muted : 0);
  }
  positions.push(NaN, 0, 0, Infinity, 1e30, 1e30, -180, 120);
  return { positions, groups, marks, style: { density, pointSize: 5, background: [20, 22, 30] } };
}

describeInChromium('a scatter in Chromium', folder, 'scatterPage', {}, (open) => {
  describe.each<Draws>(['own', 'canvas'])('drawn by %s', (draws) => {
    it('draws a point in its color at its place, with y upwards', async () => {
      const picture = await show(
        open(),
        { positions: [-100, 50, 120, -80], groups: [0, 1], camera: { x: 0, y: 0, scale: 1 } },
        draws,
      );
      expect(picture.at(100, 100)).toEqual(RED);
      expect(picture.at(320, 230)).toEqual(BLUE);
      expect(picture.at(100, 200)).toEqual(WHITE);
      expect(picture.at(0, 0)).toEqual(WHITE);
    });

    it('draws a disc with smooth edges', async () => {
      const picture = await show(open(), { positions: [0.3, 0.2] }, draws);
      // The disc is 20 pixels wide, to within half a pixel on each side.
      expect(Math.abs(picture.covered - Math.PI * 100)).toBeLessThan(2);
      const row = Array.from({ length: 30 }, (_, i) => picture.at(185 + i, 149)[1]);
      expect(row.filter((green) => green > 10 && green < 245).length).toBeLessThanOrEqual(4);
      expect(picture.at(200, 141)).toEqual(RED);
      expect(picture.at(192, 142)).not.toEqual(RED);
    });

    it('follows the camera', async () => {
      await show(open(), { positions: [1000.25, -400] }, draws);
      await open().evaluate(() => window.scatterPage!.move({ x: 1000, y: -400, scale: 400 }));
      const picture = await look(open());
      expect(picture.at(300, 150)).toEqual(RED);
      expect(picture.at(200, 150)).toEqual(WHITE);
    });

    it('is steady where a single float32 would shake', async () => {
      const near = Math.fround(1000 + 2 ** -13);
      const camera = { x: 1000 + 2 ** -14, y: 0, scale: 2 ** 20 };
      const picture = await show(open(), { positions: [1000, 0, near, 0], groups: [0, 1], camera }, draws);
      expect(picture.at(200 - 64, 150)).toEqual(RED);
      expect(picture.at(200 + 64, 150)).toEqual(BLUE);
    });

    it('draws muted points below the others, in any order', async () => {
      const picture = await show(
        open(),
        { positions: [0, 0, 8, 0, -100, 0], marks: [0, MARK.muted, 0], groups: [0, 0, 7] },
        draws,
      );
      expect(picture.at(207, 150)).toEqual(RED);
      expect(picture.at(214, 150)).toEqual(MUTED);
      // A group outside of the palette.
      expect(picture.at(100, 150)).toEqual(MUTED);
    });

    it('draws selected points on top, with an outline', async () => {
      const picture = await show(
        open(),
        {
          positions: [0, 0, 6, 0],
          groups: [0, 1],
          marks: [MARK.selected | MARK.muted, 0],
          style: { pointSize: 20, accent: ACCENT },
        },
        draws,
      );
      expect(picture.at(208, 150)).toEqual(RED);
      expect(picture.at(210, 150)).toEqual(ACCENT);
      expect(picture.at(213, 150)).toEqual(BLUE);
    });

    it('draws nothing for points without a position', async () => {
      const positions = [NaN, 0, 0, NaN, Infinity, 0, 0, -Infinity, NaN, NaN, 3e38, -3e38];
      const picture = await show(open(), { positions }, draws);
      expect(picture.covered).toBe(0);
    });

    it('is stronger where points are denser, and keeps their hue', async () => {
      const crowd = Array.from({ length: 200 }, () => [-100, 0]).flat();
      const few = Array.from({ length: 10 }, () => [0, 0]).flat();
      const picture = await show(
        open(),
        { positions: [...crowd, ...few, 100, 0], style: { density: true, background: [0, 0, 0] } },
        draws,
      );
      const [dense, some, one] = [picture.at(100, 150), picture.at(200, 150), picture.at(300, 150)];
      expect(dense).toEqual(RED);
      expect(some[0]).toBeLessThan(dense[0]);
      expect(one[0]).toBeLessThan(some[0]);
      expect(one[0]).toBeGreaterThan(100);
      expect([...some.slice(1), ...one.slice(1)]).toEqual([0, 0, 0, 0]);
    });

    it('shows pictures at their places, framed in their colors', async () => {
      const picture = await show(
        open(),
        {
          positions: [-100, 50, 100, 50, 100, -50, NaN, 0],
          groups: [0, 1, 1, 0],
          marks: [0, 0, MARK.selected, 0],
          style: { thumbnails: true },
          images: {
            width: 2,
            height: 2,
            // Dark on the left and bright on the right; gray; bright above and dark below; one without a position.
            pixels: [10, 240, 10, 240, 90, 90, 90, 90, 200, 200, 30, 30, 1, 1, 1, 1],
            points: [0, 1, 2, 3],
          },
        },
        draws,
      );
      // 64 pixels wide, because there is room.
      expect(picture.at(80, 100)).toEqual([10, 10, 10]);
      expect(picture.at(120, 100)).toEqual([240, 240, 240]);
      expect(picture.at(68, 100)).toEqual(RED);
      expect(picture.at(66, 100)).toEqual(WHITE);
      expect(picture.at(300, 100)).toEqual([90, 90, 90]);
      expect(picture.at(268, 100)).toEqual(BLUE);
      expect(picture.at(300, 180)).toEqual([200, 200, 200]);
      expect(picture.at(300, 220)).toEqual([30, 30, 30]);
      expect(picture.at(268, 200)).toEqual(BLUE);
      expect(picture.at(266, 200)).not.toEqual(WHITE);
      expect(picture.at(267, 200)).toEqual(ACCENT);
      expect(picture.at(200, 150)).toEqual(WHITE);
    });

    it.each([
      ['no points', { positions: [] }],
      ['a canvas of no size', { positions: [0, 0], size: [0, 0] as const }],
      ['a canvas of no height', { positions: [0, 0], size: [400, 0] as const }],
      ['no palette', { positions: [NaN, NaN], palette: [] }],
      [
        'pictures of points that do not exist',
        {
          positions: [NaN, 0],
          style: { thumbnails: true },
          images: { width: 1, height: 1, pixels: [0], points: [12] },
        },
      ],
    ])('shows the page or the background for %s', async (_, scene) => {
      expect((await show(open(), scene, draws)).covered).toBe(0);
    });
  });

  it.each([false, true])('draws the same on the GPU as on the CPU, density %s', async (density) => {
    const gpu = await show(open(), everything(density), 'own');
    const cpu = await show(open(), everything(density), 'canvas');
    expect(gpu.differenceTo(cpu)).toBeLessThanOrEqual(2);
    expect(gpu.at(0, 0)).toEqual([20, 22, 30]);
  });

  it('draws the same from a buffer of the shared device', async () => {
    const host = await show(open(), everything(false), 'shared');
    const state = await open().evaluate((scene) => window.scatterPage!.showBuffer(scene), everything(false));
    expect(state.backend).toBe('webgpu');
    expect((await look(open())).differenceTo(host)).toBe(0);
  });

  it('draws a million points', async () => {
    const state = await open().evaluate(() => window.scatterPage!.showMany(1_000_000, true, 'own'));
    expect(state.description).not.toContain('of');
    const picture = await look(open());
    // Red and blue alternate everywhere.
    expect(picture.covered / (WIDTH * HEIGHT)).toBeGreaterThan(0.99);
    const [red, , blue] = picture.at(200, 150);
    expect(Math.abs(red - 127)).toBeLessThan(64);
    expect(Math.abs(blue - 127)).toBeLessThan(64);
  });

  it('adds up a million points on one pixel without overflow', async () => {
    await open().evaluate(() => window.scatterPage!.showMany(1_000_000, false, 'own'));
    const [red, green, blue] = (await look(open())).at(200, 149);
    expect(green).toBe(0);
    expect(Math.abs(red - 127.5)).toBeLessThanOrEqual(1);
    expect(Math.abs(blue - 127.5)).toBeLessThanOrEqual(1);
  });

  it('tells how many points the CPU leaves out', async () => {
    const state = await open().evaluate(() => window.scatterPage!.showMany(250_000, true, 'canvas'));
    expect(state.description).toContain('no WebGPU');
    expect(state.description).toContain('100,000 of 250,000 points');
    expect((await look(open())).covered / (WIDTH * HEIGHT)).toBeGreaterThan(0.7);
  });

  it('draws at the screen’s resolution', async () => {
    const state = await open().evaluate((scene) => window.scatterPage!.show(scene, 'own'), {
      positions: [-100, 50],
      ratio: 2,
    } satisfies PlantedScene);
    expect(state.markSize).toBe(20);
    const png = await open().evaluate(() => window.scatterPage!.snapshot());
    const raw = await open().evaluate((text) => window.scatterPage!.decode(text), png);
    const picture = new Picture(Buffer.from(raw, 'base64'), 2 * WIDTH);
    expect(picture.at(200, 200)).toEqual(RED);
    expect(Math.abs(picture.covered - Math.PI * 400)).toBeLessThan(4);
  });

  describe('when a device is lost', () => {
    let before: Picture;

    beforeEach(async () => {
      before = await show(open(), everything(true), 'own');
    });

    it.each(['drawing', 'idle'] as const)(
      'draws everything again on a new device, lost while %s',
      async (when) => {
        for (let losses = 1; losses <= 3; losses++) {
          const state = await open().evaluate((each) => window.scatterPage!.lose(each), when);
          expect(state).toMatchObject({ backend: 'webgpu', changes: losses });
          expect((await look(open())).differenceTo(before)).toBe(0);
        }
      },
    );

    it('asks for another device when a shared one was lost', async () => {
      await show(open(), everything(true), 'shared-replaced');
      const state = await open().evaluate(() => window.scatterPage!.lose('drawing'));
      expect(state).toMatchObject({ backend: 'webgpu', changes: 1 });
      expect((await look(open())).differenceTo(before)).toBe(0);
    });

    it('continues without a device, and tells why', async () => {
      await show(open(), everything(true), 'shared');
      const state = await open().evaluate(() => window.scatterPage!.lose('idle'));
      expect(state).toMatchObject({ backend: 'canvas', changes: 1 });
      expect(state.description).toMatch(/^Canvas, since the GPU was lost/);
      expect((await look(open())).differenceTo(before)).toBeLessThanOrEqual(2);
    });
  });

  it('stops using devices after several losses in a row', async () => {
    const before = await show(open(), everything(false), 'own-once');
    const state = await open().evaluate(() => window.scatterPage!.lose('drawing'));
    expect(state.backend).toBe('canvas');
    expect((await look(open())).differenceTo(before)).toBeLessThanOrEqual(2);
  });

  it('frees everything', async () => {
    const scene: PlantedScene = {
      positions: [0, 0, 1, 1],
      size: [40, 30],
      style: { thumbnails: true },
      images: { width: 1, height: 1, pixels: [7, 9], points: [0, 1] },
    };
    const left = await open().evaluate((planted) => window.scatterPage!.leftAfter(30, planted), scene);
    expect(left.created).toBeGreaterThan(150);
    expect(left).toMatchObject({ alive: 0, canvases: 1 });
  });

  it.each([
    ['camera', 'InvalidArgumentError'],
    ['positions', 'ShapeError'],
    ['images', 'ShapeError'],
    ['size', 'InvalidArgumentError'],
    ['foreign-buffer', 'InvalidArgumentError'],
    ['vertex-buffer', 'InvalidArgumentError'],
  ] as const)('rejects a %s that it cannot draw', async (what, name) => {
    const said = await open().evaluate((each) => window.scatterPage!.refusal(each), what);
    expect(said).toMatch(new RegExp(`^${name}: .{20,}`));
  });
});
