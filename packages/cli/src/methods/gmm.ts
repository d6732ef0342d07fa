import { GaussianMixture, mixtureKind } from '@shoal/core';
import { MIXTURE } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const mixtureMethod = ofPoints(MIXTURE, mixtureKind, (settings) => new GaussianMixture(settings));
