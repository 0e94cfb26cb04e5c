import { InvariantError } from "../../engine/index.js";
import type { Figure } from "../figures/figure.js";
import { type Spread, spreadOf } from "../statistics/spread.js";
import type { MinerKey } from "./miner-totals.js";
import { minerKey } from "./miner-totals.js";
import { type PairedDifference, pairedDifference } from "./paired-difference.js";
import { bySubnetThenHotkey, type PayShift, payShift } from "./pay-shift.js";
import type { RunOutcome } from "./run-outcome.js";

/** A figure over all pairs that have it on both sides. */
export interface FigureDifference extends Omit<Figure, "value"> {
  readonly a: Spread;
  readonly b: Spread;
  /** b - a, pair by pair. */
  readonly difference: PairedDifference;
}

/** What a miner was paid over all pairs, rao; in a pair without it nothing. */
export interface MinerDifference extends MinerKey {
  readonly meanARao: number;
  readonly meanBRao: number;
  readonly difference: PairedDifference;
}

/** How two scenarios differ over pairs of replicates. */
export interface PairsComparison {
  /** The replicates that both have. */
  readonly pairs: readonly number[];
  readonly figures: readonly FigureDifference[];
  /** Share of the miners' pay that goes to others in b than in a. */
  readonly moved: Spread;
  /** By subnet, then hotkey. */
  readonly miners: readonly MinerDifference[];
}

/** A pair of replicates with the same random numbers, and how pay differs between them. */
export interface ComparedPair {
  readonly replicate: number;
  readonly a: RunOutcome;
  readonly b: RunOutcome;
  readonly shift: PayShift;
}

interface Sides {
  readonly a: number[];
  readonly b: number[];
}

/** Gathers pairs one after the other, in memory bounded by two numbers a pair, figure and miner. */
export class ComparedPairs {
  readonly #pairs: number[] = [];
  readonly #moved: number[] = [];
  readonly #figures = new Map<string, Sides & { readonly figure: Figure }>();
  readonly #miners = new Map<string, Sides & { readonly key: MinerKey }>();

  /** Takes the two replicates of a number. Both have the same random numbers. */
  take(replicate: number, a: RunOutcome, b: RunOutcome): ComparedPair {
    const shift = payShift(a.miners, b.miners);
    const before = this.#pairs.length;
    this.#pairs.push(replicate);
    this.#moved.push(shift.moved);
    const inB = new Map(b.figures.map((figure) => [figure.name, figure.value]));
    for (const figure of a.figures) {
      const value = inB.get(figure.name);
      if (value === undefined) continue;
      const sides = this.#figures.get(figure.name) ?? { figure, a: [], b: [] };
      this.#figures.set(figure.name, sides);
      sides.a.push(figure.value);
      sides.b.push(value);
    }
    for (const { netuid, hotkey, aRao, bRao } of shift.miners) {
      const key = minerKey({ netuid, hotkey });
      let sides = this.#miners.get(key);
      if (sides === undefined) {
        // In the pairs before it was paid nothing.
        sides = { key: { netuid, hotkey }, a: new Array<number>(before).fill(0), b: new Array<number>(before).fill(0) };
        this.#miners.set(key, sides);
      }
      sides.a.push(Number(aRao ?? 0n));
      sides.b.push(Number(bRao ?? 0n));
    }
    for (const { a: onA, b: onB } of this.#miners.values()) if (onA.length <= before) [onA, onB].forEach((side) => void side.push(0));
    return { replicate, a, b, shift };
  }

  /** What all of them say. */
  compared(): PairsComparison {
    if (this.#pairs.length === 0) throw new InvariantError("no pair was compared");
    const changes = ({ a, b }: Sides) => pairedDifference(b.map((value, at) => value - a[at]));
    return {
      pairs: [...this.#pairs],
      figures: [...this.#figures.values()].map(({ figure: { name, unit, meaning }, a, b }) => ({
        name,
        unit,
        meaning,
        a: spreadOf(a),
        b: spreadOf(b),
        difference: changes({ a, b }),
      })),
      moved: spreadOf(this.#moved),
      miners: [...this.#miners.values()]
        .map(({ key, a, b }) => ({ ...key, meanARao: spreadOf(a).mean, meanBRao: spreadOf(b).mean, difference: changes({ a, b }) }))
        .sort(bySubnetThenHotkey),
    };
  }
}
