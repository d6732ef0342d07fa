import { FormatError } from '../errors.ts';
import { arffFormat } from './arff.ts';
import { arrowFormat } from './arrow.ts';
import { csvFormat } from './csv.ts';
import type { FileFormat } from './format.ts';
import { idxFormat } from './idx.ts';
import { jsonFormat } from './json-table.ts';
import { ndjsonFormat } from './ndjson.ts';
import { npyFormat } from './npy.ts';
import { npzFormat } from './npz.ts';
import { parquetFormat } from './parquet.ts';
import { COMMON_READ_OPTIONS, type ReadOptionName } from './read-options.ts';
import { safetensorsFormat } from './safetensors.ts';
import { PACKED_EXTENSIONS, unpackedName } from './unpack.ts';

/** Every format that points are read from. */
export const FORMATS: readonly FileFormat[] = [
  idxFormat,
  npyFormat,
  npzFormat,
  safetensorsFormat,
  parquetFormat,
  arrowFormat,
  ndjsonFormat,
  jsonFormat,
  arffFormat,
  csvFormat,
];

/** Endings of the names of files of points, with the dot, including packed ones, for file pickers. */
export const FILE_EXTENSIONS: readonly string[] = [
  ...FORMATS.flatMap(({ extensions }) => extensions),
  ...PACKED_EXTENSIONS,
].map((extension) => `.${extension}`);

/** The titles of the formats that have an option; "all formats" for one that every format has. */
export function formatsWith(option: ReadOptionName): readonly string[] {
  if (COMMON_READ_OPTIONS.includes(option)) return ['all formats'];
  return FORMATS.filter(({ options }) => options.includes(option)).map(({ title }) => title);
}

/**
 * The format of a file, by its first unpacked bytes, or else by its name; a text by any other name is delimited text.
 *
 * @throws {FormatError} when the format is not known
 */
export function formatOf(head: Uint8Array, file: string): FileFormat {
  const known =
    FORMATS.find(({ sniff }) => sniff?.(head, file)) ??
    FORMATS.find((format) => isNamed(file, format)) ??
    FORMATS.find(({ mayBe }) => mayBe?.(head));
  if (known !== undefined) return known;
  const sniffed = FORMATS.filter(({ sniff }) => sniff !== undefined).map(({ title }) => title);
  const endings = FORMATS.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`));
  throw new FormatError(
    { file },
    `the format is not known: the first bytes are not those of ${listed(sniffed)}, and the name does not end in ${listed(endings)}.`,
  );
}

/** Whether a file's name has an ending of this format, packed or not. */
export function isNamed(file: string, { extensions }: FileFormat): boolean {
  const name = unpackedName(file).toLowerCase();
  return extensions.some((extension) => name.endsWith(`.${extension}`));
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}
