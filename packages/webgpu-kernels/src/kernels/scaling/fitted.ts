import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import fitted from './fitted.wgsl';

const paramsStruct = defineParams('Params', { rows: 'u32', columns: 'u32' });

const bindings = {
  input: 'read',
  mean: 'read',
  factors: 'read',
  output: 'read-write',
  params: paramsStruct,
} as const;

/** A kernel of a fitted row scaling. */
export function scalingKernel(label: string, source: string): Kernel<keyof typeof bindings> {
  return defineKernel(label, `${fitted}\n${source}`, bindings);
}

export function fittedScalingParams(rows: number, columns: number): ArrayBuffer {
  return paramsStruct.pack({ rows, columns });
}
