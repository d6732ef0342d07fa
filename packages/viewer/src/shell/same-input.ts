/**
 * Whether two inputs have the same values: a page that writes `labels={[0, 1]}` in a template gives another array each time it
 * renders. Only plain objects and arrays are compared; anything else, such as a model, is equal only to itself.
 */
export function sameInput(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (isList(one) && isList(other)) {
    if (one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!sameInput(one[i], other[i])) return false;
    return true;
  }
  if (Object.getPrototypeOf(one) !== Object.prototype) return false;
  const values = new Map(Object.entries(other));
  const entries = Object.entries(one);
  return (
    entries.length === values.size &&
    entries.every(([name, value]) => values.has(name) && sameInput(value, values.get(name)))
  );
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}
