import { fileURLToPath } from 'node:url';

/** A file of this package's folder `workers`, found both from source and from `dist`. */
export function workerFile(name: 'peers.py' | 'torch_peers.py' | 'npm-peers.mjs' | 'ceiling.mjs'): string {
  return fileURLToPath(new URL(`../workers/${name}`, import.meta.url));
}
