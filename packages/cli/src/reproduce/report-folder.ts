import type { FolderKind } from '@shoal/data/node';
import type { CommandContext } from '../context.ts';
import { withOutputFolder, type OutputFolder } from '../output-folder.ts';
import { rejectGiven } from '../reject-given.ts';

/** Options of a command that writes a report by default. */
export interface ReportOptions {
  readonly report: boolean;
  readonly output?: string;
  readonly force?: boolean;
}

/**
 * Claims the folder of a report before the work, if a report is written.
 *
 * @param place the default folder, and the kind that a folder must have to be replaced
 * @param work gets the folder, or undefined when no report is written
 * @throws {UsageError} when the folder cannot be written, or is given although no report is written
 * @throws whatever `work` throws
 */
export async function withReportFolder(
  { report, output, force: replace = false }: ReportOptions,
  place: { readonly folder: string; readonly kind: FolderKind },
  context: CommandContext,
  work: (output: OutputFolder | undefined) => Promise<void>,
): Promise<void> {
  if (!report) {
    rejectGiven('--no-report', { '--output': output });
    await work(undefined);
    return;
  }
  await withOutputFolder({ folder: output ?? place.folder, kind: place.kind, replace }, context, work);
}
