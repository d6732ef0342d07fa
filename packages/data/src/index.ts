export * from './errors.ts';
export {
  datasetNames,
  isDatasetName,
  type Dataset,
  type DatasetName,
  type Labels,
  type SplitDataset,
} from './dataset.ts';
export { readCsv, type CsvOptions, type CsvTable, type LabelColumn } from './formats/csv.ts';
export { readIdx } from './formats/idx.ts';
export { isJsonObject, parseJson } from './formats/json.ts';
export { readNpy, writeNpy } from './formats/npy.ts';
export { readLabels, readPoints, type LabelsOptions, type PointsOptions } from './formats/points.ts';
export { readSafetensors, writeSafetensors, type SafetensorsFile } from './formats/safetensors.ts';
export { garmentClassNames } from './garments/classes.ts';
export { garments, type GarmentsOptions } from './garments/garments.ts';
export { nestModelStates, partOfModelState } from './nested-state.ts';
export { decodeRun, encodeRun, encodeRunJson, runFiles, type Run } from './run/run.ts';
