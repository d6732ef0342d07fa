import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { openEngine } from '../engines.ts';
import { commonOptions } from '../options.ts';
import { plainTable } from '../output/tables.ts';

/** `shoal devices`: what can do the arithmetic here, and what `auto` would take. */
export function addDevices(program: Command, context: CommandContext): void {
  program
    .command('devices')
    .summary('list the GPUs and engines this machine offers')
    .description(
      'Lists the GPU adapters WebGPU offers here and says which engine `--engine auto` takes.\n' +
        'Software adapters are listed, but used only when named by --adapter.',
    )
    .addOption(commonOptions.json())
    .addHelpText('after', '\nExamples:\n  $ shoal devices\n  $ shoal devices --json\n')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { listAdapters } = await import('@shoal/webgpu-kernels/node');
      const adapters = await listAdapters();
      const auto = await openEngine({ name: 'auto' });
      const { engine, reason } = auto;
      try {
        if (json) {
          context.stdout(
            JSON.stringify({ adapters, auto: { engine: engine.name, reason, ...engine.info } }, undefined, 2),
          );
          return;
        }
        const rows = adapters.map(({ name, vendor, architecture, software }) => [
          name,
          vendor,
          architecture,
          software ? 'software' : 'hardware',
        ]);
        const table =
          rows.length > 0
            ? plainTable(['GPU adapter', 'vendor', 'architecture', 'kind'], rows)
            : '  no GPU adapter';
        context.stdout(`${table}\n\n--engine auto takes: ${reason}`);
      } finally {
        auto.destroy();
      }
    });
}
