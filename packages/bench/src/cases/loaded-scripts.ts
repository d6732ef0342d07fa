import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { PeerError } from '../errors.ts';

const Coverage = v.object({ result: v.array(v.object({ url: v.string() })) });

/**
 * The files that a Node.js command loads until it exits, according to V8's coverage: ES modules and CommonJS.
 *
 * @returns addresses of files, without Node.js's own
 */
export async function loadedScripts(
  command: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-coverage-'));
  try {
    await runOnce(command, { cwd, env: { NODE_V8_COVERAGE: folder }, signal });
    const urls = new Set<string>();
    for (const file of await readdir(folder)) {
      const { result } = v.parse(Coverage, JSON.parse(await readFile(join(folder, file), 'utf8')));
      for (const { url } of result) if (url.startsWith('file:')) urls.add(url);
    }
    return [...urls];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How much JavaScript comes from each package, in bytes, the largest first. */
export async function bytesByPackage(urls: readonly string[]): Promise<[name: string, bytes: number][]> {
  const bytes = new Map<string, number>();
  for (const url of urls) {
    const name =
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ??
      `@shoal/${/.*\/packages\/([^/]+)\//.exec(url)?.[1] ?? '?'}`;
    bytes.set(name, (bytes.get(name) ?? 0) + (await stat(new URL(url))).size);
  }
  return [...bytes].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

export interface RunOnceOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end.
 *
 * @returns the seconds from its start to its exit
 * @throws {PeerError} when it fails, with its error output
 */
export function runOnce(
  command: readonly string[],
  { cwd, env, signal }: RunOnceOptions,
): Promise<{ readonly seconds: number }> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      signal.removeEventListener('abort', kill);
      const seconds = (performance.now() - startedAt) / 1000;
      if (signal.aborted) reject(signal.reason as Error);
      else if (status === 0) resolve({ seconds });
      else reject(new PeerError(`${command.join(' ')} ended with status ${String(status)}: ${complaints}`));
    });
  });
}
