import { describe } from 'vitest';
import { itAssigns, itHasTheLabelsOfAssign, itMayBeFast } from '../../testing/describe-assign.ts';
import { requireFeatures } from '../../testing/require-features.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';

describe('assign-half', () => {
  const device = useTestDevice(requireFeatures);
  itAssigns('assign-half', device);
  itMayBeFast('assign-half', device, { f32: 2 ** -10, u8: 2 ** -11 });
  describe('has the labels of assign', () => {
    itHasTheLabelsOfAssign('assign-half', device);
  });
});
