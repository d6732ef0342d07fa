import { Redis } from 'ioredis';
import { ConnectionError } from './errors.ts';

/** How long a first connection may take. */
const PATIENCE_MS = 10_000;

/** An address without its password. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//***@');
}

/**
 * Connects to Redis or Valkey, and checks that it keeps what it is told.
 *
 * @param url `redis://user:password@host:port/db`, or `rediss://` for TLS
 * @throws {ConnectionError} when it cannot be reached, or would drop keys when its memory is full
 */
export async function connect(url: string): Promise<Redis> {
  if (!/^rediss?:\/\//.test(url)) {
    throw new ConnectionError(
      `The address of Redis starts with redis:// or rediss://; got ${withoutPassword(url)}.`,
    );
  }
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
  });
  let reason = 'no answer';
  const note = (error: Error) => (reason = error.message || String(error));
  redis.on('error', note);
  try {
    await Promise.race([redis.connect(), refusal(redis)]);
    requireNoEviction(await redis.info('memory'), url);
  } catch (error) {
    redis.disconnect();
    if (error instanceof ConnectionError) throw error;
    throw new ConnectionError(
      `${withoutPassword(url)} cannot be reached (${reason}). Check the address and the password, and that Redis or Valkey runs there.`,
      { cause: error },
    );
  }
  return redis;
}

/** Says when the connection is interrupted, and when it is back. Commands wait in between. */
export function noteInterruptions(redis: Redis, onNote: ((text: string) => void) | undefined): void {
  let isInterrupted = false;
  redis.on('reconnecting', () => {
    if (!isInterrupted) onNote?.('The connection to Redis is interrupted; waiting for it.');
    isInterrupted = true;
  });
  redis.on('ready', () => {
    if (isInterrupted) onNote?.('The connection to Redis is back.');
    isInterrupted = false;
  });
}

/** Fails when the first attempt does: later interruptions are waited out. */
function refusal(redis: Redis): Promise<never> {
  return new Promise((_, reject) => {
    redis.once('error', reject);
    redis.once('close', () => {
      reject(new Error('The connection was closed.'));
    });
  });
}

function requireNoEviction(info: string, url: string): void {
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const policy = field('maxmemory_policy') ?? 'noeviction';
  if (Number(field('maxmemory') ?? 0) === 0 || policy === 'noeviction') return;
  throw new ConnectionError(
    `${withoutPassword(url)} has maxmemory-policy ${policy}, which drops keys of running fits when memory is short. Set it to noeviction.`,
  );
}
