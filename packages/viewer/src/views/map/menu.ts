import { html, type TemplateResult } from 'lit';
import { iconTemplate } from './icons.ts';
import { menuTools, type ToolsHost } from './tools.ts';

/** The menu of the map: what is needed less often. Escape, a click elsewhere or an action closes it. */
export function menuTemplate(host: ToolsHost, onFind: (event: SubmitEvent) => void): TemplateResult {
  return html`<details
    class="menu"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close(event.currentTarget, true);
    }}
    @focusout=${({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!(currentTarget as HTMLElement).contains(relatedTarget as Node | null)) close(currentTarget, false);
    }}
  >
    <summary title="Find, save, help" aria-label="Find, save, help">${iconTemplate('menu')}</summary>
    <div class="items">
      <form class="find" @submit=${onFind}>
        <input
          type="search"
          aria-label="Find a row, a cluster, a class or a text"
          placeholder="Find: #123, cluster 3, a text, mass > 9"
          autocomplete="off"
          spellcheck="false"
        />
        <button>Find</button>
      </form>
      ${menuTools(host).map(
        ({ icon, label, disabled, run }) =>
          html`<button
            type="button"
            ?disabled=${disabled === true}
            @click=${(event: Event) => {
              close((event.currentTarget as HTMLElement).closest('details'), true);
              run();
            }}
          >
            ${iconTemplate(icon)}${label}
          </button>`,
      )}
    </div>
  </details>`;
}

function close(menu: EventTarget | null, takesFocus: boolean): void {
  const details = menu as HTMLDetailsElement;
  details.open = false;
  if (takesFocus) details.querySelector('summary')?.focus();
}
