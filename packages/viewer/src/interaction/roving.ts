/**
 * Moves the focus among controls of which only one is a tab stop, as in toolbars: arrows along either axis, Home and End.
 *
 * @param columns how many controls are side by side; for a toolbar in one row, the number of controls
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
