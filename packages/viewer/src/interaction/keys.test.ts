import { describe, expect, it } from 'vitest';
import { commandOf, type KeyStroke } from './keys.ts';

const stroke = (key: string, held: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('commandOf', () => {
  it.each([
    [stroke('ArrowLeft'), 'left'],
    [stroke('ArrowLeft', { shiftKey: true }), 'left'],
    [stroke('P'), 'point-mode'],
    [stroke('='), 'zoom-in'],
    [stroke('Enter', { altKey: true }), 'choose'],
    [stroke('z', { ctrlKey: true }), 'undo'],
    [stroke('Z', { metaKey: true, shiftKey: true }), 'redo'],
    [stroke('y', { ctrlKey: true }), 'redo'],
    [stroke('?', { shiftKey: true }), 'help'],
  ])('%j is %s', (given, command) => {
    expect(commandOf(given)).toBe(command);
  });

  it.each([
    stroke('a', { ctrlKey: true }),
    stroke('ArrowLeft', { altKey: true }),
    stroke('z', { ctrlKey: true, altKey: true }),
    stroke('Tab'),
    stroke('F5'),
    // Names of properties that every object has.
    stroke('constructor'),
    stroke('__proto__'),
  ])('%j is left to the browser', (given) => {
    expect(commandOf(given)).toBeUndefined();
  });
});
