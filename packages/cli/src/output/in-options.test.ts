import { expect, it } from 'vitest';
import { inOptions } from './in-options.ts';

it('names options of the command in messages of the packages', () => {
  expect(inOptions('It did not converge in 5 iterations; raise maxIterations or tolerance.')).toBe(
    'It did not converge in 5 iterations; raise --max-iterations or --tol.',
  );
  expect(inOptions("Use scaling: 'standardize', or a smaller regCovar.")).toBe(
    'Use --scaling standardize, or a smaller --reg-covar.',
  );
  expect(inOptions('The file "maxIterationsOf.csv" is not there.')).toBe(
    'The file "maxIterationsOf.csv" is not there.',
  );
});
