import { meansOnMap } from '../data/means-on-map.ts';
import type { ClusteringData } from '../data/types.ts';
import type { Tick } from './grouping.ts';

/** Where the points and the clusters are on a map, and what its axes are. */
export type Placement = Pick<ClusteringData, 'positions' | 'origin' | 'projection' | 'model'>;

/** Values along an axis of a map, in its places. */
export interface AxisScale {
  readonly title: string;
  /** The value at 0, and how far the value at 1 is above it. */
  readonly low: number;
  readonly width: number;
  /** Round values of a range. */
  readonly ticks: (low: number, high: number) => readonly Tick[];
}

/** A map that the reader chose; its clusters are at the means of their points. */
export type ChosenPlacement = Omit<Placement, 'model'> & {
  /** Of a map whose axes are columns: across, and up. */
  readonly scales?: readonly [AxisScale, AxisScale] | undefined;
};

export function placementOf({ positions, origin, projection, model }: ClusteringData): Placement {
  return { positions, origin, projection, model };
}

/** The data on another map. */
export function placedOn(data: ClusteringData, placement: ChosenPlacement): ClusteringData {
  const { positions, origin, projection } = placement;
  const { model, labels, clusters } = data;
  return {
    ...data,
    positions,
    origin,
    projection,
    model: model && { kind: model.kind, centroids: meansOnMap(positions, labels, clusters) },
  };
}
