import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandText } from './command-text.ts';

it('writes a command as a shell reads it', () => {
  expect(commandText(['fit', 'a.csv', '-k', '2..12'])).toBe('shoal fit a.csv -k 2..12');
  const argv = ['fit', "it's a file.csv", '', '$HOME', 'a"b\\c', '*'];
  const print = `shoal() { printf '%s\\0' "$@"; }; ${commandText(argv)}`;
  expect(execFileSync('sh', ['-c', print], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(argv);
});

it('leaves passwords of Redis out', () => {
  const argv = ['fit', 'x.npy', '--workers', 'rediss://user:secret@queue:6379/1'];
  expect(commandText(argv)).toBe("shoal fit x.npy --workers 'rediss://***@queue:6379/1'");
});
