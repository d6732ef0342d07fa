import { html, type TemplateResult } from 'lit';
import { KEY_HELP } from '../../interaction/keys.ts';

/** All keys and gestures of the map. */
export function helpTemplate(): TemplateResult {
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
        Shift adds, Alt removes. Click a point to select it, with Ctrl to add it or take it out. Double click
        a point to see its cluster, or an empty place to clear the selection.
      </p>
      <button class="close" autofocus>Close</button>
    </form>
  </dialog>`;
}
