/**
 * Names for formats where each column needs its own: a repeated name gets a number ("a", "a_2"), an empty one the column's
 * position ("column_3").
 */
export function uniqueNames(columns: readonly { readonly name: string }[]): readonly string[] {
  const given = new Set(columns.map(({ name }) => name));
  const taken = new Set<string>();
  return columns.map(({ name }, i) => {
    const wanted = name === '' ? `column_${i + 1}` : name;
    let unique = wanted;
    // A number must not lead to the name of a later column.
    for (let n = 2; taken.has(unique) || (unique !== name && given.has(unique)); n++)
      unique = `${wanted}_${n}`;
    taken.add(unique);
    return unique;
  });
}
