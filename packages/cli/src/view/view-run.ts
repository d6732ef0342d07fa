import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { RUN_FILES } from '@shoal/data';
import { VIEW_FILE } from '@shoal/viewer/data';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../exit-codes.ts';
import { accessing } from '../file-errors.ts';
import { recoverInput } from '../output-folder.ts';
import { rejectGiven } from '../reject-given.ts';
import { REPORT_FILE, VIEWER_WORKERS, viewerScript, viewerWorker } from '../report/pages.ts';
import { editingOf, type Editing } from './editing.ts';
import { openBrowser } from './open-browser.ts';
import { serveRun, type Asset, type RunServer } from './run-server.ts';

export interface ViewOptions {
  readonly port: number;
  readonly open: boolean;
  /** Whether names that are given on the page are written into the run. */
  readonly edit: boolean;
}

const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';
const SCRIPT_TYPE = 'text/javascript; charset=utf-8';

/** The files of a run, and their types for a browser. */
const FILES: Readonly<Record<string, string>> = {
  [RUN_FILES.model]: JSON_TYPE,
  [RUN_FILES.tensors]: BYTES_TYPE,
  [RUN_FILES.labels]: BYTES_TYPE,
  [RUN_FILES.metrics]: JSON_TYPE,
  [RUN_FILES.history]: JSON_TYPE,
  [VIEW_FILE]: BYTES_TYPE,
  [REPORT_FILE]: 'text/html; charset=utf-8',
};

/**
 * Serves a run folder, or two side by side, until it is interrupted.
 *
 * @throws {UsageError} when a folder is not a run, or the port is taken
 * @throws the signal's reason, when interrupted
 */
export async function viewRun(
  run: string,
  second: string | undefined,
  { port, open, edit }: ViewOptions,
  context: CommandContext,
): Promise<void> {
  if (second !== undefined) rejectGiven('a comparison of two runs', { '--edit': edit || undefined });
  await recoverInput(run, context);
  const start = second === undefined ? await startPage(run) : await startTogether([run, second], context);
  const editing = edit ? editingOf(run, context) : undefined;
  const server = await serve([run, second], port, editing);
  const url = new URL(editing !== undefined && start === '/' ? editing.page : start, server.url).href;
  try {
    context.stdout(url);
    if (open && !(await openBrowser(url))) {
      context.stderr('No browser could be opened here; open the address yourself.');
    }
    context.stderr('Ctrl-C ends this.');
    await interrupted(context.signal);
  } finally {
    await server.close();
  }
}

/** A run is shown by the viewer, a reproduction by its report. */
async function startPage(run: string): Promise<string> {
  const has = (name: string): Promise<boolean> =>
    access(join(run, name)).then(
      () => true,
      () => false,
    );
  if (await has(RUN_FILES.model)) return '/';
  if (await has(REPORT_FILE)) return `/run/${REPORT_FILE}`;
  await accessing(run, access(run));
  throw new UsageError(
    `The folder "${run}" has no ${RUN_FILES.model}, so it is not a run. Give a folder that \`shoal fit\` wrote.`,
  );
}

/** Two runs are shown by the comparison. */
async function startTogether(runs: readonly string[], context: CommandContext): Promise<string> {
  for (const run of runs) {
    await recoverInput(run, context);
    if ((await startPage(run)) === '/') continue;
    throw new UsageError(`The folder "${run}" is a reproduction. Give two folders that \`shoal fit\` wrote.`);
  }
  return '/';
}

async function serve(
  runs: readonly [run: string, second: string | undefined],
  port: number,
  editing: Editing | undefined,
): Promise<RunServer> {
  const [folder, second] = runs;
  const names = runs.flatMap((run) => (run === undefined ? [] : [basename(resolve(run))]));
  try {
    const assets = await assetsOf(names, editing);
    return await serveRun({ folder, second, files: FILES, assets, posts: editing?.posts, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be used' : 'is taken';
    throw new UsageError(`Port ${port} ${why}. Give another with --port, or leave it out.`, { cause: error });
  }
}

async function assetsOf(
  names: readonly string[],
  editing: Editing | undefined,
): Promise<Readonly<Record<string, Asset>>> {
  const { comparisonPage, viewerPage } = await import('@shoal/viewer/report');
  const workers = await Promise.all(
    VIEWER_WORKERS.map(
      async (name) =>
        [`/${name}`, { type: SCRIPT_TYPE, text: await viewerWorker(name), wasm: true }] as const,
    ),
  );
  const page =
    names.length === 1
      ? viewerPage(names[0], 'viewer.js', 'run/')
      : comparisonPage(names.join(' and '), 'viewer.js', ['run/', 'second/']);
  return {
    '/': { type: 'text/html; charset=utf-8', text: page },
    ...(editing && {
      [editing.page]: {
        type: 'text/html; charset=utf-8',
        text: viewerPage(names[0], '/viewer.js', '/run/', editing.names),
      },
    }),
    ...Object.fromEntries(workers),
    '/viewer.js': { type: SCRIPT_TYPE, text: await viewerScript() },
  };
}

function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
