import { describe } from 'vitest';
import { itAssigns, itHasTheLabelsOfAssign } from '../../testing/describe-assign.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';

describe('assign-tiled', () => {
  const device = useTestDevice();
  itAssigns('assign-tiled', device);
  describe('has the labels of assign', () => {
    itHasTheLabelsOfAssign('assign-tiled', device);
  });
});
