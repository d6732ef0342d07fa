import { KMeans, kmeansKind } from '@shoal/core';
import { KMEANS } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const kmeansMethod = ofPoints(KMEANS, kmeansKind, (settings) => new KMeans(settings));
