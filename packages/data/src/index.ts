export * from './errors.ts';
export {
  DATASET_NAMES,
  isDatasetName,
  type Dataset,
  type DatasetName,
  type LabeledDataset,
  type Labels,
  type SplitDataset,
} from './dataset.ts';
export { readCsv, type CsvOptions } from './formats/read-csv.ts';
export type { FileContent, FileFormat, PartsRequest, ReadRequest } from './formats/format.ts';
export type { RandomAccess } from './formats/random-access.ts';
export { FILE_EXTENSIONS, FORMATS, formatsWith } from './formats/index.ts';
export { readIdx } from './formats/idx.ts';
export { isJsonObject, parseJson } from './formats/json.ts';
export { readNpy, writeNpy } from './formats/npy.ts';
export { readLabels, readPoints, type LabelsOptions, type PointsOptions } from './formats/points.ts';
export type { LabelColumn } from './formats/table-points.ts';
export { readTable, type TableReadOptions } from './formats/table.ts';
export {
  READ_OPTION_NAMES,
  READ_OPTIONS,
  type ReadOption,
  type ReadOptionName,
  type ReadOptions,
} from './formats/read-options.ts';
export type { OpenAccess, Source } from './sources/source.ts';
export type { TableSource } from './sources/table-source.ts';
export { joinTables } from './join-tables.ts';
export { readSafetensors, writeSafetensors, type SafetensorsFile } from './formats/safetensors.ts';
export { GARMENT_CLASS_NAMES } from './garments/classes.ts';
export { garments, type GarmentsOptions } from './garments/garments.ts';
export { nestModelStates, partOfModelState } from '@shoal/core/model-kit';
export { decodeRun, encodeRun, encodeRunJson, RUN_FILES, type Run } from './run/run.ts';
export { writeCsv } from './table-writers/delimited.ts';
export { TABLE_WRITERS, tableWriterOf, writeTable } from './table-writers/index.ts';
export { uniqueNames } from './table-writers/unique-names.ts';
export { writeParquet } from './table-writers/parquet.ts';
export type { TableWriter, WriteTableOptions } from './table-writers/table-writer.ts';
