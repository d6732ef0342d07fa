import { inTurns } from '@shoal/core/engine-kit';
import { isText, requireText } from './delimited/require-text.ts';
import type { FileFormat } from './format.ts';
import { MANY_BYTES } from './threads.ts';

/** Smaller files are read before WebAssembly is ready. */
const MODULE_BYTES = 1 << 20;

export const csvFormat = {
  name: 'csv',
  title: 'delimited text (CSV)',
  extensions: ['csv', 'tsv', 'txt', 'tab', 'data', 'dat'],
  mayBe: isText,
  inThreads: true,
  options: ['header', 'delimiter', 'decimal', 'thousands', 'encoding', 'comment', 'dateOrder'],
  announcedBytes(head, file) {
    requireText(head, file);
    return undefined;
  },
  async read(request) {
    const { openDelimited } = await import('./delimited/open-delimited.ts');
    const { finishTable } = await import('./delimited/read-delimited.ts');
    const { scanWhole } = await import('./delimited/scan-whole.ts');
    const { bytes, signal, onProgress } = request;
    const module = bytes.length < MODULE_BYTES ? undefined : await loadModule();
    if (bytes.length >= MANY_BYTES) {
      const { readInThreads } = await import('./delimited/read-in-threads.ts');
      const table = await readInThreads(request, module);
      if (table !== undefined) return table;
    }
    const opened = openDelimited(request);
    const scanned = await inTurns(scanWhole(opened, { onProgress, module }), signal);
    return inTurns(finishTable(opened, scanned), signal);
  },
} as const satisfies FileFormat;

async function loadModule(): Promise<WebAssembly.Module | undefined> {
  const { numberModule } = await import('./delimited/number-module.ts');
  return numberModule();
}
