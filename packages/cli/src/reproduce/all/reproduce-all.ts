import type { FolderKind } from '@shoal/data/node';
import type { CommandContext } from '../../context.ts';
import { UsageError } from '../../exit-codes.ts';
import type { OutputFolder } from '../../output-folder.ts';
import { saveFiles } from '../../save-files.ts';
import type { FolderMovedError } from '../../save-folder.ts';
import { plainTable } from '../../output/tables.ts';
import { withReportFolder } from '../report-folder.ts';
import { headline } from '../study-tables.ts';
import type { ReproduceOptions } from '../reproduce-options.ts';
import { withImages } from '../with-images.ts';
import { allTable, allTableNotes, pairOf } from './all-table.ts';
import { ENTRIES, type Entry } from './entries.ts';
import { runEntry, type EntryRun } from './run-entry.ts';
import { consensusOf, summarizeEntry, type AllSummary, type EntrySummary } from './summarize-all.ts';

/** The default folder of a report. */
const OUTPUT = 'reproduction-all';
/** The file with the output of `--json`, beside the report; a folder with such a file may be replaced. */
const REPORT_FOLDER: FolderKind = { file: 'reproduction-all.json', format: 'shoal-reproduction-all' };

/** Runs every method for every seed and prints one table of all. */
export async function reproduceAll(
  options: ReproduceOptions & { readonly methods?: readonly string[] | undefined },
  context: CommandContext,
): Promise<void> {
  const named = entriesNamed(options.methods);
  const place = { folder: OUTPUT, kind: REPORT_FOLDER };
  await withReportFolder(options, place, context, (output) => reproduceInto(output, named, options, context));
}

/** @param output the folder of the report, if one is written */
async function reproduceInto(
  output: OutputFolder | undefined,
  named: readonly Entry[],
  options: ReproduceOptions,
  context: CommandContext,
): Promise<void> {
  const { signal } = context;
  const report = output !== undefined;
  await withImages(options, context, async ({ images, opened, seeds, seconds }) => {
    // The published scores are those of Fashion-MNIST.
    const entries =
      images.name === 'fashion-mnist' ? named : named.map((entry) => ({ ...entry, published: undefined }));
    const runs: EntryRun[] = [];
    const total = 1000 * entries.length * seeds.length;
    for (const entry of entries) {
      for (const seed of seeds) {
        const before = 1000 * runs.length;
        const run = await runEntry(entry, seed, images, opened, {
          report,
          signal,
          onProgress: ({ phase, completed, total: all, message = '' }) => {
            const share = all ? Math.min(1, completed / all) : 0;
            const what = `${entry.name}, seed ${seed}: ${phase} ${message}`;
            context.progress({
              phase: 'reproduce',
              completed: before + Math.floor(999 * share),
              total,
              message: what,
            });
          },
        });
        runs.push(run);
        context.endProgress();
        const { accuracy, nmi } = run.test;
        context.stderr(
          `${entry.name}, seed ${seed}: accuracy ${accuracy.toFixed(4)}, NMI ${nmi.arithmetic.toFixed(4)} (test), ${run.seconds.toFixed(0)} s`,
        );
      }
    }
    const summaries: EntrySummary[] = [];
    for (const { name } of entries) {
      const own = runs.filter(({ entry }) => entry.name === name);
      summaries.push(await summarizeEntry(own, images.train, signal));
    }
    const summary: AllSummary = {
      dataset: images.name,
      fallback: images.fallback,
      trainImages: images.train.points.rows,
      testImages: images.test.points.rows,
      seeds,
      engine: `${opened.engine.name} on ${opened.engine.info.device}`,
      seconds: seconds(),
      methods: summaries,
      consensusOfAll: runs.length > 1 ? await consensusOf(runs, images.train, signal) : undefined,
    };
    const json = JSON.stringify({ format: REPORT_FOLDER.format, ...summary }, undefined, 2);
    let moved: FolderMovedError | undefined;
    if (output !== undefined) {
      const { allReport } = await import('./all-report.ts');
      const files = { [REPORT_FOLDER.file]: `${json}\n`, ...(await allReport(summary, runs, images.test)) };
      moved = await saveFiles(output, 'reproduction', files, context);
    }
    context.stdout(options.json ? json : textOf(summary));
    if (moved !== undefined) throw moved;
  });
}

/** @throws {UsageError} when a name is not that of an entry */
function entriesNamed(names: readonly string[] | undefined): readonly Entry[] {
  if (names === undefined) return ENTRIES;
  return names.map((name) => {
    const found = ENTRIES.find((entry) => entry.name === name);
    if (found) return found;
    throw new UsageError(
      `--methods takes some of ${ENTRIES.map((entry) => entry.name).join(', ')}; got "${name}".`,
    );
  });
}

function textOf(summary: AllSummary): string {
  const { engine, seconds, methods, consensusOfAll } = summary;
  const { head, rows } = allTable(methods);
  return [
    `Shoal: ${headline(summary)}`,
    plainTable(head, rows),
    ...allTableNotes(methods).map((note) => `  ${note}`),
    ...(consensusOfAll ? [`  A vote of all methods and seeds: ${pairOf(consensusOfAll)}.`] : []),
    `  Engine: ${engine}. ${seconds.toFixed(0)} s in all.`,
  ].join('\n');
}
