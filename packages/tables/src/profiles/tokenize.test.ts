import { describe, expect, it } from 'vitest';
import { wordsOf } from './tokenize.ts';

describe('wordsOf', () => {
  it('gives words of any alphabet in lower case, without marks and single letters', () => {
    expect(wordsOf("A Ship’s harbor: don't - 24 Ünïcode-Wörter, КОТ и पानी!")).toEqual([
      'ship’s',
      'harbor',
      "don't",
      '24',
      'ünïcode',
      'wörter',
      'кот',
      'पानी',
    ]);
  });

  it('writes letters in one way', () => {
    expect(wordsOf('e\u0301te\u0301')).toEqual(['\u00e9t\u00e9']);
  });

  it('gives pairs of characters where words have no spaces', () => {
    expect(wordsOf('東京都 iPhone猫')).toEqual(['東京', '京都', 'iphone', '猫']);
  });

  it('gives nothing for nothing', () => {
    expect(wordsOf('… -- !?')).toEqual([]);
  });
});
