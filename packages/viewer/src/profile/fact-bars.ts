import { html, type TemplateResult } from 'lit';
import { styled } from '../views/shared/styled.ts';
import type { ColumnFact } from './column-facts.ts';
import { factName, placeOnBar } from './fact-scale.ts';
import { factSentence, factValue } from './fact-text.ts';

/** Facts as small bars: what the group has, in its color, over what the others have. */
export function factBars(facts: readonly ColumnFact[]): TemplateResult {
  return html`<ul class="facts-list">
    ${facts.map((fact) => {
      const { own, others } = fact;
      const share = (value: number): string => `${placeOnBar(fact, value)}%`;
      return html`<li title=${factSentence(fact)}>
        <span class="fact-name"><bdi>${factName(fact)}</bdi></span>
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
