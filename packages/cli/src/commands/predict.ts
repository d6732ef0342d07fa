import { writtenLabels } from '@shoal/core';
import { writeNpy } from '@shoal/data';
import { readRun, writeFileAtomic } from '@shoal/data/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { accessing } from '../file-errors.ts';
import { loadInput } from '../input.ts';
import { checkOutputFile } from '../output-file.ts';
import { recoverInput } from '../output-folder.ts';
import { loadModel } from '../methods/features.ts';
import { addComputeOptions, commonOptions, SOURCE_HELP, type ComputeOptions } from '../options.ts';

interface PredictOptions extends ComputeOptions {
  readonly split: 'train' | 'test';
  readonly output?: string;
}

/** `shoal predict`: labels points with the model of a run folder. */
export function addPredict(program: Command, context: CommandContext): void {
  const command = program
    .command('predict')
    .summary('label points with a saved model')
    .description(
      'Labels each point with its cluster in the saved model, or -1: one label a line, or an NPY file.',
    )
    .argument('<run>', 'run folder that `shoal fit` wrote')
    .argument('<source>', SOURCE_HELP)
    .addOption(commonOptions.split('test'))
    .option('-o, --output <file>', 'write the labels to this .npy file instead of standard output');
  addComputeOptions(command)
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal predict run fashion-mnist -o test-labels.npy\n  $ shoal predict run new-points.csv\n',
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
  if (output !== undefined) await checkOutputFile(output, { source, run });
  await recoverInput(run, context);
  const { model: state } = await accessing(run, readRun(run, { signal: context.signal }));
  const input = await loadInput(source, options, context);
  const part = options.split === 'test' ? (input.test ?? input.train) : input.train;
  const opened = await openEngine({ name: engine, adapter, threads, arithmetic }, context);
  try {
    context.stderr(opened.reason);
    const model = await loadModel(state, opened);
    const labels = writtenLabels(await model.predict(part.points, { signal: context.signal }));
    model.destroy?.();
    context.endProgress();
    if (output !== undefined) {
      const npy = writeNpy({ data: labels, shape: [labels.length] });
      await accessing(output, writeFileAtomic(output, npy, { signal: context.signal }));
      context.stderr(`Wrote ${labels.length} labels to ${output}.`);
    }
    if (options.json) context.stdout(JSON.stringify({ labels: Array.from(labels) }));
    else if (output === undefined) context.stdout(labels.join('\n'));
  } finally {
    opened.destroy();
  }
}
