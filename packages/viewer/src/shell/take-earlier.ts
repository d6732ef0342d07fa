/**
 * Passes on what a page set before the element was defined. Such values are properties of the object, and hide the accessors of
 * its class. Lit does this for its own properties.
 */
export function takeEarlier(element: HTMLElement, names: readonly string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, value);
  }
}
