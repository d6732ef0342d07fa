import type { EncoderLayer } from '@shoal/deep-clustering';
import { UsageError } from '../exit-codes.ts';

const CONVOLUTION = /^(\d+)x(\d+)(?:\/(\d+))?$/;

/**
 * An encoder's layers as typed: `500,500,10` are widths of dense layers, `32x5/2` is a convolution of 32 filters of 5 x
 * 5 pixels that moves 2 pixels at a time, `32x3` one that moves 1. The autoencoder checks whether they make an encoder.
 *
 * @throws {UsageError} when a layer is neither
 */
export function parseLayers(text: string): readonly EncoderLayer[] {
  return text.split(',').map((part) => {
    const layer = part.trim();
    if (/^\d+$/.test(layer)) return Number(layer);
    const convolution = CONVOLUTION.exec(layer);
    if (convolution === null) {
      throw new UsageError(
        `--layers takes widths such as 500,500,10, and before them convolutions of filters x kernel / stride such as 32x5/2; got "${part}".`,
      );
    }
    const [filters, kernel, stride = 1] = convolution.slice(1).filter(Boolean).map(Number);
    return { filters, kernel, stride };
  });
}
