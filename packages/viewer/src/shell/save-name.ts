import { UnsupportedError } from '@shoal/core';

/**
 * Sends the name of a cluster to an address.
 *
 * @param body JSON of `{ cluster, name }`
 * @throws {UnsupportedError} when the server does not take it
 */
export async function saveName(url: string, body: string): Promise<void> {
  let response;
  try {
    response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  } catch (cause) {
    throw new UnsupportedError(`The name was not saved: ${url} cannot be reached (${String(cause)}).`, {
      cause,
    });
  }
  if (response.ok) return;
  throw new UnsupportedError(
    `The name was not saved: ${(await response.text()).trim() || `status ${response.status}`}`,
  );
}
