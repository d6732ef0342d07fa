import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shoalProcess, temporaryFolder, type Outcome } from './run-shoal.ts';

/** Runs the command with its own cache. */
async function command(folder: string, ...argv: string[]): Promise<Outcome> {
  return shoalProcess(argv, { cwd: folder, env: { XDG_CACHE_HOME: folder, HOME: folder } });
}

function writtenPath(stderr: string): string {
  return /Wrote (.*)\./.exec(stderr)?.[1] ?? '';
}

const ADAPTER = ['--adapter', process.env['SHOAL_TEST_ADAPTER'] ?? 'SwiftShader'];

describe('devices --tune', () => {
  it('measures shapes and remembers the fastest, and engines use it', async () => {
    const folder = await temporaryFolder();
    const { status, stdout, stderr } = await command(
      ...[folder, 'devices', '--tune', '300x3x5', '200x20x40', ...ADAPTER, '--json'],
    );
    expect(status, stderr).toBe(0);
    const { adapter, shapes, choices } = JSON.parse(stdout) as {
      adapter: string;
      shapes: { timings: { variant: string; milliseconds: number }[] }[];
      choices: Record<string, string>;
    };
    expect(shapes.map(({ timings }) => timings.length)).toEqual([3, 3]);
    expect(Object.keys(choices)).toEqual(['columns 4, clusters 4', 'columns 16, clusters 32']);
    expect(Object.values(choices)).toEqual(shapes.map(({ timings }) => timings[0].variant));
    const path = writtenPath(stderr);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      version: 1,
      adapters: { [adapter]: choices },
    });

    const again = await command(folder, 'devices', '--tune', '100x1x2', ...ADAPTER);
    expect(again.status, again.stderr).toBe(0);
    expect(again.stdout).toContain('100 x 1, 2 clusters');
    const { adapters } = JSON.parse(await readFile(path, 'utf8')) as { adapters: Record<string, object> };
    expect(Object.keys(adapters[adapter])).toHaveLength(3);
  });

  it('reports a damaged file', async () => {
    const folder = await temporaryFolder();
    const tuned = await command(folder, 'devices', '--tune', '10x1x2', ...ADAPTER);
    const path = writtenPath(tuned.stderr);
    await writeFile(path, '{"version":1,"adapters":{"GPU":{"columns 4, clusters 4":"quick"}}}');
    await writeFile(join(folder, 'points.csv'), '1\n2\n');
    const fit = ['fit', 'points.csv', '-k', '1', '--engine', 'webgpu', ...ADAPTER];
    const { status, stderr } = await command(folder, ...fit);
    expect(status).toBe(2);
    expect(stderr).toContain(`"${path}" of measured variants is damaged`);
    expect(stderr).toContain('Delete it');
  });

  it.each([
    ['an invalid shape', ['--tune', '10x2'], /--tune takes points x columns x clusters.*"10x2"/],
    ['more clusters than points', ['--tune', '3x2x4'], /no more clusters than points; got "3x2x4"/],
    ['an adapter for nothing', ADAPTER, /--adapter does not apply to devices without --tune/],
  ])('refuses %s', async (_, argv, message) => {
    const { status, stderr } = await command(await temporaryFolder(), 'devices', ...argv);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
