import { css, html, LitElement, type TemplateResult } from 'lit';
import { KEY_HELP } from '../interaction/keys.ts';
import { controls } from './map/controls.styles.ts';

/**
 * All keys and gestures of the map.
 *
 * @element cluster-viewer-help
 */
class HelpView extends LitElement {
  static override readonly styles = [
    controls,
    css`
      dialog {
        color: var(--text);
        background: var(--background);
        border: 1px solid var(--border);
        border-radius: calc(var(--radius) + 4px);
        max-width: min(560px, calc(100vw - 32px));
        padding: 16px 20px;
        font: inherit;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 0.45);
      }
      dialog h2 {
        margin: 0 0 8px;
        font-size: 17px;
      }
      dialog caption {
        text-align: start;
        color: var(--subtle);
        padding-bottom: 4px;
      }
      dialog table {
        border-collapse: collapse;
        width: 100%;
      }
      dialog th {
        text-align: start;
        font-weight: 400;
        white-space: nowrap;
        vertical-align: top;
        padding: 3px 14px 3px 0;
      }
      dialog td {
        padding: 3px 0;
      }
      kbd {
        font:
          12px/1.4 ui-monospace,
          monospace;
        padding: 1px 5px;
        background: var(--surface);
        border: 1px solid var(--border);
        border-radius: 4px;
      }
      dialog .close {
        display: block;
        margin-inline-start: auto;
        padding: 6px 16px;
        border-color: var(--border);
      }
    `,
  ];

  /** Shows the dialog. */
  async open(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="help-title" part="help">
      <form method="dialog">
        <h2 id="help-title">Keys and gestures</h2>
        <table>
          <caption>
            Keys, while the map has the focus
          </caption>
          <tbody>
            ${KEY_HELP.map(
              ({ keys, does }) =>
                html`<tr>
                  <th scope="row"><kbd>${keys}</kbd></th>
                  <td>${does}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <p>
          Drag to move the map, turn the wheel or pinch to zoom. With the box or the lasso, drag to select:
          Shift adds, Alt removes. Click a point to select it, with Ctrl to add it or take it out. Double
          click a point to see its cluster, or an empty place to clear the selection.
        </p>
        <button class="close" autofocus>Close</button>
      </form>
    </dialog>`;
  }
}

export { HelpView as View };
