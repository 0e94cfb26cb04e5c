import type { YumaConfiguration } from "../../../engine/yuma/index.js";

/** What an epoch comes to, rows by validator. */
export interface NaiveEpoch {
  readonly consensus: number[];
  readonly incentive: number[];
  readonly dividends: number[];
  readonly bonds: number[][];
  readonly validatorTrust: number[];
}

const EPSILON = 1e-6;
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const part = (of: number, whole: number) => (whole === 0 ? 0 : of / whole);

/** The formulas of docs/explanation/yuma.md once more, in rows of plain arrays, a step a line; shares nothing with the engine. */
export class NaiveYuma {
  #bonds: number[][] | null = null;
  #lastSet: number[][] | null = null;
  #lastConsensus: number[] = [];

  constructor(private readonly given: YumaConfiguration) {}

  epoch(stakes: readonly number[], set: readonly (readonly number[])[]): NaiveEpoch {
    const { given } = this;
    const miners = set[0].map((_, j) => j);
    const validators = stakes.map((_, i) => i);
    const S = stakes.map((stake) => part(stake, sum(stakes)));
    const W = set.map((row) => row.map((weight) => weight / (sum(row) + EPSILON)));
    const raw = miners.map((j) => this.#supported(stakes, W, j));
    const C = raw.map((weight) => Math.trunc(part(weight, sum(raw)) * 65535) / 65535);
    const counted = given.version === "yuma2b" ? (this.#lastSet ?? W) : W;
    const clipped = counted.map((row) => row.map((weight, j) => Math.min(weight, C[j])));
    const rank = miners.map((j) => sum(validators.map((i) => S[i] * clipped[i][j])));
    const winners = miners.filter((j) => rank[j] === Math.max(...rank) && rank[j] > 0);
    const incentive = miners.map((j) => (given.winnerTakesAll ? (winners.includes(j) ? 1 / winners.length : 0) : part(rank[j], sum(rank))));
    const bonds = this.#trade(S, W, counted, clipped, C);
    const total = miners.map((j) => sum(bonds.map((row) => row[j])));
    const earned = bonds.map((row, i) => {
      const shares = row.map((bond, j) => {
        if (given.version === "yuma3") return (S[i] * bond) / (total[j] + EPSILON);
        return given.version === "yuma2c" ? part(bond, total[j]) : bond;
      });
      return sum(shares.map((share, j) => share * incentive[j]));
    });
    this.#bonds = bonds;
    this.#lastSet = W;
    this.#lastConsensus = C;
    return {
      consensus: C,
      incentive,
      bonds,
      dividends: earned.map((one) => one / (sum(earned) + EPSILON)),
      validatorTrust: validators.map((i) => part(sum(clipped[i]), sum(W[i]))),
    };
  }

  /** Tries every weight that somebody gives. */
  #supported(stakes: readonly number[], W: readonly number[][], j: number): number {
    const enough = (weight: number) => sum(stakes.filter((_, i) => W[i][j] >= weight)) >= this.given.kappa * sum(stakes) - 1e-9;
    const given = W.filter((_, i) => stakes[i] > 0).map((row) => row[j]);
    return Math.max(0, ...given.filter(enough));
  }

  #trade(S: number[], W: number[][], counted: number[][], clipped: number[][], C: number[]): number[][] {
    const { version, bondPenalty: beta, bondMovingAverage, decayRate, capacityAlpha } = this.given;
    const before = this.#bonds;
    const last = (i: number, j: number) => (before === null ? 0 : before[i][j]);
    const columns = (rows: number[][], eps: number) =>
      rows.map((row) =>
        row.map((one, j) =>
          part(
            one,
            rows.reduce((all, other) => all + other[j], eps),
          ),
        ),
      );
    if (version === "yuma2c") {
      return W.map((row, i) =>
        row.map((weight, j) => {
          const bought = Math.min(capacityAlpha * S[i], Math.max(S[i] - last(i, j), 0)) * weight;
          return Math.min((1 - decayRate) * last(i, j) + bought, S[i]);
        }),
      );
    }
    const alpha = (i: number, j: number, plain: number) => (before === null ? plain : this.#alpha(W[i][j], last(i, j), C[j], j, plain));
    if (version === "yuma3") {
      return W.map((row, i) =>
        row.map((weight, j) => {
          const a = alpha(i, j, 1 - bondMovingAverage);
          const kept = (1 - a) * last(i, j);
          return Math.min(1, kept + Math.min(a * weight, Math.max(1 - kept, 0)));
        }),
      );
    }
    const bought = counted.map((row, i) => row.map((weight, j) => S[i] * ((1 - beta) * weight + beta * clipped[i][j])));
    const b = columns(bought, version === "yuma1" ? EPSILON : 0);
    const plain = version === "yuma1" || before === null ? 1 : 1 - bondMovingAverage;
    const moved = b.map((row, i) => row.map((one, j) => alpha(i, j, plain) * one + (1 - alpha(i, j, plain)) * last(i, j)));
    return version === "yuma1" ? columns(moved, EPSILON) : moved;
  }

  #alpha(weight: number, bond: number, consensus: number, j: number, plain: number): number {
    const { liquidAlpha: liquid, version } = this.given;
    if (liquid === null) return plain;
    const mode = version === "yuma3" ? liquid.consensus : "current";
    const previous = this.#lastConsensus[j];
    const compared = mode === "current" ? consensus : mode === "previous" ? previous : Math.max(consensus, previous);
    const d = Math.min(1, Math.max(0, weight >= bond ? weight - compared : bond - weight));
    const a = liquid.alphaLow + (liquid.alphaHigh - liquid.alphaLow) / (1 + Math.exp(-liquid.sigmoidSteepness * (d - 0.5)));
    return Math.min(liquid.alphaHigh, Math.max(liquid.alphaLow, a));
  }
}
