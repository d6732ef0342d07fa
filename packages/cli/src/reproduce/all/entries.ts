import { methodNamed } from '../../methods/index.ts';
import type { FeatureName } from '../../methods/options.ts';

/** A published figure for Fashion-MNIST, and its source. */
export interface PublishedFigure {
  readonly accuracy: number;
  readonly nmi: number;
  readonly source: string;
}

/** A method in the table of all methods. */
export interface Entry {
  /** Its name in `--methods`: the method, with `+gradients` when images are described by their gradients. */
  readonly name: string;
  readonly method: string;
  readonly features: FeatureName;
  /** Published scores of the same method on pixels; absent when there are none. */
  readonly published?: PublishedFigure | undefined;
}

/** By method, on all 70,000 images unless the source says otherwise. Most are the best of several runs. */
const PUBLISHED: Readonly<Record<string, PublishedFigure | undefined>> = {
  kmeans: { accuracy: 0.474, nmi: 0.512, source: 'McConville et al. 2020' },
  dec: { accuracy: 0.518, nmi: 0.546, source: 'McConville et al. 2020' },
  idec: { accuracy: 0.529, nmi: 0.557, source: 'McConville et al. 2020' },
  vade: { accuracy: 0.578, nmi: 0.63, source: 'McConville et al. 2020' },
  n2d: { accuracy: 0.672, nmi: 0.684, source: 'McConville et al. 2020' },
};

/** All that `reproduce --all` runs, in this order. */
export const ENTRIES: readonly Entry[] = (
  [
    ['kmeans', 'pixels'],
    ['ae-kmeans', 'pixels'],
    ['ae-gmm', 'pixels'],
    ['umap-kmeans', 'pixels'],
    ['umap-gmm', 'pixels'],
    ['umap-cut', 'pixels'],
    ['n2d', 'pixels'],
    ['n2d-cut', 'pixels'],
    ['dec', 'pixels'],
    ['idec', 'pixels'],
    ['vade', 'pixels'],
    ['kmeans', 'gradients'],
    ['umap-gmm', 'gradients'],
    ['umap-cut', 'gradients'],
    ['n2d', 'gradients'],
    ['n2d-cut', 'gradients'],
    ['dec', 'gradients'],
    ['idec', 'gradients'],
    ['vade', 'gradients'],
  ] as const
).map(([method, features]) => ({
  name: features === 'gradients' ? `${method}+gradients` : method,
  method,
  features,
  published: features === 'pixels' ? PUBLISHED[method] : undefined,
}));

/** The name of an entry in a report. */
export function titleOf({ method, features }: Entry): string {
  return `${methodNamed(method).title}${features === 'gradients' ? ', of oriented gradients' : ''}`;
}
