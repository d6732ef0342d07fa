import { renderReport, type ReportSection } from '@shoal/viewer/report';
import { allTable, allTableNotes, pairOf } from './all-table.ts';
import { titleOf } from './entries.ts';
import type { EntryRun } from './run-entry.ts';
import type { AllSummary, EntrySummary } from './summarize-all.ts';
import type { LabeledSplit } from '../labeled-split.ts';
import { FALLBACK_NOTE } from '../study-figures.ts';
import { headline } from '../study-tables.ts';
import { confusionMatrix, REPORT_FILE, sharedImages, viewerScript } from '../../report/pages.ts';
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
    lead: [headline(summary), ...(summary.fallback ? [FALLBACK_NOTE] : []), ...allTableNotes(methods)],
    sections: [
      {
        heading: 'All methods',
        tables: [{ caption: 'Scores', ...allTable(methods) }],
        paragraphs: consensusOfAll ? [`A vote of all methods and seeds: ${pairOf(consensusOfAll)}.`] : [],
      },
      ...picked.map((run): ReportSection => {
        const { seed, test: scores, view } = run;
        const caption = `Test images, seed ${seed}: rows are classes, columns clusters`;
        return {
          heading: titleOf(run.entry),
          matrices: [confusionMatrix(caption, scores, test.classNames)],
          views: view ? [{ heading: 'Clusters of the test images', data: { ...view, images } }] : [],
        };
      }),
    ],
    footer: `Written by Shoal ${VERSION}. ${engine}; ${seconds.toFixed(0)} s in all.`,
  };
  return { [REPORT_FILE]: await renderReport(report, await viewerScript()) };
}

/** The run that was picked without using classes; with one seed, the only run. */
function pickOf({ name, pick }: EntrySummary, runs: readonly EntryRun[]): EntryRun {
  const own = runs.filter(({ entry }) => entry.name === name);
  return own.find(({ seed }) => seed === pick?.seed) ?? own[0];
}
