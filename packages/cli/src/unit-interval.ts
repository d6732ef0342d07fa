import type { Matrix } from '@shoal/core';

/** Whether all values are from 0 to 1, as those of pixels are. */
export function isInUnitInterval({ data, scale }: Matrix): boolean {
  for (const value of data) if (!(value * scale >= 0 && value * scale <= 1)) return false;
  return true;
}
