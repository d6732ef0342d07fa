import type { QualityRule, Role } from './bench-case.ts';

/** The facts of a contender when it is judged. */
export interface Judged {
  readonly name: string;
  readonly role: Role;
  readonly quality: number;
  /** Its own tolerance instead of the rule's. */
  readonly tolerance?: number | undefined;
}

/** Why a contender's times are not reported. */
export type Refusals = ReadonlyMap<string, string>;

/**
 * Refuses results that differ: a peer whose quality differs from Shoal's by more than the tolerance, and Shoal's when
 * it agrees with no peer. The first of Shoal's contenders is compared; any further one is refused when it differs from
 * the first.
 *
 * @returns the refused contenders' names with the reasons
 */
export function refusals(contenders: readonly Judged[], rule: QualityRule): Refusals {
  const refused = new Map<string, string>();
  for (const { name, quality } of contenders) {
    if (!Number.isFinite(quality)) refused.set(name, `${rule.name} is ${String(quality)}`);
  }
  const compared = contenders.find(({ role }) => role === 'ours');
  const { tolerance } = rule;
  if (tolerance === null || compared === undefined) return refused;
  const others = contenders.filter((other) => other !== compared && other.role !== 'baseline');
  for (const other of others) {
    const difference = relativeDifference(other.quality, compared.quality);
    const limit = other.tolerance ?? tolerance;
    if (difference <= limit) continue;
    refused.set(
      other.name,
      `${rule.name} ${other.quality.toPrecision(8)} differs from ${compared.name}'s ` +
        `${compared.quality.toPrecision(8)} by ${difference.toExponential(1)}, relative; at most ${limit} is the same result`,
    );
  }
  const peers = others.filter(({ role }) => role === 'peer');
  if (peers.length > 0 && peers.every(({ name }) => refused.has(name))) {
    refused.set(compared.name, `its ${rule.name} ${compared.quality.toPrecision(8)} agrees with no peer's`);
  }
  return refused;
}

/** |a - b| / |b|; 0 for equal numbers, including zeros. */
function relativeDifference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.abs(b);
}
