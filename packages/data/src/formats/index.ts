import { FormatError } from '../errors.ts';
import { arrowFormat } from './arrow.ts';
import { csvFormat } from './csv.ts';
import type { FileFormat } from './format.ts';
import { GZIP_EXTENSION } from './gzip.ts';
import { idxFormat } from './idx.ts';
import { npyFormat } from './npy.ts';
import { parquetFormat } from './parquet.ts';
import type { ReadOptionName } from './read-options.ts';
import { safetensorsFormat } from './safetensors.ts';
import { tsvFormat } from './tsv.ts';

/** Every format that points are read from. */
export const FORMATS: readonly FileFormat[] = [
  idxFormat,
  npyFormat,
  safetensorsFormat,
  csvFormat,
  tsvFormat,
  parquetFormat,
  arrowFormat,
];

/** Endings of the names of files of points, with the dot, including packed ones, for file pickers. */
export const FILE_EXTENSIONS: readonly string[] = [
  ...FORMATS.flatMap(({ extensions }) => extensions),
  GZIP_EXTENSION,
].map((extension) => `.${extension}`);

/** The titles of the formats that have an option. */
export function formatsWith(option: ReadOptionName): readonly string[] {
  return FORMATS.filter(({ options }) => options.includes(option)).map(({ title }) => title);
}

/**
 * The format of a file, by its first unpacked bytes, or else by its name.
 *
 * @throws {FormatError} when the format is not known
 */
export function formatOf(head: Uint8Array, file: string): FileFormat {
  const known =
    FORMATS.find(({ sniff }) => sniff?.(head, file)) ?? FORMATS.find((format) => isNamed(file, format));
  if (known !== undefined) return known;
  const sniffed = FORMATS.filter(({ sniff }) => sniff !== undefined).map(({ title }) => title);
  const endings = FORMATS.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`));
  throw new FormatError(
    { file },
    `the format is not known: the first bytes are not those of ${listed(sniffed)}, and the name does not end in ${listed(endings)}.`,
  );
}

function isNamed(file: string, { extensions }: FileFormat): boolean {
  const name = file.toLowerCase().replace(new RegExp(`\\.${GZIP_EXTENSION}$`), '');
  return extensions.some((extension) => name.endsWith(`.${extension}`));
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}
