import { runFolder, type FolderClaim } from '@shoal/data/node';
import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import { Option, type Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine, type EngineName } from '../engines.ts';
import { describeRun } from '../describe-run.ts';
import { loadInput, type InputOptions } from '../input.ts';
import { fitFeatures } from '../methods/features.ts';
import type { FittedModel } from '../methods/fit-method.ts';
import {
  FEATURES,
  METHOD_PARTS,
  METHODS,
  rejectForeignOptions,
  type FeatureName,
  type MethodOptions,
  type MethodParts,
} from '../methods/method-options.ts';
import { parseLayers } from '../methods/parse-layers.ts';
import { addInputOptions, commonOptions, notNegative, positive, wholeNumber } from '../options.ts';
import { scoreRows } from '../output/score-rows.ts';
import { claimOutputFolder } from '../output-folder.ts';
import { saveRun } from '../save-run.ts';
import { plainTable } from '../output/tables.ts';
import type { RunMetrics } from '../report/run-view.ts';

interface FitCommandOptions extends InputOptions, MethodOptions {
  readonly output: string;
  readonly force?: boolean;
  readonly report: boolean;
  readonly features: FeatureName;
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly threads?: number;
  readonly arithmetic?: ArithmeticChoice;
  readonly json?: boolean;
}

/** `shoal fit`: clusters points and writes a run folder. */
export function addFit(program: Command, context: CommandContext): void {
  const command = program
    .command('fit')
    .summary('cluster a dataset or file and write a run folder')
    .description(
      'Clusters the points and writes a run folder: the model, labels, metrics, history, and a report to look at.\n' +
        'A dataset with a test part is fitted on its training part; classes, where known, only score.',
    )
    .argument('<source>', 'fashion-mnist, garments, or a file: IDX, NPY, CSV, safetensors')
    .addOption(new Option('-m, --method <name>', 'how to cluster').choices([...METHODS]).default('kmeans'))
    .requiredOption('-k, --clusters <n>', 'number of clusters', wholeNumber('--clusters', 1))
    .option('-o, --output <folder>', 'run folder to write', 'run')
    .option('--force', 'replace the run folder when it exists')
    .option('--no-report', 'leave the report out')
    .addOption(
      new Option(
        '--features <name>',
        'of images: pixels, or oriented gradients, which mind shape more than brightness',
      )
        .choices([...FEATURES])
        .default('pixels'),
    )
    .addOption(
      new Option(
        '--scaling <kind>',
        'row scaling (autoencoders: unit, others: none; UMAP takes these two)',
      ).choices(['none', 'unit', 'standardise', 'whiten']),
    )
    .addOption(commonOptions.metric())
    .option(
      '--init <name>',
      "k-means: k-means++, 'k-means||' (in quotes), random; " +
        'mixtures: kmeans, k-means++, random, random-from-data',
    )
    .option('--rounds <n>', 'k-means||: passes over the points (default: 5)', wholeNumber('--rounds', 1))
    .option(
      '--oversampling <x>',
      'k-means||: candidates drawn in a round, as a multiple of the clusters (default: 2)',
      positive('--oversampling'),
    )
    .option('--n-init <n>', 'starts, of which the best is kept', wholeNumber('--n-init', 1))
    .option('--max-iterations <n>', 'iterations at most', wholeNumber('--max-iterations', 1))
    .option('--tol <x>', "tolerance of convergence, with scikit-learn's meaning", notNegative('--tol'))
    .addOption(
      new Option(
        '--precision <name>',
        'k-means: exact, or fast: half floats label points on a GPU that has them (default: exact)',
      ).choices(['exact', 'fast']),
    )
    .addOption(commonOptions.covarianceType())
    .addOption(commonOptions.regCovar())
    .option(
      '--layers <list>',
      'autoencoders: widths of the encoder, 256,128,32; convolutions first: 32x5/2,64x3/2,10 (filters x kernel / stride)',
      parseLayers,
    )
    .option('--epochs <n>', 'autoencoders: passes over the points', wholeNumber('--epochs', 1))
    .option(
      '--members <n>',
      'n2d: autoencoders whose codes lie side by side (default: 1)',
      wholeNumber('--members', 1),
    )
    .option(
      '--pca <n>',
      'UMAP: principal components searched, 0 for none (default: 50)',
      wholeNumber('--pca'),
    )
    .option('--neighbors <n>', 'UMAP: size of neighborhoods (default: 20)', wholeNumber('--neighbors', 2))
    .option('--dimensions <n>', 'UMAP: of the embedding (default: 10)', wholeNumber('--dimensions', 1))
    .option(
      '--min-dist <x>',
      'UMAP: how near points come to each other (default: 0)',
      notNegative('--min-dist'),
    )
    .option('--layout-epochs <n>', 'UMAP: passes over the edges', wholeNumber('--layout-epochs', 1))
    .option(
      '--balance <x>',
      'cut: what clusters of equal sizes count for, a number or auto (default: auto: 2, or less where sizes seem to differ)',
      (text) => (text === 'auto' ? text : notNegative('--balance', 'auto')(text)),
    )
    .option(
      '--compactness <x>',
      'cut: what clusters compact in the points count for (default: 0.2)',
      notNegative('--compactness'),
    );
  addInputOptions(command)
    .addOption(commonOptions.scale())
    .addOption(commonOptions.engine())
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.threads())
    .addOption(commonOptions.arithmetic())
    .addOption(commonOptions.seed())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal fit fashion-mnist -k 10 --metric cosine\n' +
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
  const replace = options.force ?? false;
  rejectForeignOptions(options);
  const claim = await claimOutputFolder(options.output, replace, runFolder, context);
  try {
    await fitInto(claim, source, options, context);
  } finally {
    await claim.release();
  }
}

async function fitInto(
  claim: FolderClaim,
  source: string,
  options: FitCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { signal, progress: onProgress } = context;
  const { engine, adapter, threads, arithmetic } = options;
  const replace = options.force ?? false;
  const input = await loadInput(source, options, context);
  const opened = await openEngine({ name: engine, adapter, threads, arithmetic }, context);
  let model: FittedModel | undefined;
  try {
    context.stderr(opened.reason);
    const startedAt = performance.now();
    model = await fitFeatures(input.train, input.test?.points, options, opened, { signal, onProgress });
    const seconds = (performance.now() - startedAt) / 1000;
    context.endProgress();
    for (const warning of model.warnings) context.stderr(`warning: ${warning}`);
    const { name, value, history: values } = model.objective;
    const { clusters, together }: MethodParts = METHOD_PARTS[options.method];
    const metrics: RunMetrics = {
      data: input.name,
      method: options.method,
      features: options.features === 'pixels' ? undefined : options.features,
      clusters: options.clusters,
      seed: options.seed,
      engine: `${opened.engine.name} on ${opened.engine.info.device}`,
      arithmetic: opened.engine.info.arithmetic,
      precision: clusters === 'kmeans' && !together ? (options.precision ?? 'exact') : undefined,
      objective: { name, value },
      iterations: model.iterations,
      converged: model.converged,
      warnings: model.warnings,
      seconds,
    };
    const history = { objective: { name, values }, ...trainingHistory(model) };
    // First of all what took the time; whatever fails after it, the run is there.
    const run = { model: model.toState(), labels: model.labels, metrics, history };
    const saved = await saveRun(options.output, run, { replace, claim }, context);
    const scored = await describeRun(
      saved.folder,
      { model, input, metrics, history },
      opened,
      options,
      context,
    );
    context.endProgress();
    if (saved.moved === undefined) context.stderr(`Wrote ${options.output}.`);
    context.stdout(options.json ? JSON.stringify(scored, undefined, 2) : fitText(scored));
    if (saved.moved !== undefined) throw saved.moved;
  } finally {
    model?.dispose();
    opened.destroy();
  }
}

function trainingHistory({ autoencoder }: FittedModel): Record<string, readonly number[]> {
  return autoencoder === undefined
    ? {}
    : { loss: autoencoder.loss, validationLoss: autoencoder.validationLoss };
}

function fitText(metrics: RunMetrics): string {
  const { data, method, clusters, objective, iterations, converged, seconds, train, test } = metrics;
  const ending = converged ? 'converged' : 'not converged';
  const lines = [
    `${data}: ${method}, ${clusters} clusters, ${iterations} iterations (${ending}), ${seconds.toFixed(1)} s`,
    `${objective.name} ${objective.value.toPrecision(8)}`,
  ];
  if (train !== undefined) lines.push(plainTable(['training points', ''], scoreRows(train)));
  if (test !== undefined) lines.push(plainTable(['test points', ''], scoreRows(test)));
  return lines.join('\n');
}
