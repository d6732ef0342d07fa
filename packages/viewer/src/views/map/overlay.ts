import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { ClusteringData, MapModel } from '../../data/types.ts';
import type { Area } from '../../interaction/area.ts';
import { outline } from '../../interaction/area.ts';
import { passingCounts } from '../../interaction/passing-data.ts';
import { project, visibleBounds, type Place, type Viewport } from '../../render/camera.ts';
import type { Camera } from '../../render/scatter.ts';
import type { ViewerState } from '../../state/viewer-state.ts';
import type { Theme } from '../../theme/theme.ts';
import { ellipseOf } from './ellipse.ts';
import { paletteOf } from './marks.ts';
import { css, readableOn, type Paint, type Shape } from './shapes.ts';

/** The most centroids that are drawn at a time: those of the largest clusters in view. */
const MOST_CENTROIDS = 400;
/** Where the values of axes are, in CSS pixels: above the foot of the map, and beside its left edge. */
const TICKS_ABOVE = 44;
const TICKS_FROM_LEFT = 26;
/** With more than this many in view, their marks are smaller. */
const CROWD = 40;

/** The camera. */
export interface Perspective {
  readonly camera: Camera;
  readonly viewport: Viewport;
}

/**
 * The model on the map: a mark for each centroid, with its number where there is room, and ellipses at one and two standard
 * deviations.
 */
export function modelShapes(
  data: ClusteringData,
  state: ViewerState,
  theme: Theme,
  { camera, viewport }: Perspective,
): Shape[] {
  // They are not the clusters that colors show.
  if (state.isPreviewing) return [];
  const palette = paletteOf(theme, data.clusters);
  const centroids = centroidsInView(data, { camera, viewport });
  const byCluster = state.colorBy === 'cluster';
  const radius = centroids.length > CROWD ? 8 : 10;
  const ring = theme.dark ? theme.text : theme.background;
  const ellipses: Shape[] = [];
  const marks: Shape[] = [];
  const { passing } = state;
  const passed = passing && passingCounts(data, passing);
  const numbered = withRoom(centroids, state.cluster, 2 * radius);
  for (const { cluster, x, y } of centroids) {
    const grayed =
      (byCluster && state.muted.has(cluster)) ||
      passed?.[cluster] === 0 ||
      (state.cluster !== undefined && state.cluster !== cluster);
    const opacity = grayed ? 0.35 : 1;
    const color = byCluster ? palette[cluster] : theme.text;
    ellipses.push(...ellipsesOf(data, cluster, { x, y }, camera, { stroke: color, opacity }));
    const chosen = state.cluster === cluster;
    const paint: Paint = {
      fill: byCluster ? color : theme.background,
      stroke: chosen ? theme.accent : byCluster ? ring : theme.text,
      width: chosen ? 3 : 1.5,
      opacity,
    };
    const hasRoom = numbered.has(cluster);
    const mark: Shape = { kind: 'circle', x, y, radius: hasRoom ? radius : 3.5, paint };
    if (!hasRoom) {
      // Below the numbers.
      marks.unshift(mark);
      continue;
    }
    marks.push(mark, {
      kind: 'text',
      x,
      y,
      text: String(cluster),
      size: radius + (cluster > 99 ? -1 : 1),
      paint: { fill: byCluster ? readableOn(color) : theme.text, opacity },
    });
  }
  return [...ellipses, ...marks];
}

/** Lines at round values of axes that are columns, and these values beside them. */
export function axisShapes(
  scales: NonNullable<ViewerState['scales']>,
  { text }: Theme,
  { camera, viewport }: Perspective,
): Shape[] {
  const { minX, maxX, minY, maxY } = visibleBounds(camera, viewport);
  const ends = [
    [minX, maxX],
    [minY, maxY],
  ];
  const line: Paint = { stroke: text, width: 1, opacity: 0.13 };
  return scales.flatMap(({ low, width, ticks }, axis) => {
    const [from, to] = ends[axis];
    return ticks(low + from * width, low + to * width).flatMap(({ value, text: words }): Shape[] => {
      const { x, y } = project(camera, viewport, (value - low) / width, (value - low) / width);
      const corners = axis === 0 ? [x, 0, x, viewport.height] : [0, y, viewport.width, y];
      const [textX, textY] = axis === 0 ? [x, viewport.height - TICKS_ABOVE] : [TICKS_FROM_LEFT, y - 7];
      return [
        { kind: 'polygon', corners, paint: line },
        { kind: 'text', x: textX, y: textY, text: words, size: 11, paint: { fill: text, opacity: 0.75 } },
      ];
    });
  });
}

/** The reader's actions: the area being drawn, a ring around the hovered point, and the keyboard's cross. */
export function cursorShapes(
  data: ClusteringData,
  theme: Theme,
  { camera, viewport }: Perspective,
  markSize: number,
  cursor: {
    readonly area: Area | undefined;
    readonly hovered: number | undefined;
    readonly cross: Place | undefined;
  },
): Shape[] {
  const shapes: Shape[] = [];
  if (cursor.area !== undefined) {
    const corners = outline(cursor.area);
    const places: number[] = [];
    for (let i = 0; i < corners.length; i += 2) {
      const { x, y } = project(camera, viewport, corners[i], corners[i + 1]);
      places.push(x, y);
    }
    shapes.push({
      kind: 'polygon',
      corners: places,
      paint: { fill: theme.accent, fillOpacity: 0.12, stroke: theme.accent, width: 1.5, dash: [5, 3] },
    });
  }
  if (cursor.hovered !== undefined) {
    const [px, py] = [data.positions[2 * cursor.hovered], data.positions[2 * cursor.hovered + 1]];
    if (Number.isFinite(px) && Number.isFinite(py)) {
      const { x, y } = project(camera, viewport, px, py);
      const radius = Math.max(7, markSize / 2 + 4);
      shapes.push(
        { kind: 'circle', x, y, radius, paint: { stroke: theme.background, width: 4.5 } },
        { kind: 'circle', x, y, radius, paint: { stroke: theme.text, width: 2 } },
      );
    }
  }
  if (cursor.cross !== undefined) {
    const { x, y } = project(camera, viewport, cursor.cross.x, cursor.cross.y);
    for (const paint of [
      { stroke: theme.background, width: 4 },
      { stroke: theme.text, width: 1.5 },
    ]) {
      shapes.push(
        { kind: 'polygon', corners: [x - 9, y, x + 9, y], paint },
        { kind: 'polygon', corners: [x, y - 9, x, y + 9], paint },
      );
    }
  }
  return shapes;
}

/** Shapes as parts of an SVG element in the page. */
export function shapeTemplate(shape: Shape): SVGTemplateResult {
  const { fill, fillOpacity, stroke, width, dash, opacity } = shape.paint;
  const fillText = fill === undefined ? 'none' : css(fill);
  const strokeText = stroke === undefined ? 'none' : css(stroke);
  const dashes = dash?.join(' ') ?? nothing;
  switch (shape.kind) {
    case 'circle':
      return svg`<circle cx=${shape.x} cy=${shape.y} r=${shape.radius} fill=${fillText} stroke=${strokeText}
        stroke-width=${width ?? nothing} opacity=${opacity ?? nothing} />`;
    case 'ellipse':
      return svg`<ellipse rx=${shape.rx} ry=${shape.ry} fill=${fillText} fill-opacity=${fillOpacity ?? nothing}
        transform="translate(${shape.x} ${shape.y}) rotate(${(shape.turn * 180) / Math.PI})" stroke=${strokeText}
        stroke-width=${width ?? nothing} stroke-dasharray=${dashes} opacity=${opacity ?? nothing} />`;
    case 'polygon':
      return svg`<polygon points=${shape.corners.join(' ')} fill=${fillText} fill-opacity=${fillOpacity ?? nothing}
        stroke=${strokeText} stroke-width=${width ?? nothing} stroke-dasharray=${dashes} stroke-linejoin="round"
        fill-rule="evenodd" opacity=${opacity ?? nothing} />`;
    case 'text':
      return svg`<text x=${shape.x} y=${shape.y} font-size=${shape.size} fill=${fillText} opacity=${opacity ?? nothing}
        text-anchor="middle" dominant-baseline="central">${shape.text}</text>`;
  }
}

interface CentroidInView extends Place {
  readonly cluster: number;
  /** Rows of the cluster. */
  readonly size: number;
}

/** The clusters whose marks do not lie on others: first the chosen one, then the largest, so that zooming in adds numbers. */
function withRoom(
  centroids: readonly CentroidInView[],
  chosen: number | undefined,
  apart: number,
): ReadonlySet<number> {
  const sizeOf = ({ cluster, size }: CentroidInView): number => (cluster === chosen ? Infinity : size);
  const placed: CentroidInView[] = [];
  for (const centroid of centroids.toSorted((a, b) => sizeOf(b) - sizeOf(a) || a.cluster - b.cluster)) {
    if (placed.every(({ x, y }) => Math.hypot(x - centroid.x, y - centroid.y) >= apart))
      placed.push(centroid);
  }
  return new Set(placed.map(({ cluster }) => cluster));
}

function centroidsInView(data: ClusteringData, { camera, viewport }: Perspective): CentroidInView[] {
  const { model } = data;
  if (model === undefined) return [];
  const inView: CentroidInView[] = [];
  for (let cluster = 0; cluster < data.clusters; cluster++) {
    const { x, y } = project(
      camera,
      viewport,
      model.centroids[2 * cluster],
      model.centroids[2 * cluster + 1],
    );
    const margin = 50 + reachOf(model, cluster) * camera.scale;
    // Comparisons with NaN are false.
    const near = x > -margin && y > -margin && x < viewport.width + margin && y < viewport.height + margin;
    if (near) inView.push({ cluster, x, y, size: data.summaries.at(cluster)?.size ?? 0 });
  }
  if (inView.length <= MOST_CENTROIDS) return inView;
  return inView.sort((a, b) => b.size - a.size).slice(0, MOST_CENTROIDS);
}

/** How far a cluster's ellipses may extend from its middle, in map units: the sum of the variances bounds the larger one. */
function reachOf({ covariances }: MapModel, cluster: number): number {
  if (covariances === undefined) return 0;
  const variance = covariances[3 * cluster] + covariances[3 * cluster + 2];
  return variance > 0 ? 2 * Math.sqrt(variance) : 0;
}

function ellipsesOf(
  { model }: ClusteringData,
  cluster: number,
  { x, y }: Place,
  { scale }: Camera,
  paint: Paint,
): Shape[] {
  const values = model?.covariances?.subarray(3 * cluster, 3 * cluster + 3);
  if (values?.length !== 3) return [];
  const axes = ellipseOf(values[0], values[1], values[2]);
  if (axes === undefined) return [];
  return [1, 2].map((deviations) => ({
    kind: 'ellipse',
    x,
    y,
    rx: deviations * axes.major * scale,
    ry: deviations * axes.minor * scale,
    turn: -axes.angle,
    paint: {
      ...paint,
      width: deviations === 1 ? 2 : 1.25,
      dash: deviations === 1 ? undefined : [6, 4],
      ...(deviations === 1 ? { fill: paint.stroke, fillOpacity: 0.07 } : {}),
    },
  }));
}
