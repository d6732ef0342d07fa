import { isUniform, type BindingAccess, type Kernel } from '../runtime/kernel.ts';
import type { ParamStruct } from '../runtime/params.ts';

const STORAGE = { 'storage, read': 'read', 'storage, read_write': 'read-write', uniform: 'uniform' } as const;

/** Differences between a kernel's WGSL and its description by `defineKernel`; empty without differences. */
export function wgslMismatches({ bindings, source }: Pick<Kernel, 'bindings' | 'source'>): readonly string[] {
  const declared = [...source.matchAll(/@binding\((\d+)\)\s*var<([^>]+)> (\w+)\s*:\s*(\w+)/g)];
  const inShader = declared.map(([, slot, space, name]) => `${slot} ${camel(name)} ${kindOf(space)}`).sort();
  const onHost = Object.entries<BindingAccess>(bindings)
    .map(([name, access], slot) => `${slot} ${name} ${isUniform(access) ? 'uniform' : access}`)
    .sort();
  const structs = declared.flatMap(([, , , name, type]) => {
    const access = bindings[camel(name)];
    if (typeof access === 'object') return structMismatches(access, type, source);
    return access === 'uniform' && structOf(source, type)
      ? [`${name} is a ${type}: describe it by defineParams`]
      : [];
  });
  return [
    ...inShader.filter((line) => !onHost.includes(line)).map((line) => `only in WGSL: binding ${line}`),
    ...onHost.filter((line) => !inShader.includes(line)).map((line) => `only on the host: binding ${line}`),
    ...structs,
  ];
}

/** Differences between a struct on the host and the struct of that type in WGSL. */
export function structMismatches(
  { struct, fields }: ParamStruct,
  type: string,
  source: string,
): readonly string[] {
  const onHost = Object.entries(fields)
    .map(([field, of]) => `${field}: ${of}`)
    .join(', ');
  const inShader = structOf(source, type) ?? [];
  const expected = inShader.map(([field, of]) => `${field}: ${of}`).join(', ');
  if (struct === type && onHost === expected) return [];
  return [`WGSL has ${type} { ${expected} }, the host ${struct} { ${onHost} }`];
}

/** The fields of a struct with names in camel case; inner structs are replaced by their fields. */
function structOf(
  source: string,
  type: string,
): readonly (readonly [field: string, type: string])[] | undefined {
  const body = new RegExp(`struct ${type} \\{(.*?)\\n\\}`, 's').exec(source)?.[1];
  if (body === undefined) return undefined;
  return [...body.matchAll(/^\s*(\w+): (\w+),/gm)].flatMap(
    ([, field, of]) => structOf(source, of) ?? [[camel(field), of] as const],
  );
}

function kindOf(space: string): string {
  return space in STORAGE ? STORAGE[space as keyof typeof STORAGE] : space;
}

function camel(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
