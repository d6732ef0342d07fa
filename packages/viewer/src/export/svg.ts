import type { Color } from '../render/scatter.ts';
import { css, type Paint, type Shape } from '../views/map/shapes.ts';

/** The points of an SVG: a circle for each, or one picture of all. */
export type SvgPoints =
  | {
      readonly kind: 'circles';
      /** Groups of points with the same fill and stroke, lowest first. */
      readonly layers: readonly {
        readonly paint: Paint;
        /** CSS pixels to add to the radius. */
        readonly wider: number;
        /** x, y, radius, x, y, radius, ... in CSS pixels. */
        readonly circles: readonly number[];
      }[];
    }
  /** Address of the picture, such as a data URL. */
  | { readonly kind: 'picture'; readonly address: string };

export interface SvgMap {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly background: Color;
  /** A heading, and a sentence that describes the map. */
  readonly title: string;
  readonly description: string;
  readonly points: SvgPoints;
  /** Drawn over the points. */
  readonly shapes: readonly Shape[];
}

/** Writes a map as one SVG file without references to other files. */
export function toSvg(map: SvgMap): string {
  const { width, height } = map;
  const size = `width="${number(width)}" height="${number(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${number(width)} ${number(height)}" role="img" data-points="${map.points.kind}">`,
    `<title>${escapeXml(map.title)}</title>`,
    `<desc>${escapeXml(map.description)}</desc>`,
    `<rect ${size}${attributes({ fill: map.background })}/>`,
    ...pointElements(map.points, size),
    `<g font-family="system-ui, sans-serif" font-weight="600" text-anchor="middle" dominant-baseline="central">`,
    ...map.shapes.map(shapeElement),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Text as the content of an element or an attribute; characters that XML forbids become U+FFFD. */
function escapeXml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- these are what XML forbids
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

function pointElements(points: SvgPoints, size: string): string[] {
  if (points.kind === 'picture') return [`<image ${size} href="${escapeXml(points.address)}"/>`];
  return points.layers.flatMap(({ paint, wider, circles }) => {
    const lines = [`<g${attributes(paint)}>`];
    for (let i = 0; i < circles.length; i += 3) {
      const [x, y, radius] = [circles[i], circles[i + 1], circles[i + 2] + wider];
      lines.push(`<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}"/>`);
    }
    lines.push('</g>');
    return lines;
  });
}

function shapeElement(shape: Shape): string {
  const paint = attributes(shape.paint);
  switch (shape.kind) {
    case 'circle':
      return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="${number(shape.radius)}"${paint}/>`;
    case 'ellipse': {
      const turn = number((shape.turn * 180) / Math.PI);
      const place = `translate(${number(shape.x)} ${number(shape.y)}) rotate(${turn})`;
      return `<ellipse rx="${number(shape.rx)}" ry="${number(shape.ry)}" transform="${place}"${paint}/>`;
    }
    case 'polygon':
      return `<polygon points="${shape.corners.map(number).join(' ')}" fill-rule="evenodd"${paint}/>`;
    case 'text':
      return `<text x="${number(shape.x)}" y="${number(shape.y)}" font-size="${number(shape.size)}"${paint}>${escapeXml(shape.text)}</text>`;
  }
}

function attributes({ fill, fillOpacity, stroke, width, dash, opacity }: Paint): string {
  const values = {
    fill: fill === undefined ? 'none' : css(fill),
    'fill-opacity': fillOpacity,
    stroke: stroke === undefined ? undefined : css(stroke),
    'stroke-width': width,
    'stroke-dasharray': dash?.join(' '),
    opacity,
  };
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`))
    .join('');
}

/** A number in plain decimal notation; hundredths of a pixel are enough. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
