import { inTurns } from '@shoal/core/engine-kit';
import { isText, requireText } from './delimited/require-text.ts';
import type { FileFormat } from './format.ts';

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
    const { numberModule } = await import('./delimited/number-module.ts');
    const { scanInThreads } = await import('./delimited/scan-in-threads.ts');
    const { scanWhole } = await import('./delimited/scan-whole.ts');
    const opened = openDelimited(request);
    const { signal, onProgress } = request;
    const module = request.bytes.length < MODULE_BYTES ? undefined : await numberModule();
    const scanning = { signal, onProgress, module };
    const scanned =
      (await scanInThreads(opened, scanning)) ?? (await inTurns(scanWhole(opened, scanning), signal));
    return inTurns(finishTable(opened, scanned), request.signal);
  },
} as const satisfies FileFormat;
