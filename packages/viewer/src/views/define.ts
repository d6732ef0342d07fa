/** Defines an element, unless the page has one of this name. */
export function define(name: string, view: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, view);
}
