import { bisectingKMeansKind } from '@shoal/core';
import { BISECTING } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const bisectingKMeansMethod = ofPoints(BISECTING, bisectingKMeansKind);
