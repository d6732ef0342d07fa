import { join } from 'node:path';
import { cutHierarchy, hierarchyNewick, type CutPlace } from '@shoal/core';
import { parseJson, RUN_FILES } from '@shoal/data';
import { readBytes, writeFileAtomic } from '@shoal/data/node';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';
import { commonOptions, notNegative, wholeNumber } from '../options.ts';
import { checkResultFile, checkTextFile } from '../output-file.ts';
import { recoverInput } from '../output-folder.ts';
import { rejectGiven } from '../reject-given.ts';
import { resultsOfRows } from '../tables/row-results.ts';
import { writeResults } from '../tables/write-results.ts';
import type { RunTree } from '../tree/run-tree.ts';

interface TreeOptions {
  readonly newick?: string;
  readonly clusters?: number;
  readonly radius?: number;
  readonly output?: string;
  readonly json?: boolean;
}

/** `shoal tree`: the tree of a run, and other cuts of it. */
export function addTree(program: Command, context: CommandContext): void {
  program
    .command('tree')
    .summary('show the tree of a run, or cut it into other clusters')
    .description(
      'Prints the tree that the clusters of a run were taken from: HDBSCAN, agglomerative clustering, bisecting k-means.\n' +
        'With --clusters or --radius it cuts the tree and prints a label for each row, without fitting again.',
    )
    .argument('<run>', 'run folder that `shoal fit` wrote')
    .option('--newick <file>', 'write all merges to this file in the Newick format')
    .option('--clusters <n>', 'cut a dendrogram or splits into n clusters', wholeNumber('--clusters', 1))
    .option(
      '--radius <x>',
      'cut at a distance, after scaling; HDBSCAN: the clusters of DBSCAN*',
      notNegative('--radius'),
    )
    .option('-o, --output <file>', 'write the labels of the cut to this .npy, .csv or .parquet file')
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal tree run\n  $ shoal tree run --newick tree.nwk\n  $ shoal tree run --clusters 12 -o labels.npy\n',
    )
    .action(async (run: string, options: TreeOptions) => {
      await showTree(run, options, context);
    });
}

async function showTree(run: string, options: TreeOptions, context: CommandContext): Promise<void> {
  const { newick, output, json } = options;
  const cut = cutOf(options);
  if (cut === undefined) rejectGiven('a tree that is not cut', { '--output': output });
  const protectedFiles = { source: run, run };
  if (newick !== undefined) await checkTextFile(newick, protectedFiles);
  if (output !== undefined) await checkResultFile(output, protectedFiles);
  await recoverInput(run, context);
  if (cut === undefined && newick === undefined && json === true) {
    context.stdout(await savedTree(run, context));
    return;
  }
  const { readRunTree } = await import('../tree/run-tree.ts');
  const tree = await readRunTree(run, context);
  if (newick !== undefined) await writeNewick(newick, tree, context);
  if (cut !== undefined) await writeCut(tree, cut, options, context);
  else if (newick === undefined) await printTree(tree, context);
}

function cutOf({ clusters, radius }: TreeOptions): CutPlace | undefined {
  if (clusters !== undefined && radius !== undefined) {
    throw new UsageError('A tree is cut either into --clusters or at a --radius; give one of them.');
  }
  if (clusters !== undefined) return { clusters };
  return radius === undefined ? undefined : { radius };
}

/** The file of the run, which is JSON already, but may be damaged. */
async function savedTree(run: string, { signal }: CommandContext): Promise<string> {
  const file = join(run, RUN_FILES.tree);
  const bytes = await accessing(file, readBytes(file, { signal, maxBytes: Infinity }));
  return JSON.stringify(parseJson(bytes, file), undefined, 2);
}

async function writeNewick(
  file: string,
  { hierarchy, rows }: RunTree,
  { signal, stderr }: CommandContext,
): Promise<void> {
  const isOfPoints = hierarchy.kind !== 'splits' && (hierarchy.kind !== 'dendrogram' || !hierarchy.leafOf);
  const nameOf = (leaf: number): string => String(isOfPoints ? (rows?.[leaf] ?? leaf) : leaf);
  const text = hierarchyNewick(hierarchy, { nameOf });
  await accessing(file, writeFileAtomic(file, `${text}\n`, { signal }));
  const leaves = isOfPoints ? 'rows' : hierarchy.kind === 'splits' ? 'clusters' : 'micro-clusters';
  stderr(`Wrote ${file}; its leaves are the numbers of ${leaves}.`);
}

async function writeCut(
  { hierarchy, rows, total }: RunTree,
  cut: CutPlace,
  options: TreeOptions,
  context: CommandContext,
): Promise<void> {
  const { clusters, labels } = cutHierarchy(hierarchy, cut);
  context.stderr(`${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}.`);
  const results = rows === undefined ? { labels } : resultsOfRows(total, rows, { labels });
  await writeResults(results, undefined, options, context);
}

async function printTree({ hierarchy, labels }: RunTree, { stdout }: CommandContext): Promise<void> {
  const { viewTree } = await import('@shoal/viewer/data');
  const { treeText } = await import('../tree/tree-text.ts');
  stdout(treeText(viewTree(hierarchy, labels)));
}
