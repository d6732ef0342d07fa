import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, parseJson, RUN_FILES } from '@shoal/data';
import { readBytes, writeFileAtomic } from '@shoal/data/node';
import type { Profiles } from '@shoal/tables';
import { decodeView, encodeView, VIEW_FILE } from '@shoal/viewer/data';
import type { CommandContext } from '../context.ts';
import { isRunMetrics } from '../save-run.ts';
import { recipeBeside } from '../tables/load-table.ts';
import { REPORT_FILE } from './pages.ts';
import { reportPage } from './run-view.ts';

/** Writes the names of clusters into the viewer's file and the report of a run, where it has them. */
export async function renameInPages(
  run: string,
  profiles: Profiles,
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<void> {
  const has = async (name: string): Promise<boolean> =>
    (await stat(join(run, name)).catch(() => undefined)) !== undefined;
  const bytesOf = (name: string): Promise<Uint8Array> =>
    readBytes(join(run, name), { signal, maxBytes: Infinity });
  if (!(await has(VIEW_FILE))) return;
  const clusterNames = profiles.clusters.map(({ name }) => name);
  const data = { ...decodeView(await bytesOf(VIEW_FILE), join(run, VIEW_FILE)), clusterNames };
  await writeFileAtomic(join(run, VIEW_FILE), encodeView(data), { signal });
  if (!(await has(REPORT_FILE))) return;
  const file = join(run, RUN_FILES.metrics);
  const metrics = (await has(RUN_FILES.metrics))
    ? parseJson(await bytesOf(RUN_FILES.metrics), file)
    : undefined;
  if (isJsonObject(metrics) && isRunMetrics(metrics)) {
    await writeFileAtomic(
      join(run, REPORT_FILE),
      await reportPage(metrics, data, { recipe: await recipeBeside(file), profiles }),
      {
        signal,
      },
    );
  } else {
    stderr(`warning: ${REPORT_FILE} keeps the old names, because ${file} is not complete.`);
  }
}
