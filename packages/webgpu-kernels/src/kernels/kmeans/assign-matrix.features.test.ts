import { describe } from 'vitest';
import { itAssigns, itHasTheLabelsOfAssign, itMayBeFast } from '../../testing/describe-assign.ts';
import { requireFeatures } from '../../testing/require-features.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';

describe.each(['assign-matrix', 'assign-matrix, split'] as const)('%s', (name) => {
  const device = useTestDevice(requireFeatures);
  itAssigns(name, device);
  describe('has the labels of assign', () => {
    itHasTheLabelsOfAssign(name, device);
  });
});

describe('assign-matrix', () => {
  itMayBeFast('assign-matrix', useTestDevice(requireFeatures), { f32: 2 ** -10, u8: 2 ** -11 });
});
