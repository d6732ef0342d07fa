import { readLongCsv } from './csv/read-csv.ts';
import { csvFormat } from './csv.ts';
import type { FileFormat } from './format.ts';

export const tsvFormat = {
  ...csvFormat,
  name: 'tsv',
  title: 'TSV',
  extensions: ['tsv'],
  read: (request) => readLongCsv(request, '\t'),
} as const satisfies FileFormat;
