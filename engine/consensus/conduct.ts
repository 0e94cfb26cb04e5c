import type { Severity, SlashCause } from "../tables/vocabularies/consensus.js";
import type { DeviationWindow } from "./configuration.js";
import { isWorse } from "./severity.js";

/** An epoch in which a validator went astray. */
export interface PastDeviation {
  readonly epoch: number;
  readonly timeMs: number;
  /** 0..1. */
  readonly deviation: number;
  readonly severity: Severity;
  readonly cause: SlashCause;
}

interface PastSlash {
  readonly id: number;
  readonly epoch: number;
  readonly timeMs: number;
}

/** What one validator did wrong, as far as it is still to be counted. */
export class Conduct {
  private deviations: PastDeviation[] = [];
  private slashes: PastSlash[] = [];

  constructor(
    private readonly window: DeviationWindow,
    private readonly slashesCounted: "window" | "ever",
  ) {}

  deviated(deviation: PastDeviation): void {
    this.deviations.push(deviation);
  }

  slashed(id: number, epoch: number, timeMs: number): void {
    this.slashes.push({ id, epoch, timeMs });
  }

  /** The deviation of an epoch and the slash for it never happened. */
  acquitted(slash: number, epoch: number): void {
    this.slashes = this.slashes.filter(({ id }) => id !== slash);
    this.deviations = this.deviations.filter((deviation) => deviation.epoch !== epoch);
  }

  /** Deviations in the window that ends now; older ones are forgotten. */
  recentDeviations(epoch: number, timeMs: number): readonly PastDeviation[] {
    this.deviations = this.deviations.filter((past) => isRecent(this.window, past, epoch, timeMs));
    return this.deviations;
  }

  /** Slashes that count, the ones an appeal overturned not among them. */
  countedSlashes(epoch: number, timeMs: number): number {
    if (this.slashesCounted === "window") this.slashes = this.slashes.filter((past) => isRecent(this.window, past, epoch, timeMs));
    return this.slashes.length;
  }
}

/** The most severe of some deviations, among equals the largest; at least one. */
export function worstDeviation(deviations: readonly PastDeviation[]): PastDeviation {
  return deviations.reduce((worst, next) => {
    if (next.severity !== worst.severity) return isWorse(next.severity, worst.severity) ? next : worst;
    return next.deviation > worst.deviation ? next : worst;
  });
}

function isRecent(window: DeviationWindow, past: { epoch: number; timeMs: number }, epoch: number, timeMs: number): boolean {
  return window.kind === "epochs" ? epoch - past.epoch < window.epochs : timeMs - past.timeMs < window.ms;
}
