import * as v from 'valibot';

/** A peer's report about its work. */
export const Timing = v.object({ seconds: v.number(), iterations: v.optional(v.number()) });
export type Timing = v.InferOutput<typeof Timing>;
