import { describe, expect, it } from 'vitest';
import { inkOf, inkOfPoints, refuse } from './expected.mjs';
import { measureViewer } from './measure.mjs';
import { benchPoints } from './points.ts';

describe('the benchmark of the viewer', () => {
  it('draws points, pans, comes back, and checks the picture', async () => {
    const lines: string[] = [];
    const report = await measureViewer({
      peers: undefined,
      rounds: 1,
      frames: 2,
      counts: [3000],
      seed: 1,
      say: (line) => lines.push(line),
    });
    expect(report.absent).toEqual(['regl-scatterplot', 'embedding-atlas']);
    expect(report.adapter).toMatch(/SwiftShader/i);
    expect(report.results).toHaveLength(1);
    const [ours] = report.results;
    expect(ours.refused).toBeNull();
    expect(ours.description).toContain('webgpu');
    expect(ours.firstPaint).toHaveLength(1);
    expect(ours.frames).toHaveLength(2);
    expect([...ours.firstPaint, ...ours.frames].every((time) => time > 0)).toBe(true);
    // The warm-up round is reported, but does not count.
    expect(lines).toHaveLength(2);
  });
});

describe('refuse', () => {
  const { positions } = benchPoints(5000, 1);
  const expected = inkOfPoints(positions, 800, 600);

  it('accepts a picture of the points, but not an empty one, a moved one, or one with too much ink', () => {
    const white = new Uint8Array(4 * 800 * 600).fill(255);
    expect(refuse(expected, expected)).toBeUndefined();
    expect(refuse(inkOf(white, 4, 800, 600), expected)).toBe('the picture is empty');
    expect(
      refuse(
        inkOf(
          white.map(() => 0),
          4,
          800,
          600,
        ),
        expected,
      ),
    ).toContain('times the ink');
    const moved = positions.map((value, i) => (i % 2 === 0 ? value + 0.4 : value));
    expect(refuse(inkOfPoints(moved, 800, 600), expected)).toContain('is like the points by');
  });
});
