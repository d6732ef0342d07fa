import { CHANCE } from './chance.ts';
import type { DateTrait, NumberTrait, Trait } from './types.ts';

/** Smaller standardized differences are not worth a line: halfway between Cohen's "small" and "medium" effects. */
const MIN_EFFECT = 0.35;
const MAX_TRAITS = 12;

/** The traits of each cluster, the most distinctive first. */
export class TraitLists {
  readonly #lists: Trait[][];
  readonly comparisons: number;

  /** @param comparisons how many times a cluster is compared with the others by a column, in all */
  constructor(clusters: number, comparisons: number) {
    this.#lists = Array.from({ length: clusters }, () => []);
    this.comparisons = Math.max(1, comparisons);
  }

  /**
   * Keeps a trait that is large and that chance does not explain.
   *
   * @param chance how likely a random group of the same size shows such a difference in this column
   * @returns whether it is such a trait
   */
  offer(cluster: number, trait: Trait, chance: () => number): boolean {
    if (!(Math.abs(trait.effect) >= MIN_EFFECT) || this.#isChance(chance)) return false;
    this.#insert(cluster, trait);
    return true;
  }

  /**
   * Keeps a trait of values between those of the others, which have no direction, where chance does not explain it. It comes after
   * those that have one.
   */
  offerMiddle(cluster: number, trait: NumberTrait | DateTrait, chance: () => number): void {
    if (Math.abs(trait.effect) < MIN_EFFECT && !this.#isChance(chance)) this.#insert(cluster, trait);
  }

  #isChance(chance: () => number): boolean {
    return chance() * this.comparisons > CHANCE;
  }

  #insert(cluster: number, trait: Trait): void {
    const list = this.#lists[cluster];
    let place = list.length;
    while (place > 0 && Math.abs(list[place - 1].effect) < Math.abs(trait.effect)) place--;
    list.splice(place, 0, trait);
    list.length = Math.min(list.length, MAX_TRAITS);
  }

  of(cluster: number): readonly Trait[] {
    return this.#lists[cluster];
  }
}
