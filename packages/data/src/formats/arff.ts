import { inTurns } from '@shoal/core/engine-kit';
import type { FileFormat } from './format.ts';

/** Weka's format: a header with the types of the columns, then rows with commas. */
export const arffFormat = {
  name: 'arff',
  title: 'ARFF',
  extensions: ['arff'],
  sniff: (head) => {
    const text = new TextDecoder('windows-1252').decode(head.subarray(0, HEAD_BYTES));
    return /^(\s|%[^\n]*\n)*@relation\s/i.test(text);
  },
  options: ['encoding', 'dateOrder'],
  announcedBytes: () => undefined,
  async read(request) {
    const { readArff } = await import('./arff/read-arff.ts');
    return inTurns(readArff(request), request.signal);
  },
} as const satisfies FileFormat;

/** How much of a file may stand before its name. */
const HEAD_BYTES = 1 << 14;
