import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A page or script that is kept in memory. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

export interface RunServerOptions {
  /** Folder whose files are served, under `/run/`. */
  readonly folder: string;
  /** Names of those files, and what they are; no other is ever opened. */
  readonly files: Readonly<Record<string, string>>;
  /** What is served besides, by path. */
  readonly assets: Readonly<Record<string, Asset>>;
  /** Port to listen at; 0 takes any that is free. */
  readonly port: number;
}

export interface RunServer {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Windows has no such flag. */
const NO_FOLLOW = constants.O_NOFOLLOW as number | undefined;

const ALWAYS =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a page of the folder may do: nothing but run the script it has in it, which it restricts itself. */
const PAGE_POLICY = `${ALWAYS}; script-src 'unsafe-inline'`;

/** What everything else may do: nothing from elsewhere, and only scripts of this server run. */
const POLICY = `${ALWAYS}; script-src 'self'; connect-src 'self'; worker-src 'self' blob:`;

/**
 * Serves a run folder to this machine alone, to be read. Every path that is answered is known beforehand: none is made
 * of what was asked for.
 *
 * @throws the system's error when the port is taken
 */
export async function serveRun({ folder, files, assets, port }: RunServerOptions): Promise<RunServer> {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    void answer(request, response, root, files, assets).catch((error: unknown) => {
      // The file went away, or the disk failed, in the middle of it.
      if (response.headersSent) response.destroy();
      else refuse(response, 500, `The file could not be read: ${String(error)}`);
    });
  });
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${actual}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  files: RunServerOptions['files'],
  assets: RunServerOptions['assets'],
): Promise<void> {
  for (const [name, value] of Object.entries({
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  })) {
    response.setHeader(name, value);
  }
  // A page elsewhere can have its own name resolve to this machine; its requests still carry that name.
  if (!isOwnHost(request)) {
    refuse(response, 421, 'This server answers to its own address alone.');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Runs are served to be read.');
    return;
  }
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  if (Object.hasOwn(assets, path)) {
    const { type, text } = assets[path];
    send(request, response, type, Buffer.from(text));
    return;
  }
  const name = path.startsWith('/run/') ? path.slice('/run/'.length) : '';
  const bytes = Object.hasOwn(files, name) ? await readPlainFile(join(root, name)) : undefined;
  if (bytes === undefined) {
    refuse(response, 404, 'There is no such file.');
    return;
  }
  if (files[name].startsWith('text/html')) response.setHeader('Content-Security-Policy', PAGE_POLICY);
  send(request, response, files[name], bytes);
}

function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = String(socket.localPort);
  return headers.host === `${HOST}:${port}` || headers.host === `localhost:${port}`;
}

/** @returns nothing when there is no file of its own there: a link may lead out of the folder */
async function readPlainFile(path: string): Promise<Buffer | undefined> {
  try {
    if (!(await lstat(path)).isFile()) return undefined;
    // Where the system can, it refuses a link that took the file's place in the meantime.
    const file = await open(path, constants.O_RDONLY | (NO_FOLLOW ?? 0));
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
}

function send(request: IncomingMessage, response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
