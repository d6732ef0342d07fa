import {
  CLUSTERER_KINDS,
  sweep,
  SWEEP_CRITERIA,
  type CovarianceType,
  type Engine,
  type KMeansMetric,
  type Linkage,
  type Matrix,
  type RowScalingKind,
  type SweepCriterion,
} from '@shoal/core';
import { kindNamed } from '@shoal/core/model-kit';
import type { FolderKind } from '@shoal/data/node';
import { RECIPE_SCALINGS } from '@shoal/tables';
import { Option, type Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { loadInput } from '../input.ts';
import { methodNamed } from '../methods/index.ts';
import { METHOD_OPTIONS } from '../methods/options.ts';
import {
  addComputeOptions,
  commonOptions,
  SOURCE_HELP,
  wholeNumber,
  type ComputeOptions,
} from '../options.ts';
import { withOutputFolder, type OutputFolder } from '../output-folder.ts';
import { saveFiles } from '../save-files.ts';
import { rejectGiven } from '../reject-given.ts';
import { scalingOption } from '../scaling-option.ts';
import { columnsTable } from '../tables/columns-table.ts';
import { divideScaling, type Scaling } from '../tables/divide-scaling.ts';
import { addRecipeOptions } from '../tables/recipe-options.ts';
import { parseClusters, parseSizes } from '../sweep/parse-clusters.ts';
import { SIZED_SWEEP, sizesTable, sweepSizes } from '../sweep/sweep-sizes.ts';
import { SWEPT, sweptMethod } from '../sweep/swept-method.ts';
import { sweepPlot } from '../sweep/sweep-plot.ts';
import { sweepTable } from '../sweep/sweep-table.ts';

interface SweepCommandOptions extends ComputeOptions {
  /** The name as typed; one of `SWEPT`. */
  readonly method: string;
  readonly clusters?: readonly number[];
  readonly minClusterSizes?: readonly number[];
  readonly minSamples?: number;
  readonly criteria?: readonly SweepCriterion[];
  readonly seeds: number;
  readonly seed: number;
  readonly nInit?: number;
  readonly scaling?: Scaling;
  readonly metric?: KMeansMetric;
  readonly covarianceType?: CovarianceType;
  readonly regCovar?: number;
  readonly linkage?: Linkage;
  readonly sample?: number;
  readonly references?: number;
  readonly output?: string;
  readonly force?: boolean;
}

/** The file with the output of `--json`; a folder with such a file may be replaced. */
const SWEEP_FOLDER: FolderKind = { file: 'sweep.json', format: 'shoal-sweep' };

/** `shoal sweep`: how many clusters the data have, by criteria that need no classes. */
export function addSweep(program: Command, context: CommandContext): void {
  const command = program
    .command('sweep')
    .summary('try numbers of clusters and say which one each criterion picks')
    .description(
      'Fits every number of clusters from several seeds, and says which one BIC, silhouette, gap and the stability\n' +
        'of the partition over seeds pick. Classes are not used. Criteria may disagree: look at the curves.',
    )
    .argument('<source>', SOURCE_HELP)
    .addOption(
      new Option('-m, --method <name>', 'how to cluster').choices([...SWEPT, SIZED_SWEEP]).default('kmeans'),
    )
    .option('-k, --clusters <range>', 'numbers of clusters: 2..15, or 4,8,16', parseClusters)
    .option(
      '--min-cluster-sizes <range>',
      'hdbscan: least sizes of a cluster to compare: 5..50, or 5,10,20',
      parseSizes,
    )
    .addOption(METHOD_OPTIONS.minSamples())
    .option('--seeds <n>', 'fits of each number', wholeNumber('--seeds', 1), 3)
    .option(
      '--criteria <names>',
      `some of ${SWEEP_CRITERIA.join(', ')} (default: all that apply to the method)`,
      parseCriteria,
    )
    .option('--n-init <n>', 'starts of each fit; the best is kept', wholeNumber('--n-init', 1))
    .addOption(
      scalingOption(
        'of the columns of a table: auto (default), none, standardize, robust, min-max; of rows: unit, whiten',
        [...RECIPE_SCALINGS, 'unit', 'whiten'],
      ),
    )
    .addOption(commonOptions.metric())
    .addOption(commonOptions.covarianceType())
    .addOption(commonOptions.regCovar())
    .addOption(METHOD_OPTIONS.linkage())
    .option('--sample <n>', 'number of points for the silhouette (default: 5000)', wholeNumber('--sample', 3))
    .option(
      '--references <n>',
      'sets of points that the gap compares with (default: 5)',
      wholeNumber('--references', 2),
    )
    .option('-o, --output <folder>', 'folder for sweep.json and sweep.svg')
    .option('--force', 'replace the folder if it exists');
  addRecipeOptions(addComputeOptions(command))
    .addOption(commonOptions.seed())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal sweep garments -k 2..15\n  $ shoal sweep points.csv -m hdbscan --min-cluster-sizes 5..50\n' +
        '  $ shoal sweep points.csv -m gmm -k 2..8 --criteria bic,stability -o sweep\n',
    )
    .action(async (source: string, options: SweepCommandOptions) => {
      await runSweep(source, options, context);
    });
}

async function runSweep(
  source: string,
  options: SweepCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { output, force: replace = false } = options;
  rejectForeign(options);
  if (output === undefined) {
    await sweepInto(undefined, source, options, context);
    return;
  }
  const wanted = { folder: output, replace, kind: SWEEP_FOLDER };
  await withOutputFolder(wanted, context, (folder) => sweepInto(folder, source, options, context));
}

/** @param output the folder for the sweep, if it is written */
async function sweepInto(
  output: OutputFolder | undefined,
  source: string,
  options: SweepCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { scaling, engine: name, adapter, threads, arithmetic } = options;
  const input = await loadInput(source, options, context, {
    scaling: (table) => divideScaling(scaling, table).columns,
  });
  const { rows } = divideScaling(scaling, input.table?.table);
  if (input.table !== undefined) context.stderr(columnsTable(input.table.recipe, rows));
  const opened = await openEngine({ name, adapter, threads, arithmetic }, context);
  try {
    context.stderr(opened.reason);
    const startedAt = performance.now();
    const found = await compare(input.train.points, rows, options, opened.engine, context);
    context.endProgress();
    const about = {
      data: input.name,
      engine: `${opened.engine.name} on ${opened.engine.info.device}`,
      seconds: (performance.now() - startedAt) / 1000,
    };
    const title = `${input.name}: ${found.title}`;
    const json = JSON.stringify({ format: SWEEP_FOLDER.format, ...about, ...found.values }, undefined, 2);
    const files = {
      [SWEEP_FOLDER.file]: `${json}\n`,
      ...(found.plot && { 'sweep.svg': found.plot(title) }),
    };
    const moved = output && (await saveFiles(output, 'sweep', files, context));
    context.stdout(options.json ? json : `${title}, ${about.seconds.toFixed(1)} s\n${found.table}`);
    if (moved !== undefined) throw moved;
  } finally {
    opened.destroy();
  }
}

/** What a sweep found, in its forms. */
interface Found {
  /** What was compared, for people. */
  readonly title: string;
  /** For JSON. */
  readonly values: object;
  readonly table: string;
  /** The curves as SVG. */
  readonly plot?: ((title: string) => string) | undefined;
}

async function compare(
  points: Matrix,
  rows: RowScalingKind | 'none' | undefined,
  options: SweepCommandOptions,
  engine: Engine,
  context: CommandContext,
): Promise<Found> {
  const { clusters = [], criteria, minClusterSizes: sizes, metric, minSamples } = options;
  const { signal, progress: onProgress } = context;
  if (sizes !== undefined) {
    const scaling = rows === 'none' ? undefined : rows;
    const values = await sweepSizes(points, { sizes, metric, minSamples, scaling, engine }, context);
    return { title: 'HDBSCAN by least size of a cluster', values, table: sizesTable(values) };
  }
  const swept = sweptMethod(options, rows);
  const values = await sweep(points, {
    clusters,
    with: swept,
    seeds: Array.from({ length: options.seeds }, (_, i) => options.seed + i),
    criteria,
    silhouetteSample: options.sample,
    gapReferences: options.references,
    engine,
    signal,
    onProgress,
  });
  const plot = (title: string): string => sweepPlot(values, title);
  return { title: `${swept.kind.title} by number of clusters`, values, table: sweepTable(values), plot };
}

/** @throws {UsageError} when an option would have no effect */
function rejectForeign(options: SweepCommandOptions): void {
  const { method, nInit, metric, covarianceType, regCovar, linkage, criteria, sample, references } = options;
  const own = methodNamed(method).options;
  if (method === SIZED_SWEEP) {
    rejectForeignToSizes(options);
    return;
  }
  rejectGiven(`--method ${method}`, {
    '--min-cluster-sizes': options.minClusterSizes,
    '--min-samples': options.minSamples,
  });
  if (options.clusters === undefined)
    throw new UsageError('Give the numbers of clusters with -k, such as -k 2..15.');
  rejectGiven(`--method ${method}`, {
    ...(!own.includes('metric') && { '--metric': metric }),
    ...(!own.includes('covarianceType') && { '--covariance-type': covarianceType }),
    ...(!own.includes('regCovar') && { '--reg-covar': regCovar }),
    ...(!own.includes('linkage') && { '--linkage': linkage }),
    ...(!own.includes('nInit') && { '--n-init': nInit }),
  });
  const { swept } = kindNamed(method, CLUSTERER_KINDS);
  const hasGap = (settings: object): boolean => swept?.criteria(settings).includes('gap') === true;
  if (!hasGap(sweptMethod(options))) {
    const what = metric !== undefined && hasGap({}) ? `--metric ${metric}` : `--method ${method}`;
    rejectGiven(what, { '--references': references });
  }
  if (criteria === undefined) return;
  rejectGiven(`--criteria ${criteria.join(',')}`, {
    ...(!criteria.includes('silhouette') && { '--sample': sample }),
    ...(!criteria.includes('gap') && { '--references': references }),
  });
}

/** HDBSCAN finds the number of clusters, from any seed, and is compared by its stability alone. */
function rejectForeignToSizes({ minClusterSizes, clusters, ...rest }: SweepCommandOptions): void {
  rejectGiven(`--method ${SIZED_SWEEP}`, {
    '--clusters': clusters,
    '--criteria': rest.criteria,
    '--covariance-type': rest.covarianceType,
    '--reg-covar': rest.regCovar,
    '--linkage': rest.linkage,
    '--n-init': rest.nInit,
    '--sample': rest.sample,
    '--references': rest.references,
  });
  if (minClusterSizes !== undefined) return;
  throw new UsageError('Give the least sizes of a cluster with --min-cluster-sizes, such as 5..50.');
}

function parseCriteria(text: string): readonly SweepCriterion[] {
  return text.split(',').map((part) => {
    const found = SWEEP_CRITERIA.find((criterion) => criterion === part.trim());
    if (found === undefined) {
      throw new UsageError(`--criteria takes some of ${SWEEP_CRITERIA.join(', ')}; got "${part}".`);
    }
    return found;
  });
}
