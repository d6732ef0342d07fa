import { mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../src/main.ts';
import { serveRun } from '../src/view/run-server.ts';
import { shoal, shoalProcess, temporaryFolder } from './run-shoal.ts';

const JSON_TYPE = 'application/json';
const BYTES_TYPE = 'application/octet-stream';

/** A served folder with a secret beside it, and a link to that in it. */
async function served(): Promise<URL> {
  const folder = await temporaryFolder();
  const run = join(folder, 'run');
  await mkdir(run);
  await writeFile(join(folder, 'secret.json'), 'secret');
  await writeFile(join(run, 'model.json'), '{"a":1}');
  await writeFile(join(run, 'unknown.json'), 'secret');
  await writeFile(join(run, 'report.html'), '<p>hello</p>');
  await symlink(join(folder, 'secret.json'), join(run, 'metrics.json'));
  await mkdir(join(run, 'history.json'));
  const files = Object.fromEntries(
    ['model.json', 'metrics.json', 'history.json', 'labels.npy'].map((name) => [name, JSON_TYPE]),
  );
  const server = await serveRun({
    folder: run,
    files: { ...files, 'report.html': 'text/html' },
    assets: { '/': { type: 'text/html', text: 'page' } },
    port: 0,
  });
  onTestFinished(() => server.close());
  return new URL(server.url);
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** Sends the path exactly as typed: no client normalizes it. */
function ask(url: URL, path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = url;
    const asking = request({ hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
      });
    });
    asking.on('error', reject);
    asking.end();
  });
}

describe('the server of a run', () => {
  it('serves the files of a run and its own page, with headers that exclude other sites', async () => {
    const url = await served();
    expect(url.hostname).toBe('127.0.0.1');
    const file = await ask(url, '/run/model.json?x=1');
    expect(file).toMatchObject({ status: 200, body: '{"a":1}' });
    expect(file.headers).toMatchObject({
      'content-type': JSON_TYPE,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const policy = file.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(await ask(url, '/')).toMatchObject({ status: 200, body: 'page' });
  });

  it('lets the page of a folder run its own script, but make no requests', async () => {
    const { headers } = await ask(await served(), '/run/report.html');
    expect(headers['content-security-policy']).toContain("script-src 'unsafe-inline'");
    expect(headers['content-security-policy']).not.toContain('connect-src');
  });

  it('answers HEAD without a body, and refuses requests that would change a run', async () => {
    const url = await served();
    const head = await ask(url, '/run/model.json', 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('7');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await ask(url, '/run/model.json', method);
      expect(answer.status).toBe(405);
      expect(answer.headers['allow']).toBe('GET, HEAD');
    }
  });

  it.each([
    '/run/../secret.json',
    '/run/..%2fsecret.json',
    '/run/%2e%2e/secret.json',
    '/run/..\\secret.json',
    '/run/..%5csecret.json',
    '/run/%2e%2e%5csecret.json',
    '/../secret.json',
    '//etc/passwd',
    '/run//etc/passwd',
    '/run/model.json/',
    '/run/model.json%00',
    '/run/unknown.json',
    '/run/MODEL.JSON',
    '/run/',
    '/run',
    '/run/__proto__',
    '/__proto__',
    '/constructor',
    '/run/metrics.json',
    '/run/history.json',
    '/run/labels.npy',
    'http://127.0.0.1/run/secret.json',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(await served(), path);
    expect(status).toBe(404);
    expect(body).not.toContain('secret');
  });

  it('answers only to its own names, whatever other names resolve to this machine', async () => {
    const url = await served();
    expect((await ask(url, '/', 'GET', { host: `localhost:${url.port}` })).status).toBe(200);
    for (const host of ['evil.example', `evil.example:${url.port}`, '127.0.0.1', `127.0.0.1:1`]) {
      const { status, body } = await ask(url, '/run/model.json', 'GET', { host });
      expect(status).not.toBe(200);
      expect(body).not.toContain('{');
    }
  });

  it('keeps almost nothing in memory for clients that request and do not read', async () => {
    const folder = await temporaryFolder();
    const file = await open(join(folder, 'view.bin'), 'w');
    // A sparse file, which takes no space on the disk.
    await file.truncate(2 ** 28);
    await file.close();
    const server = await serveRun({ folder, files: { 'view.bin': BYTES_TYPE }, assets: {}, port: 0 });
    onTestFinished(() => server.close());
    const { port, host } = new URL(server.url);
    const held = (): number => process.memoryUsage().rss;
    const before = held();
    const clients = Array.from({ length: 40 }, () => {
      const client = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      client.write(`GET /run/view.bin HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(20));
      return client;
    });
    await setTimeout(500);
    expect(held() - before).toBeLessThan(2 ** 28);
    for (const client of clients) client.destroy();
    await setTimeout(50);
    const { status, headers } = await ask(new URL(server.url), '/run/view.bin', 'HEAD');
    expect([status, headers['content-length']]).toEqual([200, String(2 ** 28)]);
  });

  it('survives requests that are not HTTP', async () => {
    const url = await served();
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => socket.end('GET /\0 nonsense\r\n\r\n'));
      socket.on('error', reject);
      socket.on('close', () => {
        resolve();
      });
      socket.resume();
    });
    expect((await ask(url, '/')).status).toBe(200);
  });
});

describe('view', () => {
  it('serves a run until Ctrl-C, and ends with 130', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'points.csv'), '0,0\n0,1\n9,9\n9,8\n');
    const fit = ['fit', 'points.csv', '-k', '2', '--engine', 'reference'];
    expect((await shoalProcess(fit, { cwd: folder })).status).toBe(0);
    const { status, stdout, stderr } = await shoalProcess(['view', 'run', '--no-open'], {
      cwd: folder,
      interruptAt: 'Ctrl-C ends this.',
    });
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(stderr).toContain('interrupted');
    expect(status).toBe(130);
  });

  it('writes the names that clusters get on its page into the run', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await writeFile(join(folder, 'birds.csv'), 'mass,wing\n1,1\n2,1\n2,2\n50,60\n51,60\n52,61\n');
    const fit = ['fit', join(folder, 'birds.csv'), '-k', '2', '--engine', 'reference', '-o', run];
    expect((await shoal(...fit)).status).toBe(0);
    const stop = new AbortController();
    const address = await new Promise<URL>((resolve) => {
      const ended = main(['view', run, '--edit', '--no-open'], {
        stdout: (text) => {
          resolve(new URL(text));
        },
        stderr: () => undefined,
        progress: () => undefined,
        endProgress: () => undefined,
        signal: stop.signal,
      });
      onTestFinished(async () => {
        stop.abort();
        await ended;
      });
    });
    expect(address.pathname).toMatch(/^\/edit\/[\w-]{24}\/$/);
    const page = await ask(address, address.pathname);
    expect(page.body).toContain(`names-url="${address.pathname}names"`);
    expect((await ask(address, '/')).body).not.toContain('names-url');
    const post = async (body: string, type = 'application/json'): Promise<readonly [number, string]> => {
      const answer = await fetch(new URL('names', address), {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      return [answer.status, await answer.text()];
    };
    expect(await post('{"cluster":1,"name":" Big <birds> "}')).toEqual([204, '']);
    expect((await shoal('describe', run)).stdout).toContain('Big <birds>');
    expect(await post('{"cluster":0,"name":"Big <birds>"}')).toEqual([
      400,
      'Cluster 1 is called "Big <birds>" already. Give another name.\n',
    ]);
    expect((await post('{"cluster":"0"}'))[0]).toBe(400);
    expect((await post('{"cluster":0,"name":"x"}', 'text/plain'))[0]).toBe(403);
    expect((await post(' '.repeat(20_000)))[0]).toBe(413);
    const foreign = { origin: 'http://elsewhere.example', 'content-type': JSON_TYPE };
    expect((await ask(address, `${address.pathname}names`, 'POST', foreign)).status).toBe(403);
    expect((await ask(address, '/edit/guess/names', 'POST')).status).toBe(405);
  });

  it.each([
    ['a folder that does not exist', 'nowhere', /nowhere" is not there/],
    ['a folder that is not a run', '.', /has no model\.json, so it is not a run/],
  ])('refuses %s', async (_, name, message) => {
    const { status, stdout, stderr } = await shoal('view', join(await temporaryFolder(), name), '--no-open');
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });

  it('refuses a port that is taken', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'model.json'), '{}');
    const { port } = await served();
    const { status, stderr } = await shoal('view', folder, '--no-open', '--port', port);
    expect(status).toBe(2);
    expect(stderr).toContain(`Port ${port} is taken`);
  });
});
