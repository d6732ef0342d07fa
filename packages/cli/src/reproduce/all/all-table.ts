import { format, type TextTable } from '../study-tables.ts';
import type { Spread } from '../scores.ts';
import type { EntrySummary } from './summarize-all.ts';

/** Explanations of the columns of the table of all methods. */
export function allTableNotes(methods: readonly EntrySummary[]): readonly string[] {
  return [
    'Accuracy, NMI (arithmetic), ARI and the pick are of the test images, which no method saw; pairs are accuracy / NMI.',
    'The pick is the run most like the others; the consensus is a vote of all seeds on the training images.',
    ...(anyPublished(methods)
      ? [
          'Published figures are of all 70,000 images, most of them the best of several runs: McConville et al., N2D, ICPR 2020.',
        ]
      : []),
  ];
}

/** One row per method. */
export function allTable(methods: readonly EntrySummary[]): TextTable {
  const withPublished = anyPublished(methods);
  const rows = methods.map(({ name, test, train, pick, consensus, published, seconds }) => [
    name,
    show(test.accuracy),
    show(test.nmi),
    show(test.ari),
    pairOf(pick?.test),
    pairOf({ accuracy: train.accuracy.mean, nmi: train.nmi.mean }),
    pairOf(consensus),
    seconds.mean.toFixed(0),
    ...(withPublished ? [pairOf(published)] : []),
  ]);
  const head = ['', 'accuracy', 'NMI', 'ARI', 'pick', 'training', 'consensus', 'seconds'];
  return { head: withPublished ? [...head, 'published'] : head, rows };
}

/** Accuracy / NMI, or a dash when there are none. */
export function pairOf(figures: { readonly accuracy: number; readonly nmi: number } | undefined): string {
  return figures ? `${figures.accuracy.toFixed(3)} / ${figures.nmi.toFixed(3)}` : '-';
}

/** Whether there are published figures. */
function anyPublished(methods: readonly EntrySummary[]): boolean {
  return methods.some(({ published }) => published !== undefined);
}

function show(score: Spread): string {
  return format(score.values.length > 1 ? score : score.mean, 3);
}
