import { join } from 'node:path';
import type { FolderKind } from '@shoal/data/node';
import type { CommandContext } from '../context.ts';
import type { OutputFolder } from '../output-folder.ts';
import { REPORT_FILE } from '../report/pages.ts';
import { saveFiles } from '../save-files.ts';
import type { FolderMovedError } from '../save-folder.ts';
import { COLUMN_NAMES } from './columns.ts';
import { withReportFolder } from './report-folder.ts';
import type { ReproduceOptions } from './reproduce-options.ts';
import { studyText } from './study-text.ts';
import { runColumns } from './run-columns.ts';
import { summarize } from './summary.ts';
import { withImages } from './with-images.ts';

/** The default folder of a report. */
const OUTPUT = 'reproduction';
/** The file with the output of `--json`, beside the report; a folder with such a file may be replaced. */
const REPORT_FOLDER: FolderKind = { file: 'reproduction.json', format: 'shoal-reproduction' };

/** Runs every column for every seed and prints the outcome. */
export async function reproduce(options: ReproduceOptions, context: CommandContext): Promise<void> {
  const place = { folder: OUTPUT, kind: REPORT_FOLDER };
  await withReportFolder(options, place, context, (output) => reproduceInto(output, options, context));
}

/** @param output the folder of the report, if one is written */
async function reproduceInto(
  output: OutputFolder | undefined,
  options: ReproduceOptions,
  context: CommandContext,
): Promise<void> {
  const report = output !== undefined;
  await withImages(options, context, async ({ images, opened, request, seeds, seconds }) => {
    const { train, test } = images;
    const jobs = seeds.flatMap((seed) =>
      COLUMN_NAMES.map((column) => ({ column, seed, report, train, test })),
    );
    const runs = await runColumns(jobs, request, opened, context.signal, context.progress);
    context.endProgress();
    const summary = summarize(runs, {
      dataset: images.name,
      fallback: images.fallback,
      trainImages: train.points.rows,
      testImages: test.points.rows,
      seconds: seconds(),
    });
    const json = JSON.stringify({ format: REPORT_FOLDER.format, ...summary }, undefined, 2);
    let moved: FolderMovedError | undefined;
    if (output !== undefined) {
      const { studyReport } = await import('./study-report.ts');
      const files = { [REPORT_FOLDER.file]: `${json}\n`, ...(await studyReport(summary, runs, test)) };
      moved = await saveFiles(output, 'reproduction', files, context);
    }
    context.stdout(options.json ? json : studyText(summary, test.classNames));
    if (moved !== undefined) throw moved;
    if (output !== undefined) context.stderr(`Open ${join(output.folder, REPORT_FILE)} in a browser.`);
  });
}
