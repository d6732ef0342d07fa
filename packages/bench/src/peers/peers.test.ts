import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMeans, createReferenceEngine } from '@shoal/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noise, startingRows } from '../data/point-sets.ts';
import { inertiaOf } from '../judge.ts';
import { ArrayFiles } from './array-files.ts';
import { coreTypeFor } from './blas-core-type.ts';
import { NpmPeers } from './npm-peers.ts';
import { PythonPeers } from './python-peers.ts';
import { loadTorch, TorchPeers } from './torch-peers.ts';

const { signal } = new AbortController();

/** An executable that stands in for an interpreter. */
async function executable(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-python-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'python');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const HELLO = (versions: string) =>
  `read line; echo '{"id":0,"python":"3.99","versions":${versions},"pools":[]}'; cat > /dev/null`;

describe('Python peers', () => {
  it('says that they are absent when there is no such interpreter', async () => {
    const peers = await PythonPeers.open({ python: '/nowhere/python9', signal });
    expect(peers).not.toBeInstanceOf(PythonPeers);
    expect(peers.infos).toEqual([
      expect.objectContaining({
        name: 'scikit-learn',
        version: null,
        runtime: expect.stringContaining('/nowhere/python9') as string,
        install: expect.stringContaining('pip install scikit-learn') as string,
      }),
      expect.objectContaining({ name: 'faiss', version: null }),
    ]);
  });

  it('says that they are absent when the interpreter has none of the modules', async () => {
    const python = await executable(HELLO('{"numpy":null,"scikit-learn":null,"faiss":null}'));
    const peers = await PythonPeers.open({ python, signal });
    expect(peers).not.toBeInstanceOf(PythonPeers);
    expect(peers.infos[0].runtime).toContain('3.99');
  });

  it('uses the other one when one of two is absent', async () => {
    const python = await executable(HELLO('{"numpy":"1","scikit-learn":"1.2","faiss":null}'));
    const peers = await PythonPeers.open({ python, signal });
    if (!(peers instanceof PythonPeers)) throw new TypeError('absent');
    onTestFinished(() => {
      peers.close();
    });
    expect([peers.has('scikit-learn'), peers.has('faiss')]).toEqual([true, false]);
  });

  it('says that they are absent, and why, when the interpreter fails', async () => {
    const peers = await PythonPeers.open({ python: await executable('echo broken >&2; exit 1'), signal });
    expect(peers.infos[0]).toMatchObject({ version: null });
    expect(peers.infos[0].runtime).toContain('broken');
  });

  it('ends at once when aborted', async () => {
    const controller = new AbortController();
    const opening = PythonPeers.open({ python: await executable('sleep 3'), signal: controller.signal });
    const reason = new DOMException('enough', 'AbortError');
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });
});

describe('PyTorch', () => {
  const open = async (answers: readonly string[]) => {
    const replies = answers.map((answer) => `read line; echo '${answer}'`);
    const peers = await TorchPeers.open({
      python: await executable(`${replies.join('; ')}; cat > /dev/null`),
      signal,
    });
    if (!(peers instanceof TorchPeers)) throw new TypeError('absent');
    onTestFinished(() => {
      peers.close();
    });
    return peers;
  };
  const hello = '{"id":0,"python":"3.99","versions":{"numpy":"1","torch":"9.9"}}';
  const loaded = (flash: object | null) =>
    JSON.stringify({ id: 1, version: '9.9+cu', gpu: 'GPU 1', cuda: '99.1', triton: '7.0', flash });

  it('says that it is absent, and flash-kmeans with it', async () => {
    const without = '{"id":0,"python":"3.99","versions":{"numpy":"1","torch":null}}';
    const python = await executable(`read line; echo '${without}'; cat > /dev/null`);
    const peers = await TorchPeers.open({ python, signal });
    expect(peers).not.toBeInstanceOf(TorchPeers);
    expect(peers.infos.map(({ name, version }) => [name, version])).toEqual([
      ['torch', null],
      ['flash-kmeans', null],
    ]);
  });

  it('knows its device when it has been loaded', async () => {
    const peers = await open([hello, loaded({ version: '0.2.0', kernels: 'Triton kernels' })]);
    expect(peers.infos).toHaveLength(1);
    expect(peers.infos[0]).toMatchObject({ version: '9.9' });
    expect(await peers.load()).toEqual({ gpu: 'GPU 1', flash: true });
    expect(peers.infos[0].runtime).toContain('3.99, triton 7.0, CUDA 99.1, GPU 1');
    expect(peers.infos[1]).toMatchObject({ name: 'flash-kmeans', version: '0.2.0' });
    expect(peers.infos[1].runtime).toContain('Triton kernels');
  });

  it('leaves out a flash-kmeans that is absent or broken, and says how to install it', async () => {
    for (const flash of [null, { version: null, kernels: 'it cannot be loaded: no' }]) {
      const peers = await open([hello, loaded(flash)]);
      expect(await peers.load()).toMatchObject({ flash: false });
      expect(peers.infos[1]).toMatchObject({ version: null });
      expect(peers.infos[1].install).toContain('FLASH_KMEANS_DIR');
    }
  });

  it('counts as absent when it cannot be loaded, or has ended', async () => {
    const peers = await open([hello, '{"id":1,"error":"ImportError: broken"}']);
    expect(await loadTorch(peers)).toContain('ImportError: broken');
    peers.close();
    expect(await loadTorch(peers)).toContain('was ended');
    expect(await loadTorch(undefined)).toBe('torch is absent');
  });

  it('is started with the folder of flash-kmeans', async () => {
    const folder = '/somewhere/flash';
    const python = await executable(
      `[ "$2" = ${folder} ] || exit 1; read line; echo '${hello}'; cat > /dev/null`,
    );
    const peers = await TorchPeers.open({ python, flashKmeans: folder, signal });
    expect(peers).toBeInstanceOf(TorchPeers);
    if (peers instanceof TorchPeers) peers.close();
  });
});

describe('coreTypeFor', () => {
  const openblas = (architecture: string) => [{ api: 'openblas', architecture }];

  it('raises an OpenBLAS that fell back to the features of the processor', () => {
    expect(coreTypeFor(openblas('Prescott'), new Set(['avx2', 'avx512f', 'avx512vl']))).toBe('SKYLAKEX');
    expect(coreTypeFor(openblas('Prescott'), new Set(['avx2']))).toBe('HASWELL');
  });

  it('changes nothing when the choice is good, when it is not OpenBLAS, or when nothing better is known', () => {
    const everything = new Set(['avx2', 'avx512f', 'avx512vl']);
    expect(coreTypeFor(openblas('SkylakeX'), everything)).toBeUndefined();
    expect(coreTypeFor([{ api: 'openmp', architecture: null }], everything)).toBeUndefined();
    expect(coreTypeFor(openblas('Prescott'), new Set(['sse2']))).toBeUndefined();
  });
});

describe('npm peers', () => {
  it('computes the same k-means from the same start, in its own process', async () => {
    const npm = await NpmPeers.open(undefined, signal);
    const files = await ArrayFiles.create();
    onTestFinished(async () => {
      npm.close();
      await files.remove();
    });
    expect(npm.has('ml-kmeans')).toBe(true);
    const points = await noise(80, 3, 11, signal);
    const start = startingRows(points, 4, 12);
    const out = files.result('f64');
    const timing = await npm.kmeans('ml-kmeans', {
      points: await files.matrix(points),
      columns: 3,
      centroids: await files.matrix(start),
      clusters: 4,
      iterations: 100,
      seed: 0,
      out,
    });
    expect(timing.seconds).toBeGreaterThan(0);
    const model = await new KMeans({
      clusters: 4,
      init: start,
      tolerance: 0,
      engine: createReferenceEngine(),
    }).fit(points);
    const inertia = await inertiaOf(points, await files.read(out), signal);
    expect(inertia / model.inertia).toBeCloseTo(1, 6);
  });

  it('says how to install absent ones, without a package name that anybody could take', async () => {
    const npm = await NpmPeers.open(undefined, signal);
    onTestFinished(() => {
      npm.close();
    });
    const info = npm.infos.find(({ name }) => name === 'clustering-tfjs');
    expect(info).toMatchObject({ version: null });
    expect(info?.install).not.toContain('npm install');
  });

  it('passes on errors of the process', async () => {
    const npm = await NpmPeers.open(undefined, signal);
    onTestFinished(() => {
      npm.close();
    });
    const request = { points: '/nowhere.npy', columns: 2, clusters: 2, iterations: 1, seed: 0, out: 'x' };
    await expect(npm.kmeans('ml-kmeans', request)).rejects.toThrow(/ENOENT/);
  });
});
