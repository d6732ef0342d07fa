import { sizedKMeansKind } from '@shoal/core';
import { SIZED } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const sizedKMeansMethod = ofPoints(SIZED, sizedKMeansKind);
