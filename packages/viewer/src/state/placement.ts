import { meansOnMap } from '../data/means-on-map.ts';
import type { ClusteringData } from '../data/types.ts';

/** Where the points and the clusters are on a map, and what its axes are. */
export type Placement = Pick<ClusteringData, 'positions' | 'origin' | 'projection' | 'model'>;

/** A map that the reader chose; its clusters are at the means of their points. */
export type ChosenPlacement = Omit<Placement, 'model'>;

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
