import { CLUSTERER_KINDS } from '@shoal/core';
import { expect, it } from 'vitest';
import { FIT_METHODS } from './methods.ts';

it('lists methods of core, by their names there, with what they take', () => {
  const known = CLUSTERER_KINDS.map(({ method, title, swept }) => ({
    method,
    title,
    takesClusters: swept !== undefined,
  }));
  for (const method of FIT_METHODS) expect(known).toContainEqual(method);
});
