import { describe, expect, it } from 'vitest';
import { FormatError } from '../errors.ts';
import { parseJson } from './json.ts';
import { readSafetensors } from './safetensors.ts';

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    const text = '{"a":[1,{"b":null,"a":"{\\"[\\""}],"c":{"a":true,"\\u0061b":"\\\\"}}';
    expect(parseJson(text, 'x.json')).toEqual(JSON.parse(text));
    expect(parseJson(new TextEncoder().encode(text), 'x.json')).toEqual(JSON.parse(text));
    expect(parseJson(nested(64), 'x.json')).toEqual(JSON.parse(nested(64)));
  });

  it.each([
    ['nested a little too deep', nested(65), /x\.json: nested more than 64 deep/],
    ['nested a million deep', nested(1_000_000), /nested more than 64 deep/],
    ['open a million deep', '{"a":'.repeat(1_000_000), /nested more than 64 deep/],
    ['no JSON', '{"a":', /not valid JSON/],
    ['a string without an end', '{"a', /not valid JSON/],
    ['a key given twice', '{"b":{"a":1, "c":[{"a":2}], "a" : 3}}', /gives the key "a" twice/],
    ['a key given twice, once escaped', '{"a":1,"\\u0061":2}', /gives the key "\\u0061" twice/],
    ['a long key given twice', `{"${'k'.repeat(1e6)}":1,"${'k'.repeat(1e6)}":2}`, /^.{60,140}twice/],
    ['bytes that are not text', Uint8Array.of(34, 255, 34), /not UTF-8/],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseJson(text, 'x.json')).toThrow(FormatError);
    expect(() => parseJson(text, 'x.json')).toThrow(message);
  });
});

it('readSafetensors refuses a repeated key, as the format says, and deep metadata', () => {
  const file = (header: string, data: number): Uint8Array => {
    const bytes = new Uint8Array(8 + header.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    return bytes;
  };
  const entry = '{"dtype":"U8","shape":[2],"data_offsets":[0,2]}';
  expect(readSafetensors(file(`{"a":${entry}}`, 2)).tensors['a'].shape).toEqual([2]);
  expect(() => readSafetensors(file(`{"a":${entry},"a":${entry}}`, 2), 'm.safetensors')).toThrow(
    /m\.safetensors: the safetensors header is not clear: it gives the key "a" twice/,
  );
  expect(() => readSafetensors(file(`{"__metadata__":${nested(9_000)}}`, 0))).toThrow(FormatError);
});
