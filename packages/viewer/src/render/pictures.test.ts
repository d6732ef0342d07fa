import { describe, expect, it } from 'vitest';
import { PictureSlots, reducedPicture, slotGrid, slotOrigin } from './picture-slots.ts';
import { MARK, type ScatterImages } from './scatter.ts';
import { Scene } from './scene.ts';

function imagesOf(points: number[], width = 2, height = 4): ScatterImages {
  const pixels = Uint8Array.from({ length: width * height * points.length }, (_, i) => i % 251);
  return { width, height, pixels, points: Uint32Array.from(points) };
}

function sceneWith(positions: number[], points: number[]): Scene {
  const scene = new Scene();
  scene.setPositions(Float32Array.from(positions));
  scene.setGroups(new Uint32Array(positions.length / 2));
  scene.setPalette([[10, 20, 30]]);
  scene.setStyle({ ...scene.style, thumbnails: true, accent: [1, 1, 1], muted: [8, 8, 8] });
  scene.resize(320, 320, 1);
  scene.setImages(imagesOf(points));
  return scene;
}

describe('the pictures of a scene', () => {
  it('are shown at their points, as large as possible', () => {
    const { marks, width, height } = sceneWith([0, 0, 100, 50, -10, -20], [1, 2]).pictureMarks!;
    expect(marks.map(({ picture, x, y }) => ({ picture, x, y }))).toEqual([
      { picture: 0, x: 260, y: 110 },
      { picture: 1, x: 150, y: 180 },
    ]);
    expect([width, height]).toEqual([32, 64]);
  });

  it('are empty without room, without a position, or when pictures are off', () => {
    const crowd = Array.from({ length: 500 }, (_, i) => [i % 20, i / 20]).flat();
    const points = Array.from({ length: 500 }, (_, i) => i);
    const scene = sceneWith(crowd, points);
    expect(scene.pictureMarks).toBeUndefined();
    scene.setCamera({ x: 10, y: 10, scale: 40 });
    expect(scene.pictureMarks!.marks.length).toBeGreaterThan(20);
    scene.setStyle({ ...scene.style, thumbnails: false });
    expect(scene.pictureMarks).toBeUndefined();
    expect(sceneWith([NaN, 0], [0]).pictureMarks).toBeUndefined();
    expect(sceneWith([0, 0], [5]).pictureMarks).toBeUndefined();
  });

  it('are one per square where they are crowded, selected ones first', () => {
    const scene = sceneWith([1, 1, 2, 2, 3, 3, 100, 100], [0, 1, 2, 3]);
    expect(scene.pictureMarks!.marks.map(({ picture }) => picture)).toEqual([0, 3]);
    scene.setMarks(Uint8Array.of(0, 0, MARK.selected, MARK.muted));
    const marks = scene.pictureMarks!.marks.map(({ picture, frame, rim, strength }) => [
      picture,
      frame,
      rim,
      strength,
    ]);
    expect(marks).toEqual([
      [3, [10, 20, 30], undefined, 0.4],
      [2, [10, 20, 30], [1, 1, 1], 1],
    ]);
  });

  it('stay the same while the map is moved', () => {
    const spots = Array.from({ length: 100 }, (_, i) => [(i * 37) % 101, (i * 61) % 103]).flat();
    const scene = sceneWith(
      spots,
      Array.from({ length: 100 }, (_, i) => i),
    );
    scene.setCamera({ x: 50, y: 50, scale: 2 });
    const before = scene.pictureMarks!.marks.map(({ picture }) => picture);
    scene.setCamera({ x: 53.3, y: 48.9, scale: 2 });
    expect(scene.pictureMarks!.marks.map(({ picture }) => picture)).toEqual(before);
    expect(before.length).toBeLessThan(100);
  });
});

describe('slotGrid', () => {
  it('has a slot for every picture that is drawn at a time', () => {
    const grid = slotGrid(
      imagesOf(
        Array.from({ length: 9000 }, (_, i) => i),
        90,
        60,
      ),
    );
    expect(grid).toEqual({ width: 90, height: 60, columns: 22, rows: 34, pages: 6 });
    expect(slotOrigin(grid, 0)).toEqual({ page: 0, x: 0, y: 0 });
    expect(slotOrigin(grid, 22 * 34 * 5 + 23)).toEqual({ page: 5, x: 90, y: 60 });
  });

  it('reduces large pictures by a whole number', () => {
    expect(slotGrid(imagesOf([0], 300, 5))).toMatchObject({ width: 75, height: 2, pages: 1 });
  });
});

describe('reducedPicture', () => {
  it('is the picture itself when it is small', () => {
    expect([...reducedPicture(imagesOf([4, 5]), 1)]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it('is the mean of whole and of cut squares', () => {
    const wide: ScatterImages = {
      width: 97,
      height: 1,
      pixels: Uint8Array.from({ length: 97 }, (_, i) => i),
      points: Uint32Array.of(0),
    };
    const reduced = reducedPicture(wide, 0);
    expect(reduced).toHaveLength(49);
    expect([...reduced.subarray(0, 2), reduced[48]]).toEqual([1, 3, 96]);
  });
});

describe('PictureSlots', () => {
  it('fills a slot once, and reuses slots of pictures that are gone when needed', () => {
    const slots = new PictureSlots(3);
    const filled: [number, number][] = [];
    const assign = (...shown: number[]) => slots.assign(shown, (...fill) => filled.push(fill));
    expect(assign(7, 8)).toEqual([0, 1]);
    expect(assign(8, 9)).toEqual([1, 2]);
    expect(filled.splice(0)).toEqual([
      [7, 0],
      [8, 1],
      [9, 2],
    ]);
    expect(assign(7, 9)).toEqual([0, 2]);
    expect(filled).toEqual([]);
    const [ten, nine] = assign(10, 9);
    expect(nine).toBe(2);
    expect(filled).toEqual([[10, ten]]);
  });
});
