/** Has the browser save a file. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, and reads the content itself.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
