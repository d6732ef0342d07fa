import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { DownloadError } from '../errors.ts';
import { urlSource } from './url-source.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/data`;
}

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

it('reads parts of a file', async () => {
  const asked: unknown[] = [];
  const url = await serve((request, response) => {
    const { range = '' } = request.headers;
    asked.push(range);
    const [, start, end] = /bytes=(\d+)-(\d+)/.exec(range) ?? [];
    response.writeHead(206, { 'content-range': `bytes ${start}-${end}/1000` });
    response.end(file.subarray(Number(start), Number(end) + 1));
  });
  const access = await urlSource(url).access?.(undefined);
  expect(access?.byteLength).toBe(1000);
  expect(await access?.read(300, 305)).toEqual(file.subarray(300, 305));
  expect(await access?.read(5, 5)).toEqual(new Uint8Array(0));
  expect(asked).toEqual(['bytes=0-0', 'bytes=300-304']);
  await expect(access?.read(990, 1010)).rejects.toThrow(DownloadError);
  await access?.close();
});

it('reads the whole file of a server that does not send parts', async () => {
  const url = await serve((_, response) => response.end(file));
  expect(await urlSource(url).access?.(undefined)).toBeUndefined();
});

it('reads the whole file of a server that refuses ranges', async () => {
  const url = await serve(({ headers }, response) => {
    if (headers.range === undefined) response.end(file);
    else response.writeHead(416).end();
  });
  const source = urlSource(url);
  expect(await source.access?.(undefined)).toBeUndefined();
  let length = 0;
  for await (const piece of source.pieces(undefined)) length += piece.length;
  expect(length).toBe(1000);
});

it('notices a server that begins to send whole files', async () => {
  let isFirst = true;
  const url = await serve((_, response) => {
    if (isFirst) response.writeHead(206, { 'content-range': 'bytes 0-0/1000' }).end('x');
    else response.end(file);
    isFirst = false;
  });
  const access = await urlSource(url).access?.(undefined);
  await expect(access?.read(0, 10)).rejects.toThrow(/sends the whole file instead of the part/);
});
