import type { Progress } from '@shoal/core';
import { html, nothing, type TemplateResult } from 'lit';
import { integer } from '../interaction/describe.ts';
import type { SourceStatus } from './data-source.ts';

/** The message that fills the viewer while there is no data, or is above the old data while new data is loading. */
export function statusTemplate(status: SourceStatus, isAlone: boolean, retry: () => void): TemplateResult {
  switch (status.kind) {
    case 'loading':
      return loading(status.what, status.progress, isAlone);
    case 'failed':
      return failed(status, isAlone, retry);
    case 'idle':
      return isAlone ? empty() : html`${nothing}`;
  }
}

function empty(): TemplateResult {
  return html`<div class="status" part="empty">
    <slot name="empty">
      <span class="figure" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></span>
      <strong>Nothing to show yet</strong>
      <p>Give the viewer the address of a run folder with <code>src</code>, or data from code.</p>
    </slot>
  </div>`;
}

function loading(what: string, progress: Progress | undefined, isAlone: boolean): TemplateResult {
  const share = shareOf(progress);
  return html`<div class="${isAlone ? 'status' : 'banner'} loading" part="loading">
    ${isAlone ? html`<span class="figure moving" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></span>` : nothing}
    <p><bdi>${what === 'the points' ? 'Preparing the points' : `Loading ${what}`}</bdi></p>
    <progress aria-label="Loading" max="1" value=${share ?? nothing}></progress>
    <p class="subtle">${howFar(progress)}</p>
  </div>`;
}

function failed(
  { what, error, canRetry }: Extract<SourceStatus, { kind: 'failed' }>,
  isAlone: boolean,
  retry: () => void,
): TemplateResult {
  const subject = what === 'the points' ? 'These points cannot be shown' : `${what} cannot be shown`;
  return html`<div class="${isAlone ? 'status' : 'banner'} failed" part="error" role="alert">
    ${isAlone ? html`<span class="mark" aria-hidden="true">!</span>` : nothing}
    <strong><bdi>${subject}</bdi></strong>
    <p class="message">${error.message}</p>
    <p class="subtle">
      ${
        canRetry
          ? 'Check the address and the connection, then try again.'
          : 'Correct what the page gives the viewer, and give it again.'
      }
    </p>
    ${canRetry ? html`<button type="button" part="retry" @click=${retry}>Try again</button>` : nothing}
  </div>`;
}

function shareOf(progress: Progress | undefined): number | undefined {
  if (progress?.total === undefined || progress.total <= 0) return undefined;
  return Math.min(1, progress.completed / progress.total);
}

function howFar(progress: Progress | undefined): string {
  if (progress === undefined) return 'Starting';
  const { phase, completed, total } = progress;
  const amount = phase === 'loading' ? megabytes : integer;
  const of = total === undefined ? '' : ` of ${amount(total)}`;
  return `${phase === 'loading' ? '' : `${phase}: `}${amount(completed)}${of}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
