import { StateError } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { countOf, titleOf } from '../interaction/describe.ts';
import type { Grouping } from '../state/grouping.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { Theme } from '../theme/theme.ts';
import type { MapStage } from '../views/map/map-stage.ts';
import { axisShapes, modelShapes } from '../views/map/overlay.ts';
import type { Shape } from '../views/map/shapes.ts';
import { toPng } from './png.ts';
import { circlesOf, MOST_CIRCLES } from './svg-points.ts';
import { toSvg } from './svg.ts';

/** The map to export, as it is shown now. */
export interface ExportedMap {
  readonly state: ViewerState;
  readonly theme: Theme;
  readonly stage: MapStage;
  /** Whether centroids and ellipses are shown. */
  readonly model: boolean;
}

/** A map as text, and how its points are drawn. */
export interface ExportedSvg {
  readonly svg: string;
  /** For people: "Each of 300 points is a circle." */
  readonly description: string;
}

/** @throws {StateError} when there is no map yet @throws {InvalidArgumentError} when the browser cannot make the image */
export async function exportPng(map: ExportedMap): Promise<Blob> {
  const { scatter, viewport } = ready(map);
  await scatter.settled();
  return toPng(await scatter.snapshot(), viewport.width, shapesOf(map));
}

/**
 * Each point is a circle if there are at most 20,000 points in the picture and it shows neither density nor images;
 * otherwise the points are one embedded picture. Centroids and ellipses are always shapes.
 *
 * @throws {StateError} when there is no map yet
 */
export async function exportSvg(map: ExportedMap): Promise<ExportedSvg> {
  const { scatter, data, grouping, style, viewport, camera } = ready(map);
  const { stage, theme, state } = map;
  const { palette, marks, index, markSize } = stage;
  const isDots = !style.density && !scatter.showsPictures;
  const points = isDots ? index.visible(camera, viewport, markSize, MOST_CIRCLES) : undefined;
  const description =
    points === undefined
      ? `The points are one picture, ${isDots ? `as there are more than ${countOf(MOST_CIRCLES, 'point')}` : 'as they are shown by density or as images'}.`
      : `Each of ${countOf(points.length, 'point')} is a circle.`;
  const svg = toSvg({
    ...viewport,
    background: theme.background,
    title: titleOf(data),
    description: `Axes: ${data.projection}. ${description}`,
    points:
      points === undefined
        ? { kind: 'picture', address: await pictureAddress(map) }
        : circlesOf(data, points, camera, viewport, {
            labels: grouping.labels,
            marks,
            palette,
            style,
            markSize,
            sizes: state.sizing?.bytes,
          }),
    shapes: shapesOf(map),
  });
  return { svg, description };
}

async function pictureAddress(map: ExportedMap): Promise<string> {
  const { scatter } = ready(map);
  await scatter.settled();
  const bytes = new Uint8Array(await (await scatter.snapshot()).arrayBuffer());
  let binary = '';
  // In pieces, because the number of arguments of a call is limited.
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return `data:image/png;base64,${btoa(binary)}`;
}

function shapesOf(map: ExportedMap): Shape[] {
  const { state, theme, stage, model } = map;
  const { data } = state;
  return [
    ...(state.scales === undefined ? [] : axisShapes(state.scales, theme, stage)),
    ...(model && data !== undefined ? modelShapes(data, state, theme, stage) : []),
  ];
}

function ready({ stage, state }: ExportedMap): Required<Pick<MapStage, 'viewport' | 'camera'>> & {
  readonly scatter: NonNullable<MapStage['scatter']>;
  readonly style: NonNullable<MapStage['style']>;
  readonly data: ClusteringData;
  readonly grouping: Grouping;
} {
  const { scatter, style, viewport, camera } = stage;
  const { data, grouping } = state;
  if (scatter === undefined || style === undefined || data === undefined || grouping === undefined) {
    throw new StateError('There is no map to export yet: wait until the viewer shows data.');
  }
  return { scatter, style, data, grouping, viewport, camera };
}
