import type { Engine } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/index.ts';

/** Works with a session and always destroys it at the end. */
export async function useSession<Session extends { destroy(): void }, Result>(
  opening: Promise<Session>,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await opening;
  try {
    return await work(session);
  } finally {
    session.destroy();
  }
}

/** The same work on the engine and on the reference engine: the actual and the expected result. */
export async function useBoth<Session extends { destroy(): void }, Result>(
  engine: Engine,
  open: (engine: Engine) => Promise<Session>,
  work: (session: Session) => Promise<Result>,
): Promise<[actual: Result, expected: Result]> {
  return [await useSession(open(engine), work), await useSession(open(createReferenceEngine()), work)];
}
