import { writtenLabels } from '@shoal/core';
import { writeNpy } from '@shoal/data';
import { writeFileAtomic, writeTableFile } from '@shoal/data/node';
import type { Table } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import { accessing } from '../file-errors.ts';
import { isNpy } from '../output-file.ts';
import { assignmentsOf } from './assignments.ts';
import type { TableInput } from './load-table.ts';
import type { RowResults } from './row-results.ts';

/** Where labels go. */
interface ResultOptions {
  /** An NPY file, or a table. */
  readonly output?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Writes one label for each row to a file, or prints them. */
export async function writeResults(
  { labels: all, fits }: RowResults,
  table: TableInput | undefined,
  { output, json }: ResultOptions,
  { signal, stdout, stderr, progress: onProgress, endProgress }: CommandContext,
): Promise<void> {
  const labels = writtenLabels(all);
  if (output !== undefined) {
    const written = isNpy(output)
      ? writeFileAtomic(output, writeNpy({ data: labels, shape: [labels.length] }), { signal })
      : writeTableFile(output, assignmentsOf(table?.table ?? emptyTable(all.length), all, fits), {
          signal,
          onProgress,
        });
    await accessing(output, written);
    endProgress();
    stderr(`Wrote ${labels.length} ${isNpy(output) ? 'labels' : 'rows'} to ${output}.`);
  }
  if (json) stdout(JSON.stringify({ labels: Array.from(labels) }));
  else if (output === undefined) stdout(labels.join('\n'));
}

/** For datasets, which have no columns of their own. */
function emptyTable(rows: number): Table {
  return { name: 'rows', rows, columns: [], notes: [] };
}
