import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '@shoal/core';

/** Shows progress on a stream, one line per phase, with rate and remaining time. */
export class ProgressBar {
  readonly #stream: NodeJS.WriteStream;
  #bar: SingleBar | undefined;
  #phase = '';
  #total = 0;
  #startedAt = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Draws nothing when the stream is not a terminal. */
  show(progress: Progress): void {
    if (!this.#stream.isTTY) return;
    const { phase, completed, total = 0, message = '' } = progress;
    if (phase !== this.#phase || total !== this.#total || this.#bar === undefined) {
      this.end();
      this.#phase = phase;
      this.#total = total;
      this.#startedAt = performance.now();
      this.#bar = new SingleBar(
        {
          stream: this.#stream,
          hideCursor: true,
          clearOnComplete: true,
          format:
            total > 0
              ? '{phase} {bar} {value}/{total}  {rate}/s  {eta_formatted} left  {message}'
              : '{phase} {value}  {rate}/s  {message}',
          barsize: 24,
        },
        Presets.shades_classic,
      );
      this.#bar.start(Math.max(total, 1), completed, { phase, message, rate: '-' });
      return;
    }
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const rate = seconds > 0 ? formatRate(completed / seconds) : '-';
    this.#bar.update(completed, { phase, message, rate });
  }

  /** Clears the line, so that other output starts on an empty line. */
  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#phase = '';
  }
}

function formatRate(perSecond: number): string {
  return perSecond >= 100 ? Math.round(perSecond).toLocaleString('en') : perSecond.toPrecision(2);
}
