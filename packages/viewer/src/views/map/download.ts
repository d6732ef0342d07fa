/** Saves a file through the browser. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has started by then, and has its own reference to the content.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
