import type { Command } from 'commander';
import type { BenchReport, runBench } from '@shoal/bench';
import { writeFileAtomic } from '@shoal/data/node';
import type { CommandContext } from '../context.ts';
import { openEngine, type EngineName } from '../engines.ts';
import { accessing } from '../file-errors.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { indent, plainTable } from '../output/tables.ts';
import { rejectGiven } from '../reject-given.ts';
import { shoalCommand } from '../shoal-command.ts';

interface BenchCommandOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly threads?: number;
  readonly peers?: boolean;
  readonly python?: string;
  readonly peerModules?: string;
  readonly repetitions?: number;
  readonly warmUp?: number;
  readonly quick?: boolean;
  readonly output: string;
  readonly html?: string;
  readonly json?: boolean;
  readonly list?: boolean;
}

/** `shoal bench`: how fast Shoal is here, also compared with other libraries. */
export function addBench(program: Command, context: CommandContext): void {
  program
    .command('bench')
    .summary('measure how fast Shoal is, also compared with other libraries')
    .description(
      'Measures the named cases (default: all except scaling) and writes every sample as JSON.\n' +
        'Name a case as in --list, as CASE/WORKLOAD, or with * for any text.\n' +
        'With --peers, scikit-learn, FAISS, ml-kmeans and clustering-tfjs do the same work on the same points, in turn\n' +
        'with Shoal. A result whose quality differs from theirs is refused, and the exit status is 1.',
    )
    .argument('[cases...]', 'what to measure')
    .option('--list', 'list the cases without measuring')
    .option('--peers', 'compare with other libraries')
    .option('--python <path>', 'Python of scikit-learn and FAISS (default: python3, else /usr/bin/python3)')
    .option('--peer-modules <folder>', 'folder with the node_modules to search first for npm peers')
    .option('--quick', 'tiny shapes: shows that everything works, but nothing about speed')
    .option(
      '--repetitions <n>',
      "runs that count (default: each case's own)",
      wholeNumber('--repetitions', 1),
    )
    .option('--warm-up <n>', 'warm-up runs (default: 1)', wholeNumber('--warm-up'))
    .option('--threads <n>', 'threads of the wasm engine and of the peers', wholeNumber('--threads', 1))
    .option('--output <file>', 'file for the samples', 'shoal-bench.json')
    .option('--html <file>', 'write a page with bars and tables (with --peers: beside --output)')
    .addOption(commonOptions.engine())
    .addOption(commonOptions.adapter())
    .addOption(commonOptions.json())
    .addHelpText(
      'after',
      '\nExamples:\n  $ shoal bench --quick\n  $ shoal bench kmeans-fit --peers --engine wasm\n' +
        '  $ shoal bench kmeans-fit/fashion-mnist "gmm-*" --repetitions 9 --json\n',
    )
    .action(async (cases: string[], options: BenchCommandOptions) => {
      const bench = await import('@shoal/bench');
      if (options.list === true) {
        const rows = bench.BENCH_CASES.map(({ name, summary }) => `${name.padEnd(18)} ${summary}`);
        context.stdout(rows.join('\n'));
        return;
      }
      if (options.peers !== true) {
        rejectGiven('a run without --peers', {
          '--python': options.python,
          '--peer-modules': options.peerModules,
        });
      }
      const report = await measure(cases, options, context, bench.runBench);
      const html = options.html ?? (options.peers === true ? htmlBeside(options.output) : undefined);
      await save(options.output, JSON.stringify(report, undefined, 2), context);
      if (html !== undefined) await save(html, bench.reportHtml(report), context);
      for (const text of bench.absentPeerTexts(report)) context.stderr(text);
      if (options.json === true) {
        context.stdout(JSON.stringify(report, undefined, 2));
      } else {
        const { head, rows } = bench.resultTable(report);
        const provenance = bench.provenanceTexts(report).map((text) => indent(text));
        context.stdout([...provenance, '', plainTable(head, rows)].join('\n'));
      }
      const refused = bench.refusalTexts(report);
      if (refused.length > 0) throw new bench.RefusedResultsError(refused.join('\n'));
    });
}

async function measure(
  cases: readonly string[],
  options: BenchCommandOptions,
  context: CommandContext,
  run: typeof runBench,
): Promise<BenchReport> {
  const { progress, endProgress, signal, stderr } = context;
  const { adapter, threads, peers, python, peerModules, quick, repetitions, warmUp } = options;
  const opened = await openEngine({ name: options.engine, adapter, threads }, context);
  try {
    stderr(opened.reason);
    const report = await run({
      cases,
      engine: opened.engine,
      reason: opened.reason,
      tensorBackend: () => opened.tensorBackend(),
      shoalCommand: shoalCommand(),
      peers,
      python,
      peerModules,
      threads,
      quick,
      repetitions,
      warmUp,
      signal,
      onProgress: progress,
    });
    endProgress();
    return report;
  } finally {
    opened.destroy();
  }
}

async function save(path: string, text: string, { signal, stderr }: CommandContext): Promise<void> {
  await accessing(path, writeFileAtomic(path, `${text.trimEnd()}\n`, { signal }));
  stderr(`Wrote ${path}.`);
}

function htmlBeside(output: string): string {
  return `${output.replace(/\.json$/, '')}.html`;
}
