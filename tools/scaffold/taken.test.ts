import { expect, it } from 'vitest';
import { root } from '../command.mjs';
import { requireFreeName } from './write.mjs';

it.each([
  ['clusterer', 'engine', 'packages/core/src/engine exists'],
  ['clusterer', 'destroyable', 'packages/core/src/destroyable.ts exists'],
  ['clusterer', 'cut', 'a kind of clustering has this name'],
  ['clusterer', 'umap-gmm', 'a method of the command has this name'],
  ['clusterer', 'gaussian-mixture', '@shoal/core exports "GaussianMixture"'],
  ['clusterer', 'cluster', '@shoal/core exports "ClusterModel"'],
  ['clusterer', 'umap', '@shoal/manifold exports "Umap"'],
  ['clusterer', 'chosen', 'packages/core/src/clusterer/kinds.ts has "chosenKind" already'],
  ['clusterer', 'promise', 'JavaScript has a global "Promise"'],
  ['clusterer', 'index', 'index.ts is the file'],
  ['method', 'umap-kmeans', 'a method of the command has this name'],
  ['method', 'cut', 'a kind of clustering has this name'],
  ['method', 'mixture', 'packages/cli/src/methods/index.ts has "mixtureMethod" already'],
  ['method', 'new', '"new" is a reserved word of JavaScript'],
  ['format', 'npy', 'packages/data/src/formats/npy.ts has this name or file extension'],
  ['format', 'jsonl', 'packages/data/src/formats/ndjson.ts has this name or file extension'],
  ['format', 'zst', 'packages/data/src/formats/zstd.ts has this name or file extension'],
  ['format', 'gz', 'packages/data/src/formats/gzip.ts has this name or file extension'],
  ['kernel', 'kmeans/assign', 'packages/webgpu-kernels/src/kernels/kmeans/assign.wgsl exists'],
  ['kernel', 'rows/input', '"input" is a word of WGSL'],
  ['kernel', 'rows/index', 'index.ts is the file'],
] as const)('a %s cannot have the name "%s"', async (kind, name, reason) => {
  const checked = requireFreeName(root, kind, name);
  await expect(checked).rejects.toThrow(`A new ${kind} cannot have the name "${name}": `);
  await expect(checked).rejects.toThrow(reason);
  await expect(checked).rejects.toThrow('Choose another name.');
});

it.each([
  ['clusterer', 'mini-batch'],
  ['method', 'mini-batch'],
  ['format', 'orc'],
  ['kernel', 'rows/scale-values'],
] as const)('a %s can have the name "%s"', async (kind, name) => {
  await expect(requireFreeName(root, kind, name)).resolves.toBeUndefined();
});

it('says what form a name has', async () => {
  await expect(requireFreeName(root, 'format', 'Big-File')).rejects.toThrow(
    'The name of a format must look like "orc"; got "Big-File".',
  );
});
