import { html, type TemplateResult } from 'lit';
import { rovingTarget } from '../interaction/roving.ts';

/** A tab. */
export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: string;
}

/** A row of tabs by the ARIA pattern: one tab stop; arrows, Home and End choose a tab. The panel has the id "panel". */
export function tabsTemplate<Name extends string>(
  tabs: readonly Tab<Name>[],
  chosen: Name,
  choose: (name: Name) => void,
): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const current = tabs.findIndex(({ name }) => name === chosen);
    const target = rovingTarget(event.key, current, tabs.length, tabs.length);
    if (target === undefined) return;
    event.preventDefault();
    choose(tabs[target].name);
    (event.currentTarget as HTMLElement).querySelectorAll('button')[target].focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Views" part="tabs" @keydown=${onKey}>
    ${tabs.map(
      ({ name, label }) =>
        html`<button
          type="button"
          role="tab"
          part="tab ${name === chosen ? 'tab-chosen' : ''}"
          id="tab-${name}"
          aria-selected=${name === chosen}
          aria-controls="panel"
          tabindex=${name === chosen ? 0 : -1}
          @click=${() => {
            choose(name);
          }}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}
