import { describe } from 'vitest';
import { itAssigns, itHasTheLabelsOfAssign } from '../../testing/describe-assign.ts';
import { requireFeatures } from '../../testing/require-features.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';

describe('assign-half', () => {
  const device = useTestDevice(requireFeatures);
  itAssigns('assign-half', device);
  describe('has the labels of assign', () => {
    itHasTheLabelsOfAssign('assign-half', device);
  });
});
