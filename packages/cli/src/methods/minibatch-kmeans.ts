import { MiniBatchKMeans, miniBatchKMeansKind } from '@shoal/core';
import { MINIBATCH } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const miniBatchKMeansMethod = ofPoints(
  MINIBATCH,
  miniBatchKMeansKind,
  (settings) => new MiniBatchKMeans(settings),
);
