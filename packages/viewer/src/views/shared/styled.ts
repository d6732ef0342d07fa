import { noChange, type ElementPart } from 'lit';
import { directive, Directive, PartType, type PartInfo } from 'lit/directive.js';

/** Values of CSS properties by their names; undefined removes one. */
export type Styles = Readonly<Record<string, string | undefined>>;

class Styled extends Directive {
  #names: readonly string[] = [];

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('Styles are set on an element.');
  }

  override render(styles: Styles): Styles {
    return styles;
  }

  override update({ element }: ElementPart, [styles]: [Styles]): typeof noChange {
    const { style } = element as HTMLElement;
    for (const name of this.#names) if (styles[name] === undefined) style.removeProperty(name);
    this.#names = Object.keys(styles);
    for (const name of this.#names) style.setProperty(name, styles[name] ?? '');
    return noChange;
  }
}

/**
 * Sets CSS properties of its element. An attribute `style` would need `style-src 'unsafe-inline'` in the content security policy
 * of a page.
 */
export const styled = directive(Styled);
