import type { AdapterSummary } from '@shoal/webgpu-kernels/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { commonOptions } from '../options.ts';
import { plainTable } from '../output/tables.ts';
import { rejectGiven } from '../reject-given.ts';
import { parseShape, tune } from './tune.ts';

interface DevicesOptions {
  readonly json?: boolean;
  /** True when no shape is given. */
  readonly tune?: string[] | true;
  readonly adapter?: string;
}

/** `shoal devices`: the devices that can compute here, and the choice of `auto`. */
export function addDevices(program: Command, context: CommandContext): void {
  program
    .command('devices')
    .summary('list the GPUs and engines of this machine')
    .description(
      'Lists the GPU adapters WebGPU offers here and says which engine `--engine auto` takes.\n' +
        'Software adapters are listed, but used only when named by --adapter.',
    )
    .option(
      '--tune [shapes...]',
      'measure the variants of k-means on the GPU and remember the fastest; a shape is points x columns x clusters',
    )
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal devices\n  $ shoal devices --json\n' +
        '  $ shoal devices --tune\n  $ shoal devices --tune 60000x784x10 1000000x32x64\n',
    )
    .action(async ({ json, tune: shapes, adapter }: DevicesOptions) => {
      if (shapes !== undefined) {
        const parsed = shapes === true ? shapes : shapes.map(parseShape);
        await tune({ shapes: parsed, adapter, json: json === true }, context);
        return;
      }
      rejectGiven('devices without --tune', { '--adapter': adapter });
      const { adapters, problem } = await adaptersHere();
      const auto = await openEngine({ name: 'auto' });
      const { engine, reason } = auto;
      try {
        if (json) {
          context.stdout(
            JSON.stringify(
              { adapters, problem, auto: { engine: engine.name, reason, ...engine.info } },
              undefined,
              2,
            ),
          );
          return;
        }
        const rows = adapters.map(({ name, vendor, architecture, software, features }) => [
          name,
          vendor,
          architecture,
          software ? 'software' : 'hardware',
          features.join(', ') || 'none',
        ]);
        const table =
          rows.length > 0
            ? plainTable(['GPU adapter', 'vendor', 'architecture', 'kind', 'optional features'], rows)
            : `  no GPU adapter${problem === undefined ? '' : `: ${problem}`}`;
        context.stdout(`${table}\n\n--engine auto takes: ${reason}`);
      } finally {
        auto.destroy();
      }
    });
}

/** The GPU adapters of this machine, or the reason why Dawn cannot be loaded. */
async function adaptersHere(): Promise<{
  readonly adapters: readonly AdapterSummary[];
  readonly problem?: string;
}> {
  const { DawnLoadError, listAdapters } = await import('@shoal/webgpu-kernels/node');
  try {
    return { adapters: await listAdapters() };
  } catch (error) {
    if (!(error instanceof DawnLoadError)) throw error;
    return { adapters: [], problem: error.message };
  }
}
