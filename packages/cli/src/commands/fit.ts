import { countWithoutCluster } from '@shoal/core';
import { isDatasetName } from '@shoal/data';
import { RUN_FOLDER } from '@shoal/data/node';
import { profileText, type Recipe, type Table } from '@shoal/tables';
import { Option, type Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine, type OpenEngine } from '../engines.ts';
import { describeRun, type DescribedRun, type RunToDescribe } from '../describe-run.ts';
import { metricsOf } from '../fit-metrics.ts';
import { loadInput, recipeOfColumns, type Input } from '../input.ts';
import { fitFeatures } from '../methods/features.ts';
import { UsageError } from '../exit-codes.ts';
import { METHODS, methodNamed, rejectForeignOptions } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import { FEATURES, METHOD_OPTIONS, type FeatureName, type MethodOptions } from '../methods/options.ts';
import { addComputeOptions, commonOptions, SOURCE_HELP } from '../options.ts';
import { inOptions } from '../output/in-options.ts';
import { scoreRows } from '../output/score-rows.ts';
import { checkTableFile } from '../output-file.ts';
import { withOutputFolder, type OutputFolder } from '../output-folder.ts';
import { memoryOption } from '../parts/memory.ts';
import { fitParts } from '../parts/fit-parts.ts';
import { REDIS_VARIABLE } from '../parts/redis-address.ts';
import { prefixOption } from './worker.ts';
import { partedSource, type PartedInput, type PartedPlan } from '../parts/parted-source.ts';
import { checkWorkers, workersSource, type WorkersOptions } from '../parts/workers-source.ts';
import { readingOf } from '../read-options.ts';
import { rejectGiven } from '../reject-given.ts';
import { saveRun, type RunMetrics } from '../save-run.ts';
import { plainTable } from '../output/tables.ts';
import { chooseNumber, parseClustersChoice, type ClustersChoice } from '../tables/choose-number.ts';
import { columnsTable } from '../tables/columns-table.ts';
import { divideScaling, isColumnScaling, type Scaling } from '../tables/divide-scaling.ts';
import { addRecipeOptions } from '../tables/recipe-options.ts';
import { resultsOfRows, type RowResults } from '../tables/row-results.ts';

type FitCommandOptions = WorkersOptions &
  Omit<MethodOptions, 'clusters' | 'scaling'> & {
    readonly clusters?: ClustersChoice;
    readonly scaling?: Scaling;
    /** The file for the table with its clusters, `none`, or undefined for one in the run folder. */
    readonly assignments?: string;
    readonly output: string;
    readonly force?: boolean;
    readonly resume?: boolean;
    readonly report: boolean;
    readonly features: FeatureName;
  };

/** `shoal fit`: clusters points and writes a run folder. */
export function addFit(program: Command, context: CommandContext): void {
  const command = program
    .command('fit')
    .summary('cluster a dataset or file and write a run folder')
    .description(
      'Clusters the points and writes a run folder: the model, labels, metrics, history, and a report page.\n' +
        'A dataset with a test part is fitted on its training part; known classes are only used for scores.',
    )
    .argument('<source>', SOURCE_HELP)
    .addOption(
      new Option('-m, --method <name>', 'how to cluster')
        .choices(METHODS.map(({ name }) => name))
        .default('kmeans'),
    )
    .option(
      '-k, --clusters <n>',
      'number of clusters; auto, or a range such as 2..12, chooses one without classes; HDBSCAN and DBSCAN find it themselves',
      parseClustersChoice,
    )
    .option('-o, --output <folder>', 'run folder to write', 'run')
    .option('--force', 'replace the run folder if it exists')
    .option('--resume', 'go on with a fit in parts that was stopped, from its last state')
    .option('--no-report', 'do not write a report')
    .option(
      '--assignments <file>',
      'tables: where the rows with their clusters go, or none (default: assignments.csv or .parquet in the run folder)',
    )
    .addOption(
      new Option(
        '--features <name>',
        'of images: pixels, or oriented gradients, which depend more on shape than on brightness',
      )
        .choices([...FEATURES])
        .default('pixels'),
    );
  for (const make of Object.values(METHOD_OPTIONS)) command.addOption(make());
  addRecipeOptions(addComputeOptions(command))
    .addOption(memoryOption())
    .option(
      '--workers [url]',
      `k-means: fit on the workers of this Redis or Valkey; see shoal worker (default: ${REDIS_VARIABLE} of the environment)`,
    )
    .addOption(prefixOption())
    .addOption(commonOptions.seed())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal fit fashion-mnist -k 10 --metric cosine\n' +
        '  $ shoal fit penguins.csv -k 3 --label-column species\n' +
        '  $ shoal fit customers.parquet -k auto --exclude email --as region=category\n' +
        '  $ shoal fit points.csv -m gmm -k 5 --covariance-type diag -o mixture --json\n' +
        "  $ shoal fit fashion-mnist -k 1000 --init 'k-means||'\n" +
        '  $ shoal fit garments -m ae-gmm -k 10 --engine wasm -o garments-run\n' +
        '  $ shoal fit fashion-mnist -m n2d-cut -k 10 --features gradients\n',
    )
    .action(async (source: string, options: FitCommandOptions) => {
      await fit(source, options, context);
    });
}

async function fit(source: string, options: FitCommandOptions, context: CommandContext): Promise<void> {
  checkClusters(options);
  checkWorkers(options);
  rejectForeignOptions({ ...options, scaling: scalingToCheck(source, options) });
  await checkAssignments(source, options);
  if (options.recipe !== undefined && isColumnScaling(options.scaling)) {
    rejectGiven('a fit by --recipe, which says how columns are scaled', { '--scaling': options.scaling });
  }
  const wanted = { folder: options.output, replace: options.force ?? false, kind: RUN_FOLDER };
  await withOutputFolder(wanted, context, (output) => fitInto(output, source, options, context));
}

/** @throws {UsageError} when the number of clusters is missing, or given to a method that finds it */
function checkClusters({ method, clusters }: FitCommandOptions): void {
  if (methodNamed(method).findsClusters) {
    rejectGiven(`--method ${method}, which finds the number of clusters itself`, { '--clusters': clusters });
  } else if (clusters === undefined) {
    throw new UsageError(`--method ${method} needs the number of clusters: give -k N, or -k auto.`);
  }
}

/** @throws {UsageError} when the file for the rows cannot be written, is the input, or there are no rows to write */
async function checkAssignments(source: string, { assignments }: FitCommandOptions): Promise<void> {
  if (assignments === undefined || assignments === 'none') return;
  if (isDatasetName(source)) rejectGiven(`the dataset ${source}`, { '--assignments': assignments });
  await checkTableFile(assignments, { source });
}

/**
 * What `--scaling` says to the method, before the file is read. Every method takes what is done to the columns of a table.
 *
 * @throws {UsageError} when a dataset, which has no columns, cannot be scaled like that
 */
function scalingToCheck(source: string, { scaling }: FitCommandOptions): MethodOptions['scaling'] {
  const { rows, columns } = divideScaling(scaling, undefined);
  if (!isDatasetName(source)) return isColumnScaling(scaling) ? undefined : rows;
  if (columns !== undefined) rejectGiven(`the dataset ${source}`, { [`--scaling ${columns}`]: scaling });
  return rows;
}

async function fitInto(
  output: OutputFolder,
  source: string,
  options: FitCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { workers, init = workers ? 'k-means||' : undefined } = options;
  const parted = workers
    ? await workersSource(source, options, context)
    : await partedSource(source, options, partedPlanOf(options), context);
  if (parted !== undefined) {
    try {
      await fitInParts(output, parted, { ...options, init }, context);
    } finally {
      await parted.close();
    }
    return;
  }
  if (options.resume === true) {
    throw new UsageError(
      '--resume goes on with a fit in parts, but these points fit into the memory; leave it out.',
    );
  }
  const input = await loadFitInput(source, options, context);
  if (input.table?.weights !== undefined && methodNamed(options.method).weighted !== true) {
    throw new UsageError(
      `--method ${options.method} does not use weights, but the column of weights is one. Use kmeans or gmm, or leave --weight out.`,
    );
  }
  const { engine, adapter, threads, arithmetic } = options;
  const opened = await openEngine({ name: engine, adapter, threads, arithmetic }, context);
  let finished: FinishedFit | undefined;
  try {
    context.stderr(opened.reason);
    finished = await runFit(input, options, opened, context);
    const { fitted, metrics, history, rows } = finished;
    // The model and its labels first, so that the run is saved even when a later step fails.
    const run = {
      model: fitted.model.toState(),
      labels: rows.labels,
      metrics,
      history,
      recipe: input.table?.recipe.toState(),
    };
    const saved = await saveRun(output.folder, run, output, context);
    const described = await describeRun(saved.folder, { ...finished, input }, opened, options, context);
    context.endProgress();
    if (saved.moved === undefined) context.stderr(`Wrote ${output.folder}.`);
    context.stdout(
      options.json
        ? fitJson(described, input)
        : fitText(described, finished.rows.labels.length, context.width),
    );
    const lost = saved.moved ?? described.failure;
    if (lost !== undefined) throw lost;
  } finally {
    finished?.fitted.destroy();
    opened.destroy();
  }
}

/** Reads the input, and says what happens to the columns of a table. */
async function loadFitInput(
  source: string,
  options: FitCommandOptions,
  context: CommandContext,
): Promise<Input> {
  const { scaling, method } = options;
  const input = await loadInput(source, options, context, {
    scaling: (table) => divideScaling(scaling, table).columns,
    network: methodNamed(method).network,
  });
  if (input.table !== undefined) {
    const { table, recipe } = input.table;
    context.stderr(columnsTable(recipe, divideScaling(scaling, table).rows));
  }
  return input;
}

/** A fit, before anything is written. */
interface FinishedFit extends Omit<RunToDescribe, 'input'> {
  /** The labels of all rows of the input. */
  readonly rows: RowResults;
}

async function runFit(
  input: Input,
  options: FitCommandOptions,
  opened: OpenEngine,
  context: CommandContext,
): Promise<FinishedFit> {
  const { signal, progress: onProgress } = context;
  const startedAt = performance.now();
  const chosen = await settledOptions(input, options, opened, context);
  const { train, test, table } = input;
  const points = { ...train, weights: table?.weights, validation: test?.points };
  const fitted = await fitFeatures(points, chosen, opened, { signal, onProgress });
  const seconds = (performance.now() - startedAt) / 1000;
  context.endProgress();
  const { model } = fitted;
  const rows = table
    ? resultsOfRows(table.table.rows, table.rows, { labels: model.labels })
    : { labels: model.labels };
  for (const warning of model.warnings) context.stderr(`warning: ${inOptions(warning)}`);
  const { name, history: values } = model.objective;
  const metrics: RunMetrics = {
    ...metricsOf(model, opened, chosen, { seconds, command: context.command }),
    data: input.name,
    points: { rows: train.points.rows, columns: train.points.columns, image: train.imageShape },
    read: table && readingOf(options, table.table),
    features: options.features === 'pixels' ? undefined : options.features,
    withoutCluster: countWithoutCluster(rows.labels) || undefined,
  };
  return { fitted, metrics, history: { objective: { name, values }, ...trainingHistory(fitted) }, rows };
}

/** How points are read in parts, when they are: descriptions of images need them in one piece. */
function partedPlanOf(options: FitCommandOptions): PartedPlan {
  const { method, features, scaling, assignments = 'none', output, seed } = options;
  const isOfPixels = features === 'pixels';
  const isScaledByRows = divideScaling(scaling, undefined).columns === undefined;
  return {
    takesArrays: isOfPixels && isScaledByRows && assignments === 'none',
    recipe: isOfPixels ? (sample) => recipeOfSample(sample, options) : undefined,
    weights: methodNamed(method).weighted === true,
    output,
    seed,
  };
}

function recipeOfSample(sample: Table, options: FitCommandOptions): Promise<Recipe> {
  const { scaling, method } = options;
  return recipeOfColumns(sample, options, {
    scaling: (table) => divideScaling(scaling, table).columns,
    network: methodNamed(method).network,
  });
}

async function fitInParts(
  output: OutputFolder,
  input: PartedInput,
  options: FitCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { table } = input;
  const scaling = divideScaling(options.scaling, table?.recipe).rows;
  if (table !== undefined) context.stderr(columnsTable(table.recipe, scaling));
  const { metrics, rows } = await fitParts(output, input, { ...options, scaling }, context);
  context.stdout(
    options.json ? JSON.stringify(metrics, undefined, 2) : fitText({ metrics }, rows, context.width),
  );
}

/** The options of the method, with the number of clusters chosen, and without what the recipe of a table does already. */
async function settledOptions(
  { train, table }: Input,
  options: FitCommandOptions,
  opened: OpenEngine,
  context: CommandContext,
): Promise<MethodOptions> {
  const { clusters, scaling } = options;
  const own = { ...options, scaling: divideScaling(scaling, table?.table).rows };
  rejectForeignOptions(own);
  if (clusters === undefined || typeof clusters === 'number') return { ...own, clusters: clusters ?? 0 };
  const { clusters: chosen, why } = await chooseNumber(train.points, clusters, own, opened, context);
  context.stderr(why);
  return { ...own, clusters: chosen };
}

function trainingHistory({ autoencoder }: FittedModel): Record<string, readonly number[]> {
  return autoencoder === undefined
    ? {}
    : { loss: autoencoder.loss, validationLoss: autoencoder.validationLoss };
}

function fitJson({ metrics, profiles }: DescribedRun, { table }: Input): string {
  const { columns, scaling, notes } = table?.recipe ?? {};
  const { notes: read } = table?.table ?? {};
  return JSON.stringify({ ...metrics, read, columns, scaling, notes, profiles }, undefined, 2);
}

/** Nothing for methods that do not iterate. */
function iterationsText({ iterations, converged }: RunMetrics): string {
  return iterations === 0 ? '' : `, ${iterations} iterations (${converged ? 'converged' : 'not converged'})`;
}

/** @param points number of rows of the input */
function fitText({ metrics, profiles }: DescribedRun, points: number, width: number | undefined): string {
  const { data, method, clusters, objective, seconds, train, test } = metrics;
  const found = methodNamed(method).findsClusters ? 'found ' : '';
  const lines = [
    `${data}: ${method}, ${found}${clusters} clusters${iterationsText(metrics)}, ${seconds.toFixed(1)} s`,
    `${objective.name} ${objective.value.toPrecision(8)}`,
  ];
  if (metrics.withoutCluster !== undefined) {
    const share = (100 * metrics.withoutCluster) / points;
    lines.push(
      `${metrics.withoutCluster.toLocaleString('en')} points are in no cluster (${share.toFixed(1)} %)`,
    );
  }
  if (profiles !== undefined) lines.push(profileText(profiles, { width }));
  if (train !== undefined) lines.push(plainTable(['training points', ''], scoreRows(train)));
  if (test !== undefined) lines.push(plainTable(['test points', ''], scoreRows(test)));
  return lines.join('\n');
}
