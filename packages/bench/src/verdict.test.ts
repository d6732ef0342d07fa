import { describe, expect, it } from 'vitest';
import type { QualityRule } from './bench-case.ts';
import { refusals, type Judged } from './verdict.ts';

const rule: QualityRule = { name: 'inertia', tolerance: 1e-4 };
const ours = (quality: number, name = 'shoal'): Judged => ({ name, role: 'ours', quality });
const peer = (quality: number, name = 'peer'): Judged => ({ name, role: 'peer', quality });

describe('refusals', () => {
  it('accepts what agrees to the tolerance', () => {
    expect(refusals([ours(1000), ours(1000.05, 'bytes'), peer(999.95)], rule).size).toBe(0);
    expect(refusals([ours(-50), peer(-50.004)], rule).size).toBe(0);
    expect(refusals([ours(0), peer(0)], rule).size).toBe(0);
  });

  it('refuses the one peer that differs, and says by how much', () => {
    const refused = refusals([ours(1000), peer(1000.2, 'wrong'), peer(1000, 'right')], rule);
    expect([...refused.keys()]).toEqual(['wrong']);
    expect(refused.get('wrong')).toMatch(/inertia 1000\.2\d* differs from shoal's 1000\.0\d* by 2\.0e-4/);
  });

  it('refuses a planted wrong result of Shoal: it agrees with no peer', () => {
    const refused = refusals([ours(1010), peer(1000, 'a'), peer(1000, 'b')], rule);
    expect([...refused.keys()].sort()).toEqual(['a', 'b', 'shoal']);
    expect(refused.get('shoal')).toContain("agrees with no peer's");
  });

  it('refuses a better result like a worse one: it is not the same work', () => {
    expect(refusals([ours(900), peer(1000)], rule).has('shoal')).toBe(true);
  });

  it('gives a contender the limit that it asks for', () => {
    const coarse = { ...peer(1000.5, 'coarse'), tolerance: 1e-3 };
    expect([...refusals([ours(1000), coarse, peer(1000.5)], rule).keys()]).toEqual(['peer']);
  });

  it('refuses a variant of Shoal that differs from the compared one', () => {
    expect([...refusals([ours(1000), ours(1001, 'bytes')], rule).keys()]).toEqual(['bytes']);
  });

  it.each([NaN, Infinity])('refuses a quality of %f under any rule', (quality) => {
    expect(refusals([ours(quality)], { name: 'loss', tolerance: null }).has('shoal')).toBe(true);
    expect(refusals([ours(1), peer(quality)], rule).has('peer')).toBe(true);
  });

  it('does not compare with a baseline, nor without a tolerance', () => {
    expect(refusals([ours(3), { name: 'floor', role: 'baseline', quality: 0 }], rule).size).toBe(0);
    expect(refusals([ours(3), peer(9)], { ...rule, tolerance: null }).size).toBe(0);
  });
});
