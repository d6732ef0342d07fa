import { html, type TemplateResult } from 'lit';
import { styled } from '../views/shared/styled.ts';
import type { ColumnFact } from './column-facts.ts';
import { factSentence, factValue } from './fact-text.ts';

/** Facts as small bars: what the group has, in its color, over what the others have. */
export function factBars(facts: readonly ColumnFact[]): TemplateResult {
  return html`<ul class="facts-list">
    ${facts.map((fact) => {
      const { title, level, own, others, low, high } = fact;
      // The scale starts a little below the least mean, so that its bar can be seen.
      const start = fact.kind === 'share' ? 0 : low - 0.15 * (high - low);
      const share = (value: number): string =>
        `${Math.max(0, Math.min(100, (100 * (value - start)) / (high - start)))}%`;
      return html`<li title=${factSentence(fact)}>
        <span class="fact-name"
          ><bdi>${level === undefined ? title : `${title}: ${level === '' ? '(empty)' : level}`}</bdi></span
        >
        <span class="fact-value number"
          >${factValue(fact, own)} <span class="subtle">/ ${factValue(fact, others)}</span></span
        >
        <span class="fact-bar" aria-hidden="true"
          ><i ${styled({ 'inline-size': share(own) })}></i
          ><i class="rest" ${styled({ 'inline-size': share(others) })}></i
        ></span>
      </li>`;
    })}
  </ul>`;
}
