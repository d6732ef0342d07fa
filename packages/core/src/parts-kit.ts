/**
 * For programs that hold the parts of points outside the process that fits them. Published as `@shoal/core/parts-kit`.
 */
export type { PartAnswer, PartHost, PartQuestion, PartSetup, SharedArrays } from './parts/part-host.ts';
export { HeldPart, surveyOfPart, type PartPlace } from './parts/held-part.ts';
export { addAnswer, sumOfAnswers } from './parts/part-answers.ts';
export { loadPart } from './parts/part-reader.ts';
export { sessionBytes } from './parts/part-rooms.ts';
