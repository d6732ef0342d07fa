export type { Arithmetic, ArithmeticChoice } from './arithmetic.ts';
export { createWasmEngine, type WasmEngineOptions } from './engine.ts';
