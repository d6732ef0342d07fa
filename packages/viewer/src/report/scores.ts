import { escapeHtml } from './html.ts';
import type { ReportScore } from './types.ts';

/** Numbers, large, with a sentence each. */
export function renderScores(scores: readonly ReportScore[]): string {
  const items = scores.map(({ name, values, meaning }) => {
    const numbers = values.map(
      ({ of, value }) =>
        `<dd class="value">${escapeHtml(value)}${of === undefined ? '' : ` <small>${escapeHtml(of)}</small>`}</dd>`,
    );
    return `<div><dt>${escapeHtml(name)}</dt>${numbers.join('')}<dd class="note">${escapeHtml(meaning)}</dd></div>`;
  });
  return `<dl class="scores">${items.join('')}</dl>`;
}
