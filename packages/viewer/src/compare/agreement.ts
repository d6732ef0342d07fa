import { adjustedRandIndex, clusteringAccuracy, normalizedMutualInformation } from '@shoal/core';
import { html, type TemplateResult } from 'lit';
import { contingencyOf } from '../data/contingency.ts';
import type { Classes } from '../data/types.ts';
import { percent } from '../views/shared/format.ts';

/**
 * How far two runs agree: a list of scores.
 *
 * @param classes the clusters of one run, counted in those of the other
 * @param clusters number of clusters of the other
 * @param more further numbers
 */
export function agreementTemplate(
  classes: Classes,
  clusters: number,
  more: readonly (readonly [name: string, title: string, value: string])[],
): TemplateResult {
  const table = contingencyOf(classes, clusters);
  const scores = [
    ['ARI', 'Adjusted Rand index', adjustedRandIndex.fromContingency(table).toFixed(3)],
    ['NMI', 'Normalized mutual information', normalizedMutualInformation.fromContingency(table).toFixed(3)],
    [
      'In matched clusters',
      'Share of rows in the cluster that is matched to theirs, one to one',
      percent(clusteringAccuracy.fromContingency(table)),
    ],
    ...more,
  ];
  return html`<dl class="scores" part="agreement">
    ${scores.map(
      ([name, title, value]) =>
        html`<div title=${title}>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
