import type { CommandContext } from '../context.ts';
import { openEngine, type EngineName } from '../engines.ts';
import { COLUMN_NAMES } from './columns.ts';
import { loadImages } from './load-images.ts';
import { reportText } from './report-text.ts';
import { runColumns } from './run-columns.ts';
import { summarise } from './summary.ts';

/** Options of `shoal reproduce`. */
export interface ReproduceOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly seed: number;
  readonly seeds: number;
  readonly dataset?: 'fashion-mnist' | 'garments';
  readonly limit?: number;
  readonly dataDir?: string;
  readonly download: boolean;
  readonly json?: boolean;
}

/** Runs every column for every seed and prints the outcome. */
export async function reproduce(options: ReproduceOptions, context: CommandContext): Promise<void> {
  const { signal } = context;
  const startedAt = performance.now();
  const images = await loadImages(options, context);
  const request = { name: options.engine, adapter: options.adapter };
  const opened = await openEngine(request, context);
  try {
    context.stderr(opened.reason);
    const jobs = Array.from({ length: options.seeds }, (_, i) => options.seed + i).flatMap((seed) =>
      COLUMN_NAMES.map((column) => ({ column, seed, train: images.train, test: images.test })),
    );
    const runs = await runColumns(jobs, request, opened, signal, context.progress);
    context.endProgress();
    const summary = summarise(runs, {
      dataset: images.name,
      fallback: images.fallback,
      trainImages: images.train.points.rows,
      testImages: images.test.points.rows,
      seconds: (performance.now() - startedAt) / 1000,
    });
    context.stdout(
      options.json ? JSON.stringify(summary, undefined, 2) : reportText(summary, images.classNames),
    );
  } finally {
    opened.destroy();
  }
}
