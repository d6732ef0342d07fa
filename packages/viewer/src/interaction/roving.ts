/**
 * Moves the focus among controls of which one at a time is a tab stop, as toolbars do: arrows along either axis, Home and
 * End.
 *
 * @param columns how many of them are side by side; a toolbar in a row has as many as there are
 * @returns where the focus goes; undefined for a key that does not move it
 */
export function rovingTarget(
  key: string,
  current: number,
  count: number,
  columns: number,
): number | undefined {
  const last = count - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: current - 1,
    ArrowRight: current + 1,
    ArrowUp: columns >= count ? current - 1 : current - columns,
    ArrowDown: columns >= count ? current + 1 : current + columns,
    Home: 0,
    End: last,
  };
  if (count === 0 || !Object.hasOwn(moves, key)) return undefined;
  const target = moves[key];
  return target < 0 || target > last ? undefined : target;
}
