import { describe, expect, it } from 'vitest';
import { BoundUse } from './bound-use.ts';

/** What each assignment is told to do with bounds, given the share of comparisons that each one makes. */
function follow(use: BoundUse, compared: readonly number[]): string[] {
  return compared.map((share) => {
    const seen = `${use.areValid ? 'use' : ''}${use.renews ? ' renew' : ''}`.trim();
    use.conclude(share);
    return seen;
  });
}

describe('BoundUse', () => {
  it('keeps bounds that save enough', () => {
    expect(follow(new BoundUse(true, 10_000, true), [1, 0.7, 0.3, 0.1])).toEqual([
      'renew',
      'use renew',
      'use renew',
      'use renew',
    ]);
  });

  it('pauses bounds that save little, then tries again', () => {
    expect(follow(new BoundUse(true, 10_000, true), [1, 0.95, 1, 1, 1, 1, 1, 0.2, 0.1])).toEqual([
      'renew',
      'use renew',
      '',
      '',
      '',
      '',
      'renew',
      'use renew',
      'use renew',
    ]);
  });

  it('works without bounds where there is no room for them', () => {
    expect(follow(new BoundUse(false, 10_000, true), [1, 1])).toEqual(['', '']);
  });

  it('renews bounds after they became invalid', () => {
    const use = new BoundUse(true, 10_000, true);
    follow(use, [1, 0.1]);
    use.invalidate();
    expect(follow(use, [1, 0.1])).toEqual(['renew', 'use renew']);
  });

  it('requires more savings where comparing costs little', () => {
    const few = new BoundUse(true, 100, true);
    const many = new BoundUse(true, 100_000, true);
    expect(follow(few, [1, 0.5, 0.5])).toEqual(['renew', 'use renew', '']);
    expect(follow(many, [1, 0.9, 0.9])).toEqual(['renew', 'use renew', 'use renew']);
  });
});
