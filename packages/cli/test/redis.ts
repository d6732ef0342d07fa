import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { shoalCommand } from '../src/shoal-command.ts';

/** A server of its own, on a free port of this machine, that keeps nothing on the disk. */
export interface RedisServer {
  readonly url: string;
  readonly redis: Redis;
  stop(): Promise<void>;
}

/** @throws {Error} when redis-server is not installed */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    server.once('spawn', resolve);
    server.once('error', () => {
      reject(
        new Error('These tests need redis-server; install it (on Debian: apt-get install redis-server).'),
      );
    });
  });
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.ping();
  return {
    url,
    redis,
    async stop() {
      redis.disconnect();
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A built command that runs in a process of its own. */
export interface ShoalProcess {
  readonly child: ChildProcess;
  /** What it wrote to standard error so far. */
  stderr(): string;
  /** Waits until standard error has the text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the built command. */
export function startShoal(...argv: string[]): ShoalProcess {
  const command = shoalCommand();
  if (command === undefined) throw new Error('The command is not built; run pnpm build first.');
  const child = spawn(command[0], [...command.slice(1), ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.on('data', (data: Buffer) => (text += data.toString()));
  return {
    child,
    stderr: () => text,
    async says(wanted) {
      for (let waited = 0; !text.includes(wanted); waited += 20) {
        if (waited > 20_000 || child.exitCode !== null) {
          throw new Error(`shoal ${argv[0]} did not say "${wanted}", but: ${text}`);
        }
        await sleep(20);
      }
    },
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
