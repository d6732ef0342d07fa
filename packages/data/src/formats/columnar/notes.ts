/** What is said of integers that are read as text. */
export function largeIntegersNote(column: string): string {
  return `${column} has integers beyond 2^53, which numbers would round; they are read as text.`;
}
