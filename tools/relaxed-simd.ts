// Vitest runs this before each test file in Node.js, as the command does at its start: files share a process, so the
// arithmetic that the wasm engine chooses must not depend on which files ran before.
import { enableRelaxedSimd } from '../packages/cli/src/relaxed-simd.ts';

enableRelaxedSimd();
