import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { shoalProcess, temporaryFolder, type ProcessOutcome } from './run-shoal.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, 'points.csv'), '0,0\n0,1\n9,9\n9,8\n');
});

/** Runs the built command with a module that every Node.js process loads first. */
async function shoalAfter(name: string, module: string, argv: readonly string[]): Promise<ProcessOutcome> {
  const path = join(folder, name);
  await writeFile(path, module);
  const env = {
    NODE_OPTIONS: `--import=${pathToFileURL(path).href}`,
    HOME: undefined,
    XDG_CACHE_HOME: undefined,
    SHOAL_DATA_DIR: undefined,
  };
  return shoalProcess(argv, { cwd: folder, env });
}

describe('when Dawn cannot be loaded', () => {
  const LOAD = `import { createRequire } from 'node:module';
    export const { create, globals } = createRequire(import.meta.url)('./dawn.node');`;

  /** Replaces the `webgpu` package by one with truncated machine code. */
  async function withoutDawn(argv: readonly string[], load = LOAD): Promise<ProcessOutcome> {
    const dawn = join(folder, 'webgpu');
    await mkdir(dawn, { recursive: true });
    await writeFile(join(dawn, 'dawn.node'), Uint8Array.of(0x7f, 0x45, 0x4c, 0x46));
    await writeFile(join(dawn, 'index.mjs'), load);
    const hook = `export const resolve = (name, context, next) => name === 'webgpu'
      ? { url: ${JSON.stringify(pathToFileURL(join(dawn, 'index.mjs')).href)}, shortCircuit: true }
      : next(name, context);`;
    await writeFile(join(dawn, 'hook.mjs'), hook);
    const register = `import { register } from 'node:module';
      register(${JSON.stringify(pathToFileURL(join(dawn, 'hook.mjs')).href)});`;
    return shoalAfter('without-dawn.mjs', register, argv);
  }

  it('fits on WebAssembly, and says why in one line', async () => {
    const { status, stderr } = await withoutDawn(['fit', 'points.csv', '--clusters', '2', '--no-report']);
    expect(status, stderr).toBe(0);
    const lines = stderr.split('\n').filter((line) => line.includes('Dawn'));
    expect(lines).toEqual([
      expect.stringMatching(/engine wasm .*no GPU can be used: Dawn.*cannot be loaded here: .*dawn\.node/),
    ]);
  });

  it('refuses --engine webgpu with a clear sentence', async () => {
    const argv = ['fit', 'points.csv', '--clusters', '2', '--engine', 'webgpu', '--output', 'refused'];
    const { status, stderr } = await withoutDawn(argv);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^shoal: Dawn, .* cannot be loaded here: .*Use the wasm engine, .*glibc 2\.34/m);
    expect(stderr).not.toContain('    at ');
  });

  it('reports it also when loading ends the process', async () => {
    const { status, stdout, stderr } = await withoutDawn(['devices'], "process.kill(process.pid, 'SIGBUS')");
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/no GPU adapter: Dawn, .*the process that tried ended with SIGBUS/);
  });

  it('lists no device, and says why', async () => {
    const { status, stdout, stderr } = await withoutDawn(['devices']);
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/no GPU adapter: Dawn, .*cannot be loaded/);
    expect(stdout).toMatch(/--engine auto takes: engine wasm/);
    const asJson = await withoutDawn(['devices', '--json']);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      adapters: [],
      problem: expect.stringContaining('cannot be loaded') as string,
      auto: { engine: 'wasm' },
    });
  });
});

describe('for a user without a home folder', () => {
  /** Does what Node.js does when HOME is not set and the system does not know the user. */
  const NO_HOME = `import os from 'node:os';
    import { syncBuiltinESMExports } from 'node:module';
    const fail = () => { throw new Error('uv_os_homedir returned ENOENT'); };
    Object.assign(os, { homedir: fail, userInfo: fail });
    syncBuiltinESMExports();`;

  it.each([
    { argv: ['--version'] },
    { argv: ['--help'] },
    { argv: ['devices'] },
    { argv: ['data', '--help'] },
    { argv: ['fit', 'points.csv', '--clusters', '2', '--output', 'homeless'] },
  ])('$argv works', async ({ argv }) => {
    const { status, stderr } = await shoalAfter('without-home.mjs', NO_HOME, argv);
    expect(status, stderr).toBe(0);
  });

  it('says that there is no folder for a dataset, and which option sets one', async () => {
    const argv = ['fit', 'fashion-mnist', '--clusters', '2', '--output', 'nothing'];
    const { status, stderr } = await shoalAfter('without-home.mjs', NO_HOME, argv);
    expect(status).toBe(3);
    expect(stderr).toMatch(/no home folder/);
    expect(stderr).toMatch(/--data-dir .*SHOAL_DATA_DIR/);
  });
});
