import { inTurns } from '@shoal/core/engine-kit';
import { isText, requireText } from './delimited/require-text.ts';
import type { FileFormat } from './format.ts';

export const csvFormat = {
  name: 'csv',
  title: 'delimited text (CSV)',
  extensions: ['csv', 'tsv', 'txt', 'tab', 'data', 'dat'],
  mayBe: isText,
  options: [
    'header',
    'labelColumn',
    'delimiter',
    'decimal',
    'thousands',
    'encoding',
    'comment',
    'dateOrder',
    'missingValues',
  ],
  announcedBytes(head, file) {
    requireText(head, file);
    return undefined;
  },
  async read(request) {
    const { readDelimited } = await import('./delimited/read-delimited.ts');
    return inTurns(readDelimited(request), request.signal);
  },
} as const satisfies FileFormat;
