import { abs, ln, max, sqrt } from "../../kernel/math.js";

const YEAR_MS = 31_536_000_000;
const LN_2 = ln(2);

/** How the market price of the token follows NAV. Shares are fractions; everything is 0 before there are enough samples. */
export interface PremiumFigures {
  readonly samples: number;
  readonly mean: number;
  readonly meanAbsolute: number;
  /** Root of the mean square. */
  readonly rms: number;
  /** Largest size. */
  readonly largest: number;
  /** Standard deviation of the difference between the log returns of price and NAV, scaled to a year of 365 days. */
  readonly trackingErrorPerYear: number;
  /** First-order autocorrelation of the premium between samples. */
  readonly autocorrelation: number;
  /** After so long half of a premium is gone, by AR(1); null where it does not die away. */
  readonly halfLifeMs: number | null;
}

/** Gathers the premium at each sample, before anyone acts on it. */
export class PremiumStatistics {
  #samples = 0;
  #sum = 0;
  #absolute = 0;
  #squares = 0;
  #largest = 0;
  /** Pairs of neighbours: x, then y. */
  #pairs = 0;
  #pairMs = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;
  #difference = 0;
  #differences = 0;
  #lastMs = -1;
  #lastPremium = 0;
  #lastRatio = 0;

  /** A sample without NAV or price, or with a stale NAV: its neighbours are none of each other. */
  skip(): void {
    this.#lastMs = -1;
  }

  take(timeMs: number, navTao: number, priceTao: number): void {
    const premium = priceTao / navTao - 1;
    const logRatio = ln(priceTao / navTao);
    this.#samples += 1;
    this.#sum += premium;
    this.#absolute += abs(premium);
    this.#squares += premium * premium;
    this.#largest = max(this.#largest, abs(premium));
    if (this.#lastMs !== -1) {
      this.#pairs += 1;
      this.#pairMs += timeMs - this.#lastMs;
      this.#x += this.#lastPremium;
      this.#y += premium;
      this.#xx += this.#lastPremium * this.#lastPremium;
      this.#xy += this.#lastPremium * premium;
      const step = logRatio - this.#lastRatio;
      this.#difference += step;
      this.#differences += step * step;
    }
    this.#lastMs = timeMs;
    this.#lastPremium = premium;
    this.#lastRatio = logRatio;
  }

  figures(): PremiumFigures {
    const count = max(1, this.#samples);
    const pairs = max(1, this.#pairs);
    const spread = this.#xx - (this.#x * this.#x) / pairs;
    const autocorrelation = spread > 0 ? (this.#xy - (this.#x * this.#y) / pairs) / spread : 0;
    const stepMs = this.#pairMs / pairs;
    const dies = autocorrelation > 0 && autocorrelation < 1 && stepMs > 0;
    const variance = this.#pairs < 2 ? 0 : max(0, (this.#differences - (this.#difference * this.#difference) / pairs) / (pairs - 1));
    return {
      samples: this.#samples,
      mean: this.#sum / count,
      meanAbsolute: this.#absolute / count,
      rms: sqrt(this.#squares / count),
      largest: this.#largest,
      trackingErrorPerYear: stepMs > 0 ? sqrt((variance * YEAR_MS) / stepMs) : 0,
      autocorrelation,
      halfLifeMs: dies ? (stepMs * LN_2) / -ln(autocorrelation) : null,
    };
  }
}
