import { Random } from '@shoal/core';
import { mutateBytes } from '../../data/test/mutate-bytes.ts';

type Json = null | boolean | number | string | Json[] | JsonObject;

// A type alias of a record cannot refer to itself.
interface JsonObject {
  [key: string]: Json;
}

/** The files of a run folder, by name. */
export type RunFiles = Readonly<Record<string, Uint8Array>>;

/** A copy of a run folder's files with one of them damaged: the same seed, the same damage. */
export function mutateRun(files: RunFiles, seed: number): RunFiles {
  const random = new Random(seed);
  const names = ['model.json', 'model.json', 'model.json', 'model.safetensors', 'labels.npy', 'metrics.json'];
  const name = names[random.integer(names.length)];
  const bytes = files[name];
  const isText = name.endsWith('.json');
  const damaged =
    isText && random.integer(3) > 0
      ? encodeJson(withStrange(JSON.parse(decode(bytes)) as Json, random))
      : name === 'model.safetensors' && random.integer(2) === 0
        ? withStrangeHeader(bytes, random)
        : mutateBytes(bytes, random);
  return { ...files, [name]: damaged };
}

/** Values that are nested too deep for JSON.stringify, by the placeholder that is replaced by them. */
const NESTED: Readonly<Record<string, string>> = {
  '@lists': `${'['.repeat(9_000)}${']'.repeat(9_000)}`,
  '@objects': `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
  '@few gradients': gradients(12),
  '@gradients': gradients(3_000),
};

/** A model of gradients of gradients, and so on. */
function gradients(depth: number): string {
  const open = '{"type":"gradients","settings":{"width":4,"height":4,"parts":{"model":';
  return `${open.repeat(depth)}{}${'}}}'.repeat(depth)}`;
}

function encodeJson(value: Json): Uint8Array {
  return encode(JSON.stringify(value).replace(/"(@[a-z ]+)"/g, (text, name: string) => NESTED[name] ?? text));
}

/** Values that no reader expects. */
const STRANGE: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => '',
  () => 'gradients',
  () => '__proto__',
  () => -1,
  () => 0,
  () => 1,
  () => 0.5,
  () => 1e15,
  () => 2 ** 53,
  () => 1e308,
  () => 4_294_967_296,
  () => [],
  () => ({}),
  () => [null, -1, 'x'],
  () => [1e9, 1e9],
  ...Object.keys(NESTED).map((name) => () => name),
];

/** Replaces, leaves out, doubles or moves one value, anywhere. */
function withStrange(root: Json, random: Random): Json {
  const places: { parent: Json[] | JsonObject; key: string }[] = [];
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ parent: value, key });
      visit((value as JsonObject)[key]);
    }
  };
  visit(root);
  if (places.length === 0) return STRANGE[random.integer(STRANGE.length)]();
  const { parent, key } = places[random.integer(places.length)];
  const holder = parent as JsonObject;
  switch (random.integer(5)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      break;
    case 1: {
      const other = places[random.integer(places.length)];
      holder[key] = structuredClone((other.parent as JsonObject)[other.key]);
      break;
    }
    default:
      holder[key] = STRANGE[random.integer(STRANGE.length)]();
  }
  return root;
}

function withStrangeHeader(bytes: Uint8Array, random: Random): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(decode(bytes.subarray(8, 8 + length))) as Json;
  const json = encodeJson(withStrange(header, random));
  const body = bytes.subarray(8 + length);
  const out = new Uint8Array(8 + json.length + body.length);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(json, 8);
  out.set(body, 8 + json.length);
  return out;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
