import { floor } from "../../kernel/math.js";
import { BLOCK_MS } from "../../kernel/time.js";
import type { EmissionSchedule } from "./configuration.js";

/** What there is to share at the end of an epoch. */
export interface PotSource {
  /** Rao of the blocks after `fromMs` up to `toMs`; both at the start or later. */
  between(fromMs: number, toMs: number): number;
}

/** What is emitted between two instants, by whole blocks since the start; each halving rounds down to whole rao a block. */
export class EmissionPot implements PotSource {
  constructor(
    private readonly schedule: EmissionSchedule,
    private readonly startMs: number,
  ) {}

  between(fromMs: number, toMs: number): number {
    return this.upTo(toMs) - this.upTo(fromMs);
  }

  private upTo(timeMs: number): number {
    const { minerPotRaoPerBlock, halvesEveryMs } = this.schedule;
    const elapsedMs = timeMs - this.startMs;
    if (halvesEveryMs === null) return minerPotRaoPerBlock * floor(elapsedMs / BLOCK_MS);
    let sumRao = 0;
    let raoPerBlock = minerPotRaoPerBlock;
    for (let fromMs = 0; fromMs < elapsedMs && raoPerBlock > 0; fromMs += halvesEveryMs) {
      const toMs = fromMs + halvesEveryMs < elapsedMs ? fromMs + halvesEveryMs : elapsedMs;
      sumRao += raoPerBlock * (floor(toMs / BLOCK_MS) - floor(fromMs / BLOCK_MS));
      raoPerBlock = floor(raoPerBlock / 2);
    }
    return sumRao;
  }
}
