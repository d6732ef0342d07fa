import { addAnswer, type PartAnswer } from '@shoal/core/parts-kit';
import type { PartResult } from './compute.ts';
import type { AnswerHeader } from './description.ts';
import { encodePacket } from './packet.ts';
import type { RoundClaims } from './scripts.ts';

/** Seconds after which a sum is sent: what may have to be done again when the worker is lost. */
const MOST_SECONDS = 1;

/** The answers of a job. Sums of several parts go as one: with many clusters they are what travels. */
export class RoundAnswers {
  readonly #claims: RoundClaims;
  readonly #isSum: boolean;
  #parts: number[] = [];
  #sum: PartAnswer | undefined;
  #slowest = 0;
  #since = 0;

  constructor(claims: RoundClaims, isSum: boolean) {
    this.#claims = claims;
    this.#isSum = isSum;
  }

  async add(part: number, { values, seconds, sum }: PartResult): Promise<void> {
    if (!this.#isSum) {
      const header: AnswerHeader = { parts: [part], seconds, sum };
      await this.#claims.answer([part], encodePacket(header, values));
      return;
    }
    if (this.#parts.length === 0) this.#since = performance.now() - 1000 * seconds;
    this.#parts.push(part);
    this.#sum = addAnswer(this.#sum, values);
    this.#slowest = Math.max(this.#slowest, seconds);
    if (performance.now() - this.#since > 1000 * MOST_SECONDS) await this.send();
  }

  /**
   * Sends what was added up.
   *
   * @returns whether it counts; see `RoundClaims.answer`
   */
  async send(): Promise<boolean> {
    const parts = this.#parts;
    if (this.#sum === undefined) return true;
    const header: AnswerHeader = { parts, seconds: this.#slowest };
    const counts = await this.#claims.answer(parts, encodePacket(header, this.#sum));
    this.#parts = [];
    this.#sum = undefined;
    this.#slowest = 0;
    return counts;
  }
}
