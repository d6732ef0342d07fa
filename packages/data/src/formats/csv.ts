import { requireText } from './csv/csv-rows.ts';
import { readLongCsv } from './csv/read-csv.ts';
import type { FileFormat } from './format.ts';

export const csvFormat = {
  name: 'csv',
  title: 'CSV',
  extensions: ['csv', 'txt'],
  options: ['header', 'labelColumn', 'delimiter'],
  announcedBytes(head, file) {
    requireText(head, file);
    return undefined;
  },
  read: (request) => readLongCsv(request, ','),
} as const satisfies FileFormat;
