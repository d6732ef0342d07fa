import { DeviceError, StateError, type Points } from '@shoal/core';
import { Destroyable, type SessionOptions } from '@shoal/core/engine-kit';
import type { EngineDevice } from './engine-device.ts';
import type { DeviceContext } from '../runtime/device.ts';
import { Lifetime } from './lifetime.ts';

/** How a session is opened, and opened again after a loss. */
export interface Recipe<Session> {
  /** The kind of session, for messages: "k-means". */
  readonly what: string;
  /** Its points, if any. */
  readonly points?: Points | undefined;
  readonly signal: SessionOptions['signal'];
  open(context: DeviceContext): Promise<Session>;
  /** Brings a new session to the state of the lost one at the last readback. */
  restore(session: Session): Promise<void>;
}

/** The methods of a session that return a promise. */
type Calls<Session> = {
  [Name in keyof Session]: Session[Name] extends (...input: never[]) => Promise<unknown> ? Name : never;
}[keyof Session];

/**
 * A session that recovers once from the loss of its device: when a call finds that the device is lost, the session is opened
 * again on the new device and restored, and the call is repeated. Other calls that are running wait for the same recovery.
 * The session ends with its engine.
 */
export class Recoverable<Session extends Destroyable> extends Destroyable {
  readonly #device: EngineDevice;
  readonly #recipe: Recipe<Session>;
  readonly #lifetime: Lifetime;
  #opening: Promise<Session>;
  #session: Session | undefined;
  #recovered = false;
  /** Why the lost device could not be replaced. */
  #failure: Error | undefined;

  private constructor(device: EngineDevice, recipe: Recipe<Session>) {
    super();
    this.#device = device;
    this.#recipe = recipe;
    this.#lifetime = new Lifetime(recipe.what, recipe.signal);
    device.context.adopt(this);
    this.#opening = this.#open();
  }

  static async open<Session extends Destroyable>(
    device: EngineDevice,
    recipe: Recipe<Session>,
  ): Promise<Recoverable<Session>> {
    recipe.signal?.throwIfAborted();
    const recoverable = new Recoverable(device, recipe);
    try {
      await recoverable.run(() => Promise.resolve());
      return recoverable;
    } catch (error) {
      recoverable.destroy();
      throw error;
    }
  }

  /** The present session. */
  get session(): Session {
    return this.#session!;
  }

  /** Whether the session can recover from a loss; if not, data for a recovery need not be kept. */
  get prepared(): boolean {
    return this.#device.replaceable && this.#recipe.points?.location !== 'device' && !this.#recovered;
  }

  /**
   * Makes a call of the session, and repeats it if it fails because the device was lost. The call itself must store the
   * results that `restore` needs.
   *
   * @throws {DeviceError} when the device is lost and the session cannot recover, or has already recovered once
   */
  run<T>(call: (session: Session) => Promise<T>): Promise<T> {
    return this.#lifetime.run(async () => {
      for (;;) {
        const opening = this.#opening;
        try {
          return await call(await opening);
        } catch (error) {
          if (!(error instanceof DeviceError && error.reason === 'lost')) throw error;
          // Another call may have detected the same loss first.
          if (this.#opening === opening) this.#opening = this.#recover(error);
        }
      }
    });
  }

  /** Calls by `run` that do not change anything that `restore` needs, and the end of the session. */
  forward<Name extends Calls<Session>>(
    ...names: readonly Name[]
  ): Pick<Session, Name> & Pick<Destroyable, keyof Destroyable> {
    const calls = names.map((name) => [
      name,
      (...input: unknown[]) =>
        this.run((session) =>
          Reflect.apply(session[name] as (...input: unknown[]) => Promise<unknown>, session, input),
        ),
    ]);
    return {
      ...(Object.fromEntries(calls) as Pick<Session, Name>),
      destroy: () => {
        this.destroy();
      },
      [Symbol.dispose]: () => {
        this.destroy();
      },
    };
  }

  destroy(): void {
    if (!this.#lifetime.end()) return;
    this.#device.context.disown(this);
    this.#session?.destroy();
  }

  /** Throws at once if recovery is impossible, so that the call above ends. */
  #recover(loss: DeviceError): Promise<Session> {
    if (this.#failure !== undefined) throw this.#failure;
    const hopeless = this.#hopeless();
    if (hopeless !== undefined) throw new DeviceError('lost', `${loss.message} ${hopeless}`, { cause: loss });
    this.#recovered = true;
    this.#session?.destroy();
    return this.#openAgain();
  }

  #hopeless(): string | undefined {
    if (!this.#device.replaceable) {
      return 'The device was given to the engine, which cannot open another: create a new engine.';
    }
    if (this.#recipe.points?.location === 'device') {
      return 'The points were on that device alone: upload or compute them again.';
    }
    if (this.#recovered) {
      return 'It was lost before, and running work is recovered only once: start again.';
    }
    return undefined;
  }

  async #openAgain(): Promise<Session> {
    const session = await this.#open();
    try {
      await this.#recipe.restore(session);
      return session;
    } catch (error) {
      session.destroy();
      throw error;
    }
  }

  async #open(): Promise<Session> {
    const context = await this.#device.working().catch((error: unknown) => {
      if (error instanceof DeviceError) this.#failure = error;
      throw error;
    });
    this.#recipe.signal?.throwIfAborted();
    const session = await this.#recipe.open(context);
    this.#session = session;
    // A session that was opened after the end must be destroyed here.
    if (this.#lifetime.ended) {
      session.destroy();
      throw new StateError(`This ${this.#recipe.what} session was destroyed.`);
    }
    return session;
  }
}
