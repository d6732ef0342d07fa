import type { ParamStruct } from './params.ts';
import { enableDirectives, type ShaderFeature } from './features.ts';

/** How a kernel uses a binding; a struct of parameters is a uniform buffer. */
export type BindingAccess = 'read' | 'read-write' | 'uniform' | ParamStruct;

/** Whether a binding is a uniform buffer: a struct of parameters, or a single value. */
export function isUniform(access: BindingAccess): access is 'uniform' | ParamStruct {
  return access !== 'read' && access !== 'read-write';
}

/** Values of a kernel's `override` constants. */
export type KernelConstants = Readonly<Record<string, number>>;

/** A compute kernel as data: importing one has no effect. */
export interface Kernel<Binding extends string = string> {
  /** The name of its file without the extension, for error messages and the pipeline cache. */
  readonly label: string;
  /** Its WGSL, modules first, without directives. */
  readonly source: string;
  /** Name of the `@compute` function: the label in snake case. */
  readonly entryPoint: string;
  /** Bindings of group 0 in the order of their slots: inputs, outputs, params last. */
  readonly bindings: Readonly<Record<Binding, BindingAccess>>;
  /** Optional features of the device that it needs to compile. */
  readonly needs: readonly ShaderFeature[];
}

/**
 * Describes a kernel.
 *
 * @param label the name of its `.wgsl` file without the extension, in kebab case; the entry point has the same name in snake
 * case
 * @param bindings name and access of each binding of group 0, in slot order
 * @param needs optional features of the device that it needs to compile
 */
export function defineKernel<Binding extends string>(
  label: string,
  source: string,
  bindings: Readonly<Record<Binding, BindingAccess>>,
  needs: readonly ShaderFeature[] = [],
): Kernel<Binding> {
  return { label, source, entryPoint: label.replaceAll('-', '_'), bindings, needs };
}

/** The whole WGSL module of a kernel: directives, then its source. */
export function shaderCode({ needs, source }: Pick<Kernel, 'needs' | 'source'>): string {
  return enableDirectives(needs) + source;
}

/**
 * The same kernel with WGSL modules before it, for example a points-access module.
 *
 * @param variant a name for labels and for the pipeline cache, for example `u8`
 */
export function withModules<Binding extends string>(
  kernel: Kernel<Binding>,
  variant: string,
  modules: readonly string[],
): Kernel<Binding> {
  return {
    ...kernel,
    label: `${kernel.label}:${variant}`,
    source: [...modules, kernel.source].join('\n'),
  };
}

/** Number of workgroups along x and y (always 1 along z). */
export type Grid = readonly [x: number, y: number];

/**
 * Distributes `workgroups` over a 2-D grid, because one dimension has at most 65,535. Kernels compute the linear index as
 * `group.x + group.y * groups.x` and skip indices past the end.
 *
 * @param limit the device's `maxComputeWorkgroupsPerDimension`
 */
export function linearGrid(workgroups: number, limit = 65_535): Grid {
  if (workgroups <= limit) return [Math.max(1, workgroups), 1];
  const rows = Math.ceil(workgroups / limit);
  return [Math.ceil(workgroups / rows), rows];
}
