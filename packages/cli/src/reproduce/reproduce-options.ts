import type { ArithmeticChoice } from '@shoal/wasm-kernels';
import type { EngineName } from '../engines.ts';
import type { ReportOptions } from './report-folder.ts';

/** Options of `shoal reproduce`. */
export interface ReproduceOptions extends ReportOptions {
  readonly engine: EngineName;
  readonly adapter?: string;
  readonly arithmetic?: ArithmeticChoice;
  readonly seed: number;
  readonly seeds: number;
  readonly dataset?: 'fashion-mnist' | 'garments';
  readonly limit?: number;
  readonly dataDir?: string;
  readonly download: boolean;
  readonly json?: boolean;
}
