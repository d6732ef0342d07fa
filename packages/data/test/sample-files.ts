import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { writeNpy, writeSafetensors } from '../src/index.ts';
import { encode, gzipped, idx, zipped } from './bytes.ts';
import arrays from './fixtures/arrays.json' with { type: 'json' };
import packed from './fixtures/packed.json' with { type: 'json' };

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const values = Float32Array.from({ length: 24 }, (_, i) => i / 3);
const grid = { data: values, shape: [6, 4] };
const columns = { x: [1.5, 2, -3], y: [1, 2, 3], name: ['a', 'b', 'a'], ok: [true, false, true] };
const rows =
  '[{"x":1.5,"name":"a","v":[1,2]},{"x":-2e3,"name":null,"in":{"y":true}},{"x":12345678901234567890}]';
const text =
  '# comment\nlabel,x,y,day,word\n0,1.5,2,2024-05-01,"a, b"\n1,"3",-4e2,2024-06-02,"c\n""d"""\n1,5.25,NA,,e\n';

function parquet(): Uint8Array {
  const data = Object.entries(columns).map(([name, column]) => ({ name, data: column }));
  return new Uint8Array(parquetWriteBuffer({ columnData: data }));
}

function arrow(format: 'file' | 'stream'): Uint8Array {
  const bytes = tableToIPC(tableFromArrays(columns), { format });
  if (bytes === null) throw new Error('Arrow was not written.');
  return bytes;
}

/** Small valid files of each format, by its name in `FORMATS`. */
export const SAMPLE_FILES: Readonly<Record<string, readonly Uint8Array[]>> = {
  idx: [idx([3, 2, 4], values.map(Math.floor))],
  npy: [writeNpy(grid), fromBase64(arrays.records), fromBase64(arrays.texts)],
  npz: [
    zipped({
      'x.npy': writeNpy(grid),
      'y.npy': writeNpy({ data: Int32Array.of(1, 2, 3, 4, 5, 6), shape: [6] }),
    }),
  ],
  safetensors: [writeSafetensors({ points: grid }), fromBase64(arrays.safetensors)],
  parquet: [parquet()],
  arrow: [arrow('file'), arrow('stream')],
  ndjson: [
    encode('{"x":1.5,"name":"a"}\n{"name":"b","v":[1,2],"in":{"y":true}}\n\n{"x":12345678901234567890}\n'),
  ],
  json: [
    encode(rows),
    encode('{"columns":["a","b"],"data":[[1,"x"],[2,"y"]]}'),
    encode('{"a":{"0":1,"1":2},"b":{"0":null,"1":"y"}}'),
  ],
  csv: [encode(text), encode('a;b\n1,5;1.000,25\n2,5;3\n'), encode('1\t2\n3\t4\n')],
  arff: [encode('@relation r\n@attribute x numeric\n@attribute c {a,b}\n@data\n1.5,a\n?,b\n')],
};

/** Packed files, by the ending of their names. */
export const PACKED_FILES: Readonly<Record<string, Uint8Array>> = {
  gz: gzipped(encode(text)),
  zst: fromBase64(packed['with a sum']).subarray(0, 2000),
};
