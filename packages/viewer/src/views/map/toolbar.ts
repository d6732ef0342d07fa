import { css, html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { rovingTarget } from '../../interaction/roving.ts';
import { controls } from './controls.styles.ts';
import { iconTemplate, type Icon } from './icons.ts';

/** A button of a toolbar. */
export interface Tool {
  readonly icon: Icon;
  /** Its action, for tooltips and screen readers. */
  readonly label: string;
  /** Its key on the map, for the tooltip. */
  readonly key?: string | undefined;
  /** Whether it is pressed; undefined for a button that is not a switch. */
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly run: () => void;
}

/**
 * A row or a column of buttons in groups: one tab stop; arrows move within it.
 *
 * @element cluster-viewer-toolbar
 */
export class Toolbar extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    label: { attribute: false },
    groups: { attribute: false },
    vertical: { type: Boolean, reflect: true },
    current: { state: true },
  };

  static override readonly styles = [
    controls,
    css`
      :host {
        display: block;
      }
      [role='toolbar'] {
        display: flex;
        flex-wrap: wrap;
        gap: var(--tool-gap, 4px 10px);
      }
      .group {
        display: flex;
        gap: 2px;
      }
      :host([vertical]) [role='toolbar'],
      :host([vertical]) .group {
        flex-direction: column;
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        min-width: var(--tool-width, 32px);
        height: 32px;
        padding: 0 calc((var(--tool-width, 32px) - 20px) / 2);
      }
      @media (forced-colors: active) {
        button[aria-pressed='true'] {
          forced-color-adjust: none;
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
      button[aria-pressed='true'] {
        color: var(--accent);
        background: color-mix(in srgb, var(--accent) 14%, transparent);
        border-color: color-mix(in srgb, var(--accent) 45%, transparent);
      }
    `,
  ];

  declare label: string;
  declare groups: readonly (readonly Tool[])[];
  declare vertical: boolean;
  declare private current: number;

  constructor() {
    super();
    this.label = '';
    this.groups = [];
    this.vertical = false;
    this.current = 0;
  }

  protected override render(): TemplateResult {
    let index = 0;
    const count = this.groups.flat().length;
    const current = Math.min(this.current, count - 1);
    return html`<div
      role="toolbar"
      part="toolbar"
      aria-label=${this.label}
      aria-orientation=${this.vertical ? 'vertical' : nothing}
      @keydown=${(event: KeyboardEvent) => {
        this.#onKey(event, count);
      }}
    >
      ${this.groups.map(
        (tools) =>
          html`<div class="group">
            ${tools.map((tool) => this.#button(tool, index, index++ === current))}
          </div>`,
      )}
    </div>`;
  }

  #button(tool: Tool, index: number, isCurrent: boolean): TemplateResult {
    const { icon, label, key, pressed, disabled } = tool;
    return html`<button
      type="button"
      tabindex=${isCurrent ? 0 : -1}
      aria-label=${label}
      title=${key === undefined ? label : `${label} (${key})`}
      aria-pressed=${pressed ?? nothing}
      aria-disabled=${disabled ?? nothing}
      @focus=${() => {
        this.current = index;
      }}
      @click=${() => {
        if (disabled !== true) tool.run();
      }}
    >
      ${iconTemplate(icon)}
    </button>`;
  }

  #onKey(event: KeyboardEvent, count: number): void {
    const target = rovingTarget(event.key, this.current, count, count);
    if (target === undefined) return;
    event.preventDefault();
    this.renderRoot.querySelectorAll('button')[target].focus();
  }
}
