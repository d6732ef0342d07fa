import type { JsonValue } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { integer } from '../interaction/describe.ts';
import { percent, quantity } from '../views/shared/format.ts';

/** An important number. */
export interface KeyMetric {
  readonly name: string;
  readonly value: string;
}

type Json = Readonly<Record<string, JsonValue>>;

/** The numbers of points and clusters, the objective, and the match of clusters with classes if it was scored. */
export function keyMetrics({ total, clusters, metrics }: ClusteringData): readonly KeyMetric[] {
  const objective = objectAt(metrics, 'objective');
  // `shoal fit` keeps scores for each part of the data; the viewer shows those of the fitted part.
  const scores = objectAt(metrics, 'train') ?? metrics;
  const nmi = numberAt(objectAt(scores, 'nmi') ?? {}, 'arithmetic') ?? numberAt(scores, 'nmi');
  const name = objective?.['name'];
  return [
    { name: 'Points', value: integer(total) },
    { name: 'Clusters', value: integer(clusters) },
    ...metric(
      typeof name === 'string' ? capitalized(name) : '',
      numberAt(objective ?? {}, 'value'),
      quantity,
    ),
    ...metric('Inertia', numberAt(metrics, 'inertia'), quantity),
    ...metric('Accuracy', numberAt(scores, 'accuracy'), percent),
    ...metric('NMI', nmi, (value) => value.toFixed(3)),
    ...metric('ARI', numberAt(scores, 'ari'), (value) => value.toFixed(3)),
    ...metric('Silhouette', numberAt(scores, 'silhouette'), (value) => value.toFixed(3)),
  ];
}

function metric(
  name: string,
  value: number | undefined,
  format: (value: number) => string,
): readonly KeyMetric[] {
  return value === undefined || name === '' ? [] : [{ name, value: format(value) }];
}

function objectAt(values: Json, name: string): Json | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function numberAt(values: Json, name: string): number | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
