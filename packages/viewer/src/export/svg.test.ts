import { describe, expect, it } from 'vitest';
import { toSvg, type SvgMap } from './svg.ts';

const map: SvgMap = {
  width: 100,
  height: 50.5,
  background: [255, 255, 255],
  title: 'A & B <script>\u0000"',
  description: 'one\uD800two',
  points: {
    kind: 'circles',
    layers: [{ paint: { fill: [255, 0, 0] }, wider: 1, circles: [1, 2, 2, 3.14159, 1e-9, 2] }],
  },
  shapes: [
    {
      kind: 'ellipse',
      x: 1,
      y: 2,
      rx: 3,
      ry: 4,
      turn: Math.PI / 2,
      paint: { stroke: [0, 0, 255], width: 2 },
    },
    { kind: 'text', x: 1, y: 2, size: 10, text: '</text><b>', paint: { fill: [0, 0, 0] } },
    { kind: 'polygon', corners: [0, 0, 1, 0, 1, 1], paint: { dash: [2, 3], opacity: 0.5 } },
  ],
};

describe('toSvg', () => {
  const svg = toSvg(map);

  it('writes each point as a circle, in plain decimals', () => {
    expect(svg).toContain('<circle cx="1" cy="2" r="3"/>');
    expect(svg).toContain('<circle cx="3.14" cy="0" r="3"/>');
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });

  it('writes shapes with fill and stroke', () => {
    expect(svg).toContain('transform="translate(1 2) rotate(90)"');
    expect(svg).toContain('stroke-dasharray="2 3"');
    expect(svg).toContain('opacity="0.5"');
  });

  it('escapes texts, and replaces characters that XML forbids', () => {
    expect(svg).toContain('<title>A &amp; B &lt;script&gt;\uFFFD&quot;</title>');
    expect(svg).toContain('<desc>one\uFFFDtwo</desc>');
    expect(svg).toContain('&lt;/text&gt;&lt;b&gt;</text>');
    expect(svg).not.toContain('<script');
  });

  it('embeds many points as one picture', () => {
    const picture = toSvg({ ...map, points: { kind: 'picture', address: 'data:image/png;base64,AA==' } });
    expect(picture).toContain('href="data:image/png;base64,AA=="');
    expect(picture).not.toContain('<circle');
  });
});
