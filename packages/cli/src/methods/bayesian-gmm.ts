import { BayesianMixture, bayesianMixtureKind } from '@shoal/core';
import { BAYESIAN } from './clusterings.ts';
import { ofPoints } from './of-points.ts';

export const bayesianMixtureMethod = ofPoints(
  BAYESIAN,
  bayesianMixtureKind,
  (settings) => new BayesianMixture(settings),
);
