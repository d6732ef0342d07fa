import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A page or script that is kept in memory. */
export interface Asset {
  readonly type: string;
  readonly text: string;
  /** Whether it may compile WebAssembly. */
  readonly wasm?: boolean | undefined;
}

/** The same, ready to be sent; all answers share it. */
interface Body {
  readonly type: string;
  readonly body: Buffer;
  readonly wasm: boolean;
}

export interface RunServerOptions {
  /** Folder whose files are served, under `/run/`. */
  readonly folder: string;
  /** Another folder with such files, which is served under `/second/`. */
  readonly second?: string | undefined;
  /** Names of those files, and their types; no other file is ever opened. */
  readonly files: Readonly<Record<string, string>>;
  /** Pages and scripts that are served in addition, by path. */
  readonly assets: Readonly<Record<string, Asset>>;
  /** What takes bodies of JSON, by path; a path has a secret that other pages do not know. Its errors are answered with 400. */
  readonly posts?: Readonly<Record<string, (body: string) => Promise<void>>> | undefined;
  /** Port to listen at; 0 takes any that is free. */
  readonly port: number;
}

export interface RunServer {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Windows does not have these flags. */
const NO_FOLLOW = constants.O_NOFOLLOW as number | undefined;
const NON_BLOCKING = constants.O_NONBLOCK as number | undefined;

/** Greatest number of connections at the same time: a browser opens six. Further ones are closed at once. */
const MAX_CONNECTIONS = 32;
/**
 * Greatest number of requests on a connection before it is closed: a client may send many without reading an answer.
 */
const MAX_REQUESTS = 8;
/** Greatest number of bytes that a client may write. */
const MAX_POST_BYTES = 10_000;
/** How long a client may neither read nor write, in milliseconds. */
const PATIENCE_MS = 30_000;

const ALWAYS =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Permissions of a page of the folder: only to run its own script, which the page itself restricts further. */
const PAGE_POLICY = `${ALWAYS}; script-src 'unsafe-inline'`;

/** Permissions of everything else: nothing from other places, and only scripts of this server. */
const POLICY = `${ALWAYS}; script-src 'self'; connect-src 'self'; worker-src 'self' blob:`;

/** The same for a worker that computes. */
const WASM_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

/**
 * Serves a run folder only to this machine, and only for reading, apart from `posts`. All paths are known before the first request: no path
 * is made from a client's request.
 *
 * @throws the system's error when the port is taken
 */
export async function serveRun(options: RunServerOptions): Promise<RunServer> {
  const { folder, second, files, assets, posts = {}, port } = options;
  const roots = new Map([['/run/', await realpath(folder)]]);
  if (second !== undefined) roots.set('/second/', await realpath(second));
  const bodies = new Map(
    Object.entries(assets).map(([path, { type, text, wasm = false }]) => [
      path,
      { type, body: Buffer.from(text), wasm },
    ]),
  );
  const ends = new WeakMap<Socket, AbortSignal>();
  const server = createServer((request, response) => {
    void answer(request, response, { roots, files, bodies, posts, gone: ends.get(request.socket) }).catch(
      (error: unknown) => {
        // The file was removed, or the disk failed, during the reading.
        if (response.headersSent) response.destroy();
        else refuse(response, 500, `The file could not be read: ${String(error)}`);
      },
    );
  });
  server.on('connection', (socket) => {
    // An answer that waits behind others on its connection gets no event when the connection ends.
    const gone = new AbortController();
    ends.set(socket, gone.signal);
    socket.once('close', () => {
      gone.abort();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.maxRequestsPerSocket = MAX_REQUESTS;
  server.headersTimeout = server.requestTimeout = PATIENCE_MS;
  // Then its connection is destroyed.
  server.setTimeout(PATIENCE_MS);
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

/** The content of an answer. */
interface Served {
  /** Folders by the path under which they are served. */
  readonly roots: ReadonlyMap<string, string>;
  readonly files: RunServerOptions['files'];
  readonly bodies: ReadonlyMap<string, Body>;
  readonly posts: NonNullable<RunServerOptions['posts']>;
  /** Aborted when the client has disconnected. */
  readonly gone: AbortSignal | undefined;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { roots, files, bodies, posts, gone }: Served,
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
  // A page of another site can make its own name resolve to this machine, but its requests still have that name.
  if (!isOwnHost(request)) {
    refuse(response, 421, 'This server answers only to its own address.');
    return;
  }
  const path = (request.url ?? '/').replace(/\?.*$/s, '');
  if (request.method === 'POST' && Object.hasOwn(posts, path)) {
    await take(request, response, posts[path]);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'Runs are served for reading only.');
    return;
  }
  const asset = bodies.get(path);
  if (asset !== undefined) {
    if (asset.wasm) response.setHeader('Content-Security-Policy', WASM_POLICY);
    response.writeHead(200, { 'Content-Type': asset.type, 'Content-Length': asset.body.length });
    response.end(request.method === 'HEAD' ? undefined : asset.body);
    return;
  }
  const found = [...roots].find(([start]) => path.startsWith(start));
  const name = found === undefined ? '' : path.slice(found[0].length);
  const isKnown = found !== undefined && Object.hasOwn(files, name);
  const file = isKnown ? await openPlainFile(join(found[1], name)) : undefined;
  if (file === undefined) {
    refuse(response, 404, 'There is no such file.');
    return;
  }
  if (files[name].startsWith('text/html')) response.setHeader('Content-Security-Policy', PAGE_POLICY);
  await sendFile(request, response, { type: files[name], file, gone });
}

/** Passes on a small body of JSON, of pages of this server only. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  pass: (body: string) => Promise<void>,
): Promise<void> {
  const { headers } = request;
  const isOwnPage = headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`;
  if (!isOwnPage || headers['content-type'] !== 'application/json') {
    refuse(response, 403, 'Only pages of this server may write, and only JSON.');
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_POST_BYTES) {
      response.setHeader('Connection', 'close');
      refuse(response, 413, `At most ${MAX_POST_BYTES} bytes can be written at once.`);
      return;
    }
    chunks.push(chunk);
  }
  try {
    await pass(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    refuse(response, 400, error instanceof Error ? error.message : String(error));
    return;
  }
  response.writeHead(204);
  response.end();
}

function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = String(socket.localPort);
  return headers.host === `${HOST}:${port}` || headers.host === `localhost:${port}`;
}

/** @returns undefined when there is no plain file: because a link may lead out of the folder */
async function openPlainFile(path: string): Promise<FileHandle | undefined> {
  try {
    if (!(await lstat(path)).isFile()) return undefined;
    // If the system supports it, this refuses a link that has replaced the file in the meantime.
    return await open(path, constants.O_RDONLY | (NO_FOLLOW ?? 0) | (NON_BLOCKING ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP') return undefined;
    throw error;
  }
}

/**
 * Reads only as fast as the client receives, because data waiting for slow clients would fill the memory. Closes the
 * file.
 */
async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { type, file, gone }: { readonly type: string; readonly file: FileHandle; readonly gone: Served['gone'] },
): Promise<void> {
  try {
    const { size } = await file.stat();
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': size });
    if (request.method === 'HEAD' || size === 0) {
      response.end();
      return;
    }
    const stream = file.createReadStream({ end: size - 1, autoClose: false });
    await pipeline(stream, response, { signal: gone });
    // The file has become shorter: the client must not wait for the rest.
    if (stream.bytesRead < size) response.destroy();
  } finally {
    await file.close();
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
