import { forEachPart, type Matrix, type ModelState } from '@shoal/core';
import { readRun, type PartedFile } from '@shoal/data/node';
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
import { partedSource, type PartedOptions } from '../parts/parted-source.ts';
import type { TableInput } from '../tables/load-table.ts';
import { fitsOf } from '../tables/row-fits.ts';
import { resultsOfRows, type RowResults } from '../tables/row-results.ts';
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
  const parted = takesArrays(recipe) ? await partedSource(source, options, context) : undefined;
  if (parted !== undefined) return predictParts(state, parted, options, context);
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

/** Whether the points of a model are the rows of an array as they are. */
function takesArrays(recipe: Recipe | undefined): boolean {
  if (recipe === undefined) return true;
  const [first] = recipe.columns;
  return recipe.columns.length === 1 && first.type === 'vector' && recipe.scaling.kind === 'none';
}

/** Labels points in parts, one part after the other. */
async function predictParts(
  state: ModelState,
  { points }: PartedFile,
  options: PredictOptions,
  context: CommandContext,
): Promise<void> {
  const { threads, arithmetic, engine } = options;
  const { signal, progress: onProgress } = context;
  const opened = await openEngine({ name: engine, threads, arithmetic }, context);
  try {
    context.stderr(opened.reason);
    const model = await loadModel(state, opened);
    const labels = new Uint32Array(points.rows);
    let done = 0;
    await forEachPart(points, signal, async (part, start) => {
      labels.set(await model.predict(part, { signal }), start);
      onProgress({ phase: 'predicting', completed: ++done, total: points.parts.length });
    });
    model.destroy?.();
    context.endProgress();
    await writeResults({ labels }, undefined, options, context);
  } finally {
    opened.destroy();
  }
}

/** The names of the columns that become points. */
function usedColumns({ columns }: Recipe): readonly string[] {
  return columns.filter(({ use }) => use === 'used').map(({ name }) => name);
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
