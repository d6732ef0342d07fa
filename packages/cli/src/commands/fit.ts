import { countWithoutCluster } from '@shoal/core';
import { RUN_FOLDER } from '@shoal/data/node';
import { Option, type Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { describeRun } from '../describe-run.ts';
import { loadInput } from '../input.ts';
import { fitFeatures } from '../methods/features.ts';
import { METHODS, methodNamed, rejectForeignOptions } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import { FEATURES, METHOD_OPTIONS, type FeatureName, type MethodOptions } from '../methods/options.ts';
import {
  addComputeOptions,
  commonOptions,
  SOURCE_HELP,
  wholeNumber,
  type ComputeOptions,
} from '../options.ts';
import { inOptions } from '../output/in-options.ts';
import { scoreRows } from '../output/score-rows.ts';
import { withOutputFolder, type OutputFolder } from '../output-folder.ts';
import { saveRun, type RunMetrics } from '../save-run.ts';
import { plainTable } from '../output/tables.ts';

type FitCommandOptions = ComputeOptions &
  MethodOptions & {
    readonly output: string;
    readonly force?: boolean;
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
    .requiredOption('-k, --clusters <n>', 'number of clusters', wholeNumber('--clusters', 1))
    .option('-o, --output <folder>', 'run folder to write', 'run')
    .option('--force', 'replace the run folder if it exists')
    .option('--no-report', 'do not write a report')
    .addOption(
      new Option(
        '--features <name>',
        'of images: pixels, or oriented gradients, which depend more on shape than on brightness',
      )
        .choices([...FEATURES])
        .default('pixels'),
    );
  for (const make of Object.values(METHOD_OPTIONS)) command.addOption(make());
  addComputeOptions(command)
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
  rejectForeignOptions(options);
  const wanted = { folder: options.output, replace: options.force ?? false, kind: RUN_FOLDER };
  await withOutputFolder(wanted, context, (output) => fitInto(output, source, options, context));
}

async function fitInto(
  output: OutputFolder,
  source: string,
  options: FitCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { signal, progress: onProgress } = context;
  const { engine, adapter, threads, arithmetic } = options;
  const input = await loadInput(source, options, context);
  const opened = await openEngine({ name: engine, adapter, threads, arithmetic }, context);
  let fitted: FittedModel | undefined;
  try {
    context.stderr(opened.reason);
    const startedAt = performance.now();
    fitted = await fitFeatures(input.train, input.test?.points, options, opened, { signal, onProgress });
    const seconds = (performance.now() - startedAt) / 1000;
    context.endProgress();
    const { model } = fitted;
    for (const warning of model.warnings) context.stderr(`warning: ${inOptions(warning)}`);
    const { name, value, history: values } = model.objective;
    const metrics: RunMetrics = {
      data: input.name,
      method: options.method,
      features: options.features === 'pixels' ? undefined : options.features,
      clusters: model.clusters,
      withoutCluster: countWithoutCluster(model.labels) || undefined,
      seed: options.seed,
      engine: `${opened.engine.name} on ${opened.engine.info.device}`,
      arithmetic: opened.engine.info.arithmetic,
      ...methodNamed(options.method).metrics?.(options),
      objective: { name, value },
      iterations: model.iterations,
      converged: model.converged,
      warnings: model.warnings,
      seconds,
    };
    const history = { objective: { name, values }, ...trainingHistory(fitted) };
    // The model and its labels first, so that the run is saved even when a later step fails.
    const run = { model: model.toState(), labels: model.labels, metrics, history };
    const saved = await saveRun(output.folder, run, output, context);
    const scored = await describeRun(
      saved.folder,
      { fitted, input, metrics, history },
      opened,
      options,
      context,
    );
    context.endProgress();
    if (saved.moved === undefined) context.stderr(`Wrote ${output.folder}.`);
    context.stdout(options.json ? JSON.stringify(scored, undefined, 2) : fitText(scored));
    if (saved.moved !== undefined) throw saved.moved;
  } finally {
    fitted?.destroy();
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
  if (metrics.withoutCluster !== undefined) {
    lines.push(`${metrics.withoutCluster.toLocaleString('en')} points are in no cluster`);
  }
  if (train !== undefined) lines.push(plainTable(['training points', ''], scoreRows(train)));
  if (test !== undefined) lines.push(plainTable(['test points', ''], scoreRows(test)));
  return lines.join('\n');
}
