import type { FileFormat } from './format.ts';
import { accessBytes } from './random-access.ts';

export const parquetFormat = {
  name: 'parquet',
  title: 'Parquet',
  extensions: ['parquet', 'pq'],
  sniff: isParquet,
  options: [],
  // The length of everything is at the end.
  announcedBytes: () => undefined,
  read: async ({ bytes, ...request }) => {
    const { readParquet } = await import('./parquet/read-parquet.ts');
    return readParquet({ ...request, parts: accessBytes(bytes) });
  },
  readParts: async (request) => {
    const { readParquet } = await import('./parquet/read-parquet.ts');
    return readParquet(request);
  },
  openPieces: async (request) => {
    const { openParquetPieces } = await import('./parquet/read-parquet.ts');
    return openParquetPieces(request);
  },
} as const satisfies FileFormat;

/** "PAR1", or "PARE" where the metadata are encrypted. */
function isParquet(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && (head[3] === 0x31 || head[3] === 0x45);
}
