import type { FolderKind } from '@shoal/data/node';
import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import type { CommandContext } from '../context.ts';
import { openEngine, type EngineName } from '../engines.ts';
import type { OutputFolder } from '../output-folder.ts';
import { saveFiles } from '../save-files.ts';
import type { FolderMovedError } from '../save-folder.ts';
import { COLUMN_NAMES } from './columns.ts';
import { loadImages } from './load-images.ts';
import { withReportFolder, type ReportOptions } from './report-folder.ts';
import { studyText } from './study-text.ts';
import { runColumns } from './run-columns.ts';
import { summarize } from './summary.ts';

/** Options of `shoal reproduce`. */
export interface ReproduceOptions extends ReportOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly arithmetic?: ArithmeticChoice;
  readonly seed: number;
  readonly seeds: number;
  readonly dataset?: 'fashion-mnist' | 'garments';
  readonly limit?: number;
  readonly dataDir?: string;
  readonly download: boolean;
  readonly json?: boolean;
}

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
  const { signal } = context;
  const startedAt = performance.now();
  const report = output !== undefined;
  const images = await loadImages(options, context);
  const { engine: name, adapter, arithmetic } = options;
  const request = { name, adapter, arithmetic };
  const opened = await openEngine(request, context);
  try {
    context.stderr(opened.reason);
    const jobs = Array.from({ length: options.seeds }, (_, i) => options.seed + i).flatMap((seed) =>
      COLUMN_NAMES.map((column) => ({ column, seed, report, train: images.train, test: images.test })),
    );
    const runs = await runColumns(jobs, request, opened, signal, context.progress);
    context.endProgress();
    const summary = summarize(runs, {
      dataset: images.name,
      fallback: images.fallback,
      trainImages: images.train.points.rows,
      testImages: images.test.points.rows,
      seconds: (performance.now() - startedAt) / 1000,
    });
    const json = JSON.stringify({ format: REPORT_FOLDER.format, ...summary }, undefined, 2);
    let moved: FolderMovedError | undefined;
    if (output !== undefined) {
      const { studyReport } = await import('./study-report.ts');
      const files = {
        [REPORT_FOLDER.file]: `${json}\n`,
        ...(await studyReport(summary, runs, images.test)),
      };
      moved = await saveFiles(output, 'reproduction', files, context);
    }
    context.stdout(options.json ? json : studyText(summary, images.test.classNames));
    if (moved !== undefined) throw moved;
  } finally {
    opened.destroy();
  }
}
