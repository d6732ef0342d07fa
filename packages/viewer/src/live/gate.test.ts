import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

const forever = new AbortController().signal;

describe('Gate', () => {
  it('blocks while it is paused, and opens afterwards', async () => {
    const gate = new Gate(0, true);
    let passed = false;
    const passing = gate.pass(forever).then(() => (passed = true));
    await tick();
    expect(passed).toBe(false);
    gate.resume();
    await passing;
    await gate.pass(forever);
  });

  it('lets one iteration through at each step', async () => {
    const gate = new Gate(0, true);
    const passed: number[] = [];
    const run = (async () => {
      for (let i = 0; i < 3; i++) {
        await gate.pass(forever);
        passed.push(i);
      }
    })();
    gate.step();
    await tick();
    expect(passed).toEqual([0]);
    gate.step();
    await tick();
    expect(passed).toEqual([0, 1]);
    gate.resume();
    await run;
    expect(passed).toEqual([0, 1, 2]);
  });

  it('keeps an interval between iterations, except for steps', async () => {
    const gate = new Gate(40);
    const start = performance.now();
    for (let i = 0; i < 3; i++) await gate.pass(forever);
    // Timers may fire a little early.
    expect(performance.now() - start).toBeGreaterThan(75);
  });

  it('ends with the signal', async () => {
    const gate = new Gate(0, true);
    const controller = new AbortController();
    const passing = gate.pass(controller.signal);
    await tick();
    controller.abort(new Error('enough'));
    await expect(passing).rejects.toThrow('enough');
    await expect(gate.pass(controller.signal)).rejects.toThrow('enough');
  });
});

async function tick(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}
