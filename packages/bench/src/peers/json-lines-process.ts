import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { PeerError } from '../errors.ts';

const Answer = v.looseObject({ id: v.number(), error: v.optional(v.string()) });

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A child process that answers requests: one JSON object a line, in order, over its standard streams. */
export class JsonLinesProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #name: string;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<number, Waiting>();
  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
    // An interpreter may be a script whose own child still holds these streams: they must not keep this process alive.
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) stream.destroy();
    this.#end(new PeerError(`${this.#name} was ended.`));
  };
  #complaints = '';
  #requests = 0;
  #ended: Error | undefined;

  /** @param signal ends the process at once, even during its work */
  constructor(
    command: readonly [string, ...string[]],
    name: string,
    env: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) {
    const [executable, ...args] = command;
    this.#name = name;
    this.#signal = signal;
    this.#child = spawn(executable, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    this.#child.on('error', (error) => {
      this.#end(new PeerError(`${name} cannot be started: ${error.message}.`, { cause: error }));
    });
    this.#child.on('close', () => {
      this.#end(new PeerError(`${name} ended early. ${this.#complaints.trim()}`.trim()));
    });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#complaints = (this.#complaints + chunk.toString()).slice(-2000);
    });
    // A process that has ended does not read; "close" reports its end.
    this.#child.stdin.on('error', () => undefined);
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.#receive(line);
    });
    signal.addEventListener('abort', this.#kill, { once: true });
    process.once('exit', this.#kill);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws {PeerError} when the process ends, or answers with an error
   * @throws the signal's reason when it is aborted
   */
  async ask<T extends v.GenericSchema>(
    schema: T,
    operation: string,
    request: object = {},
  ): Promise<v.InferOutput<T>> {
    this.#signal.throwIfAborted();
    if (this.#ended !== undefined) throw this.#ended;
    const id = this.#requests++;
    const answer = await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin.write(`${JSON.stringify({ ...request, id, operation })}\n`);
    });
    return v.parse(schema, answer);
  }

  /** Ends the process. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#kill);
    process.off('exit', this.#kill);
    this.#kill();
  }

  #receive(line: string): void {
    const answer = v.parse(Answer, JSON.parse(line));
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new PeerError(`${this.#name}: ${answer.error}`));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    const reason: unknown = this.#signal.aborted ? this.#signal.reason : this.#ended;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }
}
