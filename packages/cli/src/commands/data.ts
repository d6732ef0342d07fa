import type { Tensor } from '@shoal/core';
import { DATASET_NAMES, writeNpy, isDatasetName, type Dataset } from '@shoal/data';
import { writeFileAtomic } from '@shoal/data/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { accessing } from '../file-errors.ts';
import { checkOutputFile } from '../output-file.ts';
import { loadInput, partOf, type InputOptions } from '../input.ts';
import { addInputOptions, commonOptions, SOURCE_HELP } from '../options.ts';
import { columnsTable } from '../tables/columns-table.ts';
import { addRecipeOptions } from '../tables/recipe-options.ts';

const DESCRIPTIONS: Readonly<Record<(typeof DATASET_NAMES)[number], string>> = {
  'fashion-mnist':
    '60,000 + 10,000 photographs of clothes, 28 x 28 bytes, 10 classes; downloaded once (30 MB)',
  garments: "Shoal's own drawings of clothes, 28 x 28 bytes, 10 classes; drawn when needed, any size",
};

/** `shoal data`: lists, fetches, describes and exports datasets. */
export function addData(program: Command, context: CommandContext): void {
  const data = program.command('data').summary('list, fetch, describe and export datasets');

  data
    .command('list')
    .description('Lists the datasets with a name.')
    .addOption(commonOptions.json())
    .action(({ json }: { readonly json?: boolean }) => {
      context.stdout(
        json
          ? JSON.stringify(
              DATASET_NAMES.map((name) => ({ name, description: DESCRIPTIONS[name] })),
              undefined,
              2,
            )
          : DATASET_NAMES.map((name) => `${name.padEnd(14)} ${DESCRIPTIONS[name]}`).join('\n'),
      );
    });

  addRecipeOptions(addInputOptions(data.command('info')))
    .description(
      'Describes a dataset or a file, and what a fit would do with its columns; a dataset that is not on this\n' +
        'machine yet is fetched.',
    )
    .argument('<source>', SOURCE_HELP)
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal data info fashion-mnist\n  $ shoal data info points.csv --json\n',
    )
    .action(async (source: string, options: InputOptions & { readonly json?: boolean }) => {
      const { name, train, test, table } = await loadInput(source, options, context);
      const parts = { train: describe(train), ...(test && { test: describe(test) }) };
      const columns = table?.recipe.columns;
      if (options.json) context.stdout(JSON.stringify({ name, ...parts, columns }, undefined, 2));
      else context.stdout([infoText(name, parts), ...(table ? [columnsTable(table.recipe)] : [])].join('\n'));
    });

  addRecipeOptions(addInputOptions(data.command('export')))
    .description(
      'Writes the points of a dataset or file as NPY, as a fit would get them, and classes beside them.',
    )
    .argument('<source>', SOURCE_HELP)
    .argument('<file>', 'the .npy file to write; classes go to NAME-labels.npy')
    .addOption(commonOptions.split('train'))
    .addHelpText('after', '\nExamples:\n  $ shoal data export garments garments.npy --size 7000\n')
    .action(
      async (source: string, file: string, options: InputOptions & { readonly split: 'train' | 'test' }) => {
        await checkOutputFile(file, { source });
        const input = await loadInput(source, options, context);
        const part = partOf(input, options.split);
        const { data: values, rows, columns } = part.points;
        const write = (path: string, array: Tensor): Promise<void> =>
          accessing(path, writeFileAtomic(path, writeNpy(array), { signal: context.signal }));
        await write(file, { data: values, shape: [rows, columns] });
        if (part.labels !== undefined) {
          await write(file.replace(/\.npy$/, '-labels.npy'), {
            data: part.labels,
            shape: [part.labels.length],
          });
        }
        context.stderr(`Wrote ${rows} x ${columns} to ${file}.`);
      },
    );
}

interface Description {
  readonly rows: number;
  readonly columns: number;
  readonly type: string;
  readonly scale: number;
  readonly classes: number | null;
}

function describe({ points, labels }: Dataset): Description {
  const { rows, columns, data, scale } = points;
  const type = data.constructor.name.replace('Array', '').toLowerCase();
  return { rows, columns, type, scale, classes: labels === undefined ? null : new Set(labels).size };
}

function infoText(name: string, parts: Readonly<Record<string, Description>>): string {
  const lines = Object.entries(parts).map(([part, { rows, columns, type, classes }]) => {
    const known = classes === null ? 'no classes' : `${classes} classes`;
    return `${part}: ${rows.toLocaleString('en')} x ${columns} ${type}, ${known}`;
  });
  return [isDatasetName(name) ? `${name}: ${DESCRIPTIONS[name]}` : name, ...lines].join('\n');
}
