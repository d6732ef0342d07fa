import { DeviceError, StateError, type Points } from '@shoal/core';
import { Destroyable, type SessionOptions } from '@shoal/core/engine-kit';
import type { EngineDevice } from './engine-device.ts';
import type { DeviceContext } from '../runtime/device.ts';
import { Lifetime } from './lifetime.ts';

/** How a session comes to be, and comes to be again. */
export interface Recipe<Session> {
  /** For messages: "k-means". */
  readonly what: string;
  /** The points it works on, if any. */
  readonly points?: Points | undefined;
  readonly signal: SessionOptions['signal'];
  open(context: DeviceContext): Promise<Session>;
  /** Brings a session that was just opened to where its predecessor stood when something was read back last. */
  restore(session: Session): Promise<void>;
}

/** The methods of a session that give a promise. */
type Calls<Session> = {
  [Name in keyof Session]: Session[Name] extends (...input: never[]) => Promise<unknown> ? Name : never;
}[keyof Session];

/**
 * A session that outlives its device, once: when a call finds the device lost, the session is opened again on the device
 * that took its place, restored, and the call made again. Calls under way at the same time wait for one recovery. It ends with its engine, and its session with it.
 */
export class Recoverable<Session extends Destroyable> extends Destroyable {
  readonly #device: EngineDevice;
  readonly #recipe: Recipe<Session>;
  readonly #lifetime: Lifetime;
  #opening: Promise<Session>;
  #session: Session | undefined;
  #recovered = false;
  /** Why no device took the place of the lost one. */
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

  /** The session as it is now. */
  get session(): Session {
    return this.#session!;
  }

  /** Whether losing the device can be recovered from: what that takes need not be kept otherwise. */
  get prepared(): boolean {
    return this.#device.replaceable && this.#recipe.points?.location !== 'device' && !this.#recovered;
  }

  /**
   * Makes a call of the session, and makes it again when it fails because the device was lost. What the call finds out
   * and `restore` needs must be kept inside the call.
   *
   * @throws {DeviceError} when the device is lost and that cannot be recovered from, or not again
   */
  run<T>(call: (session: Session) => Promise<T>): Promise<T> {
    return this.#lifetime.run(async () => {
      for (;;) {
        const opening = this.#opening;
        try {
          return await call(await opening);
        } catch (error) {
          if (!(error instanceof DeviceError && error.reason === 'lost')) throw error;
          // Another call may have seen the same loss first.
          if (this.#opening === opening) this.#opening = this.#recover(error);
        }
      }
    });
  }

  /** Calls of the session that change nothing that `restore` needs, to be made by `run`; and how all of it ends. */
  forward<Name extends Calls<Session>>(
    ...names: readonly Name[]
  ): Pick<Session, Name> & Pick<Destroyable, keyof Destroyable> {
    const calls = names.map((name) => [
      name,
      (...input: unknown[]) =>
        this.run((session) =>
          (session[name] as (...input: unknown[]) => Promise<unknown>).apply(session, input),
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

  /** Throws at once, so that the call above ends, where there is nothing to be done. */
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
      return 'It was lost before, and what was under way is recovered only once: start again.';
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
    // Nobody else would destroy what was opened after the end.
    if (this.#lifetime.ended) {
      session.destroy();
      throw new StateError(`This ${this.#recipe.what} session was destroyed.`);
    }
    return session;
  }
}
