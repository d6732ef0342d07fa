import { totalmem } from 'node:os';
import { InvalidArgumentError } from '@shoal/core';
import { Option } from 'commander';

const UNITS: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};
const LEAST_BYTES = 64e6;

/** `--memory` of the commands that can work on points in parts. */
export function memoryOption(
  help = 'memory that the command may take, such as 4GB; k-means reads larger arrays in parts (default: half of the machine)',
): Option {
  return new Option('--memory <size>', help).argParser(parseMemory);
}

/** @throws {InvalidArgumentError} unless it is a number and a unit, of at least 64 MB */
export function parseMemory(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
  const known = Object.keys(UNITS).find((name) => name.toLowerCase() === unit.toLowerCase());
  const bytes = known === undefined ? NaN : Number(number) * UNITS[known];
  if (bytes >= LEAST_BYTES) return bytes;
  throw new InvalidArgumentError(
    `--memory takes a number and one of ${Object.keys(UNITS).join(', ')}, at least 64MB; got "${text}".`,
  );
}

/** Half of what the machine, or the container around this process, has. */
export function defaultMemory(): number {
  const limit = process.constrainedMemory();
  return Math.min(totalmem(), limit > 0 ? limit : Infinity) / 2;
}
