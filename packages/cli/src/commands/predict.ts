import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Matrix, type ModelState } from '@shoal/core';
import { readRun, writeTablePieces } from '@shoal/data/node';
import { Recipe } from '@shoal/tables';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine, type OpenEngine } from '../engines.ts';
import { accessing } from '../file-errors.ts';
import { loadInput } from '../input.ts';
import { checkResultFile, isNpy } from '../output-file.ts';
import { recoverInput } from '../output-folder.ts';
import { savedReading } from '../read-options.ts';
import { loadModel } from '../methods/features.ts';
import type { ModelWithMemory } from '../methods/method.ts';
import { addComputeOptions, commonOptions, SOURCE_HELP } from '../options.ts';
import { memoryOption } from '../parts/memory.ts';
import { assignedPieces, labelsOfAllRows, predictParts } from '../parts/part-results.ts';
import { partedSource, takesArrays, type PartedInput, type PartedOptions } from '../parts/parted-source.ts';
import type { TableInput } from '../tables/load-table.ts';
import { fitsOf } from '../tables/row-fits.ts';
import { resultsOfRows, type RowResults } from '../tables/row-results.ts';
import { usedColumns } from '../tables/used-columns.ts';
import { writeResults } from '../tables/write-results.ts';

interface PredictOptions extends PartedOptions {
  readonly split: 'train' | 'test';
  readonly output?: string;
}

/** `shoal predict`: labels points with the model of a run folder. */
export function addPredict(program: Command, context: CommandContext): void {
  const command = program
    .command('predict')
    .summary('label points with a saved model')
    .description(
      'Labels each row with its cluster in the saved model, or -1: one label a line, an NPY file, or the\n' +
        'rows themselves with a column more. Columns are found by their names, in any order.',
    )
    .argument('<run>', 'run folder that `shoal fit` wrote')
    .argument('<source>', SOURCE_HELP)
    .addOption(commonOptions.split('test'))
    .option(
      '-o, --output <file>',
      'write the labels to this .npy file, or the rows with their clusters to a .csv or .parquet file',
    );
  addComputeOptions(command)
    .addOption(memoryOption())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal predict run fashion-mnist -o test-labels.npy\n  $ shoal predict run new-points.csv -o labeled.csv\n',
    )
    .action(async (run: string, source: string, options: PredictOptions) => {
      await predict(run, source, options, context);
    });
}

async function predict(
  run: string,
  source: string,
  options: PredictOptions,
  context: CommandContext,
): Promise<void> {
  const { output, engine, adapter, threads, arithmetic } = options;
  if (output !== undefined) await checkResultFile(output, { source, run });
  await recoverInput(run, context);
  const {
    model: state,
    recipe: saved,
    metrics,
  } = await accessing(run, readRun(run, { signal: context.signal }));
  const recipe = saved && Recipe.fromState(saved);
  const reading = savedReading(metrics) ?? {};
  const plan = {
    takesArrays: takesArrays(recipe) && !wantsRows(output),
    recipe: recipe && (() => recipe),
    weights: false,
    output: output ?? join(tmpdir(), 'labels'),
  };
  const parted = await partedSource(source, { ...reading, ...options }, plan, context);
  if (parted !== undefined) {
    try {
      await predictInParts(state, parted, options, context);
    } finally {
      await parted.close();
    }
    return;
  }
  const input = await loadInput(source, options, context, {
    recipe,
    plain: recipe === undefined,
    defaults: savedReading(metrics),
    neededColumns: wantsRows(output) ? undefined : recipe && usedColumns(recipe),
  });
  const part = options.split === 'test' ? (input.test ?? input.train) : input.train;
  const opened = await openEngine({ name: engine, adapter, threads, arithmetic }, context);
  try {
    context.stderr(opened.reason);
    const model = await loadModel(state, opened);
    const results = await resultsOf(model, part.points, input.table, opened, context, wantsRows(output));
    model.destroy?.();
    context.endProgress();
    await writeResults(results, input.table, options, context);
  } finally {
    opened.destroy();
  }
}

/** Labels points in parts, one part after the other. */
async function predictInParts(
  state: ModelState,
  { points, table }: PartedInput,
  options: PredictOptions,
  context: CommandContext,
): Promise<void> {
  const { output, threads, arithmetic, engine } = options;
  const { signal, progress: onProgress, stderr, endProgress } = context;
  const opened = await openEngine({ name: engine, threads, arithmetic }, context);
  try {
    stderr(opened.reason);
    const model = await loadModel(state, opened);
    const labels = await predictParts(model, points, context);
    const all = table ? labelsOfAllRows(labels, table) : labels;
    if (table !== undefined && output !== undefined && wantsRows(output)) {
      const pieces = assignedPieces(table, labels, model, opened, context);
      await accessing(output, writeTablePieces(output, pieces, { signal, onProgress }));
      endProgress();
      stderr(`Wrote ${all.length} rows to ${output}.`);
    } else {
      endProgress();
      await writeResults({ labels: all }, undefined, options, context);
    }
    model.destroy?.();
  } finally {
    opened.destroy();
  }
}

/** Distances, probabilities and other columns are for tables; labels alone do not need them. */
function wantsRows(output: string | undefined): boolean {
  return output !== undefined && !isNpy(output);
}

/** Labels, one for each row of the input. */
async function resultsOf(
  model: ModelWithMemory,
  points: Matrix,
  table: TableInput | undefined,
  { engine }: OpenEngine,
  { signal }: CommandContext,
  withFits: boolean,
): Promise<RowResults> {
  const labels = await model.predict(points, { signal });
  const fits = withFits ? await fitsOf(model, points, labels, { engine, signal }) : undefined;
  return table === undefined
    ? { labels, fits }
    : resultsOfRows(table.table.rows, table.rows, { labels, fits });
}
