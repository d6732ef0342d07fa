import { renderReport, type ReportChart, type ReportSection } from '@shoal/viewer/report';
import { allTable, allTableNotes, pairOf } from './all-table.ts';
import { titleOf } from './entries.ts';
import type { EntryRun } from './run-entry.ts';
import type { AllSummary, EntrySummary } from './summarize-all.ts';
import type { LabeledSplit } from '../labeled-split.ts';
import { FALLBACK_NOTE } from '../study-figures.ts';
import { format, headline } from '../study-tables.ts';
import { confusionMatrix, REPORT_FILE, sharedImages, viewerScript } from '../../report/pages.ts';
import { SCORE_MEANINGS } from '../../report/score-section.ts';
import { VERSION } from '../../version.ts';

/**
 * The report of all methods, by its file name: one table, and the clusters that each finds in the test images.
 *
 * @param runs all of them, with their views; the picked ones are shown
 */
export async function allReport(
  summary: AllSummary,
  runs: readonly EntryRun[],
  test: LabeledSplit,
): Promise<Record<string, string>> {
  const { methods, consensusOfAll, engine, seconds } = summary;
  const picked = methods.map((method) => pickOf(method, runs));
  const images = sharedImages(
    picked.flatMap(({ view }) => view ?? []),
    test,
  );
  const report = {
    title: `Every method on ${summary.dataset}`,
    lead: [
      `Every method of Shoal grouped the images, without their classes: ${headline(summary)}.`,
      bestSentence(methods),
      SCORE_MEANINGS.accuracy,
      ...(summary.fallback ? [FALLBACK_NOTE] : []),
    ],
    sections: [
      {
        heading: 'All methods',
        paragraphs: [
          `How many of the test images are in the cluster of their class.${methods.some(({ published }) => published) ? ' Gray bars are published figures.' : ''}`,
          ...(consensusOfAll ? [`A vote of all methods and seeds: ${pairOf(consensusOfAll)}.`] : []),
        ],
        charts: [accuracyChart(methods)],
        details: {
          summary: 'All scores',
          paragraphs: allTableNotes(methods),
          tables: [{ caption: 'Scores of every method', ...allTable(methods) }],
        },
      },
      ...picked.map((run): ReportSection => {
        const { seed, test: scores, view } = run;
        const caption = `Test images, seed ${seed}: rows are classes, columns clusters`;
        return {
          heading: titleOf(run.entry),
          paragraphs: [
            `Clusters of the test images: accuracy ${scores.accuracy.toFixed(3)}, NMI ${scores.nmi.arithmetic.toFixed(3)}, ARI ${scores.ari.toFixed(3)}.`,
          ],
          views: view ? [{ heading: 'Clusters of the test images', data: { ...view, images } }] : [],
          details: {
            summary: 'Which class is in which cluster',
            matrices: [confusionMatrix(caption, scores, test.classNames)],
          },
        };
      }),
    ],
    footer: `Written by Shoal ${VERSION}. ${engine}; ${seconds.toFixed(0)} s in all.`,
  };
  return { [REPORT_FILE]: await renderReport(report, await viewerScript()) };
}

function bestSentence(methods: readonly EntrySummary[]): string {
  const [best] = methods.toSorted((a, b) => b.test.accuracy.mean - a.test.accuracy.mean);
  return `The greatest accuracy on the test images is ${best.test.accuracy.mean.toFixed(3)}, by ${best.name}.`;
}

function accuracyChart(methods: readonly EntrySummary[]): ReportChart {
  return {
    caption: 'Accuracy on the test images',
    groups: methods.map(({ name, test: { accuracy }, published }) => ({
      name,
      bars: [
        {
          name: 'Shoal',
          value: accuracy.mean,
          text: format(accuracy.values.length > 1 ? accuracy : accuracy.mean, 3),
        },
        ...(published
          ? [
              {
                name: published.source,
                value: published.accuracy,
                text: published.accuracy.toFixed(3),
                isReference: true,
              },
            ]
          : []),
      ],
    })),
  };
}

/** The run that was picked without using classes; with one seed, the only run. */
function pickOf({ name, pick }: EntrySummary, runs: readonly EntryRun[]): EntryRun {
  const own = runs.filter(({ entry }) => entry.name === name);
  return own.find(({ seed }) => seed === pick?.seed) ?? own[0];
}
