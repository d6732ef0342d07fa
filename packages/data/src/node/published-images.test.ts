import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { gzipped, idx } from '../../test/bytes.ts';
import { contents, temporaryFolder } from '../../test/temporary-folder.ts';
import { ChecksumError, DatasetUnavailableError } from '../errors.ts';
import { download } from './download.ts';
import { loadPublishedImages, type PublishedFile, type PublishedImages } from './published-images.ts';

const bytesOfFile: Readonly<Record<string, Uint8Array>> = {
  'train-images.gz': gzipped(idx([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
  'train-labels.gz': gzipped(idx([3], [0, 1, 0])),
  'test-images.gz': gzipped(idx([1, 2, 2], [1, 2, 3, 4])),
  'test-labels.gz': gzipped(idx([1], [1])),
};
const names = Object.keys(bytesOfFile).sort();

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const published = (name: string): PublishedFile => ({ name, sha256: sumOf(bytesOfFile[name]) });

const tiny: PublishedImages = {
  name: 'tiny',
  title: 'Tiny',
  classNames: ['zero', 'one'],
  train: { images: published('train-images.gz'), labels: published('train-labels.gz') },
  test: { images: published('test-images.gz'), labels: published('test-labels.gz') },
  sources: [],
};

/** A server for one test on this machine; returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

const deliver: RequestListener = (request, response) => {
  response.end(bytesOfFile[request.url!.slice(1)]);
};

async function putFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(bytesOfFile)) await writeFile(join(folder, name), bytes);
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('loadPublishedImages', () => {
  let cacheDir: string;

  beforeEach(async () => {
    cacheDir = await temporaryFolder();
    vi.stubEnv('SHOAL_DATA_DIR', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
  });

  it('reads both parts from a given folder', async () => {
    await putFiles(cacheDir);
    const { train, test } = await loadPublishedImages(tiny, { dataDir: cacheDir, download: false });
    expect(train).toMatchObject({
      name: 'tiny/train',
      points: { rows: 3, columns: 4, scale: 1 / 255 },
      labels: Uint8Array.of(0, 1, 0),
      classNames: ['zero', 'one'],
      imageShape: [2, 2],
    });
    expect(test.points.data).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it.each(['', 'tiny'])('finds the files in SHOAL_DATA_DIR/%s', async (subfolder) => {
    const folder = await temporaryFolder();
    await putFiles(join(folder, subfolder));
    vi.stubEnv('SHOAL_DATA_DIR', folder);
    const { train } = await loadPublishedImages(tiny, { cacheDir, download: false });
    expect(train.points.rows).toBe(3);
  });

  it('downloads to the cache with progress, once', async () => {
    let requests = 0;
    const source = await serve((request, response) => {
      requests++;
      deliver(request, response);
    });
    const seen: (string | undefined)[] = [];
    const options = { cacheDir, sources: [source] };
    await loadPublishedImages(tiny, { ...options, onProgress: ({ message }) => seen.push(message) });
    expect(await contents(join(cacheDir, 'tiny'))).toEqual(names);
    expect(seen).toContain(`${source}train-images.gz`);
    await loadPublishedImages(tiny, options);
    expect(requests).toBe(4);
  });

  it('goes on to the next source when one refuses or delivers something else', async () => {
    const refusing = await serve((_, response) => response.writeHead(503).end());
    const wrong = await serve((_, response) => response.end('not the file'));
    const right = await serve(deliver);
    const { train } = await loadPublishedImages(tiny, { cacheDir, sources: [refusing, wrong, right] });
    expect(train.points.rows).toBe(3);
    expect(await contents(join(cacheDir, 'tiny'))).toEqual(names);
  });

  it('fetches only what is missing', async () => {
    await putFiles(cacheDir);
    const requested: string[] = [];
    const source = await serve((request, response) => {
      requested.push(request.url!);
      deliver(request, response);
    });
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'test-labels.gz'), bytesOfFile['test-labels.gz']);
    await loadPublishedImages(tiny, { dataDir, cacheDir: join(cacheDir, 'none'), sources: [source] });
    expect(requested.sort()).toEqual(['/test-images.gz', '/train-images.gz', '/train-labels.gz']);
  });

  it('names a damaged file and both sums', async () => {
    await putFiles(cacheDir);
    await writeFile(join(cacheDir, 'test-images.gz'), 'damaged');
    const error = await rejection(loadPublishedImages(tiny, { dataDir: cacheDir }));
    expect(error).toBeInstanceOf(ChecksumError);
    expect(error).toMatchObject({
      file: join(cacheDir, 'test-images.gz'),
      expected: tiny.test.images.sha256,
      actual: sumOf(new TextEncoder().encode('damaged')),
    });
  });

  it('says where it looked, why downloads failed, and which dataset needs no download', async () => {
    const wrong = await serve((_, response) => response.end('not the file'));
    const gone = await serve((_, response) => response.writeHead(404).end());
    const error = await rejection(loadPublishedImages(tiny, { cacheDir, sources: [wrong, gone] }));
    expect(error).toBeInstanceOf(DatasetUnavailableError);
    const { message, searched } = error as DatasetUnavailableError;
    expect(searched).toContain(join(cacheDir, 'tiny'));
    for (const part of [join(cacheDir, 'tiny'), 'SHA-256', '404', wrong, gone, '"garments"']) {
      expect(message).toContain(part);
    }
    expect(await contents(join(cacheDir, 'tiny'))).toEqual([]);
  });

  it('does not download when that is switched off', async () => {
    let requests = 0;
    const source = await serve((_, response) => {
      requests++;
      response.end();
    });
    const error = await rejection(
      loadPublishedImages(tiny, { cacheDir, sources: [source], download: false }),
    );
    expect(error).toBeInstanceOf(DatasetUnavailableError);
    expect(requests).toBe(0);
  });
});

describe('download', () => {
  const file = bytesOfFile['train-images.gz'];
  const options = { sha256: sumOf(file) };

  it('leaves nothing after a wrong sum', async () => {
    const folder = await temporaryFolder();
    const source = await serve((_, response) => response.end('other'));
    const error = await rejection(download(source, join(folder, 'a'), options));
    expect(error).toMatchObject({ code: 'CHECKSUM', expected: options.sha256, file: source });
    expect(await contents(folder)).toEqual([]);
  });

  it('leaves nothing after a connection that breaks off', async () => {
    const folder = await temporaryFolder();
    const source = await serve((_, response) => {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 10), () => response.destroy());
    });
    await expect(download(source, join(folder, 'a'), options)).rejects.toThrow();
    expect(await contents(folder)).toEqual([]);
  });

  it('leaves nothing when it is aborted in the middle', async () => {
    const folder = await temporaryFolder();
    const source = await serve((_, response) => {
      response.write(file.subarray(0, 10));
    });
    const controller = new AbortController();
    const onProgress = (): void => {
      controller.abort(new Error('stop'));
    };
    const stopped = download(source, join(folder, 'a'), {
      ...options,
      signal: controller.signal,
      onProgress,
    });
    await expect(stopped).rejects.toThrow('stop');
    expect(await contents(folder)).toEqual([]);
  });

  it('gives up on a server that stops sending', async () => {
    const folder = await temporaryFolder();
    const source = await serve((_, response) => {
      response.write(file.subarray(0, 10));
    });
    const stalled = download(source, join(folder, 'a'), { ...options, stallTimeout: 50 });
    await expect(stalled).rejects.toThrow(/nothing arrived for 0.05 s/);
    expect(await contents(folder)).toEqual([]);
  });

  it('replaces the file only by a complete one', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'a');
    await writeFile(path, 'old');
    const source = await serve((_, response) => response.end(file));
    await download(source, path, options);
    expect(new Uint8Array(await readFile(path))).toEqual(file);
    expect(await contents(folder)).toEqual(['a']);
  });
});
