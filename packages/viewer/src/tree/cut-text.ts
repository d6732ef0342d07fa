import { integer } from '../interaction/describe.ts';
import { quantity } from '../views/shared/format.ts';
import type { ViewCut } from './cut-tree.ts';

/** Where a tree was cut: "at distance 0.412", "into 7 clusters". */
export function cutText({ place, clusters }: Pick<ViewCut, 'place' | 'clusters'>): string {
  if ('radius' in place) return `at distance ${quantity(place.radius)}`;
  return `into ${integer(clusters)} ${clusters === 1 ? 'cluster' : 'clusters'}`;
}
