import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { pixelSize, Scene } from './scene.ts';

describe('Scene', () => {
  it('increases the version of each part that is set', () => {
    const scene = new Scene();
    scene.setPositions(Float32Array.of(1, 2));
    scene.setGroups(Uint32Array.of(1));
    scene.setGroups(Uint32Array.of(0));
    expect(scene.versions).toEqual({ positions: 1, groups: 2, palette: 0, sizes: 0 });
    expect(scene.bounds).toEqual({ minX: 1, minY: 2, maxX: 1, maxY: 2 });
  });

  it('rejects what cannot be drawn, and says why', () => {
    const scene = new Scene();
    expect(() => {
      scene.setPositions(new Float32Array(5));
    }).toThrow(ShapeError);
    expect(() => {
      scene.setCamera({ x: 0, y: Infinity, scale: 1 });
    }).toThrow(InvalidArgumentError);
    expect(() => {
      scene.setCamera({ x: 0, y: 0, scale: 0 });
    }).toThrow('0, 0 and 0');
    expect(() => {
      scene.resize(10, NaN, 1);
    }).toThrow(InvalidArgumentError);
    expect(() => {
      scene.resize(10, 10, 0);
    }).toThrow('at 0 device pixels');
    const images = { width: 3, height: 2, pixels: new Uint8Array(11), points: Uint32Array.of(0, 1) };
    expect(() => {
      scene.setImages(images);
    }).toThrow('need 12 bytes, but there are 11');
    expect(scene.camera).toEqual({ x: 0, y: 0, scale: 1 });
  });
});

describe('pixelSize', () => {
  const scene = new Scene();

  it('is the screen’s resolution', () => {
    scene.resize(400.4, 300, 1.5);
    expect(pixelSize(scene, 1e7, 8192)).toEqual({ width: 601, height: 450, ratio: 1.5 });
  });

  it('stays within what can be drawn', () => {
    scene.resize(4000, 3000, 2);
    const size = pixelSize(scene, 8_388_608, 8192);
    expect(size.width * size.height).toBeLessThanOrEqual(8_388_608);
    expect(size.width / size.height).toBeCloseTo(4 / 3, 2);
    scene.resize(20_000, 10, 1);
    expect(pixelSize(scene, 8_388_608, 8192)).toMatchObject({ width: 8192, height: 4 });
    scene.resize(0, 0, 1);
    expect(pixelSize(scene, 8_388_608, 8192)).toEqual({ width: 0, height: 0, ratio: 1 });
  });
});
