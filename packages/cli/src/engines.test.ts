import { KMeans, matrix } from '@shoal/core';
import { WebGpuEngine } from '@shoal/webgpu-kernels';
import { expect, it } from 'vitest';
import { openEngine } from './engines.ts';

it('warns on a separate line when a GPU is lost and opened again', async () => {
  const printed: string[] = [];
  const context = {
    stderr: (text: string) => printed.push(text),
    endProgress: () => printed.push('end of progress'),
  };
  const adapter = process.env['SHOAL_TEST_ADAPTER'] ?? 'SwiftShader';
  const opened = await openEngine({ name: 'webgpu', adapter }, context);
  const { engine } = opened;
  if (!(engine instanceof WebGpuEngine)) throw new TypeError('The engine is not the one asked for.');
  engine.device.destroy();
  const { labels } = await new KMeans({ clusters: 2, engine }).fit(matrix(Float32Array.of(0, 1, 9), 3, 1));
  expect(labels[0]).toBe(labels[1]);
  expect(printed).toEqual(['end of progress', expect.stringMatching(/^warning: The GPU device was lost/)]);
  opened.destroy();
});
