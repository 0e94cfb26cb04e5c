import { exp, ln, max, min, sqrt } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import { normalDeviates } from "../../market/price-models/index.js";
import type { SkillConfiguration } from "./configuration.js";

/** The logarithm stays within this of that of the mean, so that a weight is always finite and above 0. */
const FARTHEST = 300;

/**
 * What a miner's work is worth (docs/explanation/closed-loop.md): mean * e^x, x an Ornstein-Uhlenbeck process around 0 by its exact
 * step: x(t + dt) = x(t) * k + deviation * sqrt(1 - k^2) * z, k = e^(-ln 2 * dt / half life). It begins in its long-run spread.
 */
export class Skill {
  /** Relative to the others'. */
  value: number;
  #x = 0;
  readonly #next: () => number;

  constructor(
    private readonly mean: number,
    private readonly configuration: SkillConfiguration,
    random: RandomStream,
  ) {
    this.#next = normalDeviates(random);
    if (configuration.deviation > 0) this.#x = within(configuration.deviation * this.#next());
    this.value = mean * exp(this.#x);
  }

  step({ kept, spread }: SkillStep): void {
    if (this.configuration.deviation === 0) return;
    this.#x = within(this.#x * kept + spread * this.#next());
    this.value = this.mean * exp(this.#x);
  }
}

/** What all miners' skills have alike in a step of one length. */
export interface SkillStep {
  readonly kept: number;
  readonly spread: number;
}

export function skillStep({ halfLifeMs, deviation }: SkillConfiguration, stepMs: number): SkillStep {
  const kept = exp((-ln(2) * stepMs) / halfLifeMs);
  return { kept, spread: deviation * sqrt(1 - kept * kept) };
}

function within(x: number): number {
  return min(FARTHEST, max(-FARTHEST, x));
}
