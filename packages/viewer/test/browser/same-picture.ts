import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import pixelmatch from 'pixelmatch';
import { expect } from 'vitest';

const folder = join(import.meta.dirname, 'pictures');
/** Share of the pixels that may differ, because drivers round the edges of dots differently. */
const MOST_DIFFERENT = 0.002;

/**
 * Compares a screenshot with the committed picture of that name. `SHOAL_RENEW_PICTURES=1` writes the picture instead: look
 * at the result. A differing screenshot is kept in the temporary folder.
 */
export async function expectSamePicture(name: string, screenshot: Buffer): Promise<void> {
  const file = join(folder, `${name}.png`);
  if (process.env['SHOAL_RENEW_PICTURES'] === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(file, screenshot);
    return;
  }
  const [expected, actual] = [decode(await readFile(file)), decode(screenshot)];
  expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
  const { width, height } = expected;
  const difference = new Uint8Array(4 * width * height);
  const different = pixelmatch(rgba(expected), rgba(actual), difference, width, height, { threshold: 0.1 });
  if (different <= MOST_DIFFERENT * width * height) return;
  const left = join(tmpdir(), 'shoal-pictures');
  await mkdir(left, { recursive: true });
  await writeFile(join(left, `${name}.png`), screenshot);
  await writeFile(
    join(left, `${name}.difference.png`),
    encode({ width, height, data: difference, channels: 4 }),
  );
  expect.fail(
    `${different} pixels of ${name} differ: see ${left}. SHOAL_RENEW_PICTURES=1 renews the picture.`,
  );
}

/** The pixels with four channels each. */
function rgba({ data, channels, width, height }: ReturnType<typeof decode>): Uint8Array {
  if (channels === 4) return Uint8Array.from(data);
  const out = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++)
      out[4 * i + channel] = data[channels * i + (channels < 3 ? 0 : channel)];
  }
  return out;
}
