import { PeerError } from '../errors.ts';
import type { PeerInfo } from './peer-info.ts';

/** Interpreters to try when none is given. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];

/** Peers in a process of Python. */
interface Peers {
  readonly infos: readonly PeerInfo[];
  close(): void;
}

/**
 * Starts the first interpreter that has one of the modules.
 *
 * @param python the one interpreter to try; by default `python3`, then `/usr/bin/python3`
 * @param howToInstall the modules, and how to install each
 * @returns the peers, or only the names of the absent ones and how to install them
 */
export async function firstInterpreter<T extends Peers>(
  python: string | undefined,
  howToInstall: Readonly<Record<string, string>>,
  signal: AbortSignal,
  start: (python: string) => Promise<T>,
): Promise<T | { readonly infos: PeerInfo[] }> {
  const seen: string[] = [];
  for (const candidate of python === undefined ? INTERPRETERS : [python]) {
    try {
      const peers = await start(candidate);
      if (peers.infos.some(({ version }) => version !== null)) return peers;
      peers.close();
      seen.push(peers.infos[0].runtime);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PeerError)) throw error;
      seen.push(`${candidate}: ${error.message}`);
    }
  }
  const runtime = seen.join('; ');
  return {
    infos: Object.entries(howToInstall).map(([name, install]) => ({ name, version: null, runtime, install })),
  };
}
