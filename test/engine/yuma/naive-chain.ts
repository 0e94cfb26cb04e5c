import type { ChainConfiguration } from "../../../engine/yuma/index.js";

const BITS = 32n;
const ONE = 1n << BITS;
const U16 = 65_535n;
const times = (a: bigint, b: bigint) => (a * b) >> BITS;
const over = (a: bigint, b: bigint) => (a << BITS) / b;
const total = (values: readonly bigint[]) => values.reduce((all, one) => all + one, 0n);
const shares = (values: readonly bigint[]) => (total(values) === 0n ? values.map(() => 0n) : values.map((one) => over(one, total(values))));
const toU16 = (value: bigint) => (value * U16) >> BITS;
const clamp = (value: bigint, low: bigint, high: bigint) => (value < low ? low : value > high ? high : value);

const inOrder = (values: readonly bigint[]) => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

export interface NaiveChainEpoch {
  readonly consensus: bigint[];
  readonly incentive: bigint[];
  readonly dividends: bigint[];
  /** u16, by validator. */
  readonly bonds: bigint[][];
}

/** An epoch of the chain as docs/explanation/yuma.md has it, in whole numbers of any size; rows of a validator are maps, as they are sparse. */
export class NaiveChain {
  #bonds: Map<number, bigint>[] = [];

  constructor(private readonly given: ChainConfiguration) {}

  /** @param set by validator; null: the row does not have the miner */
  epoch(stakes: readonly number[], set: readonly (readonly (number | null)[])[]): NaiveChainEpoch {
    const { given } = this;
    const miners = set[0].map((_, j) => j);
    const kappa = over(BigInt(given.kappaU16), U16);
    const penalty = over(BigInt(given.bondsPenaltyU16), U16);
    const stake = shares(shares(stakes.map(BigInt)));
    const weights = set.map((row) => {
      const listed = row.flatMap((weight, j) => (weight === null ? [] : [[j, BigInt(weight)] as const]));
      const parts = shares(listed.map(([, weight]) => weight));
      return new Map(listed.map(([j], k) => [j, parts[k]]));
    });
    const voting = shares(stake);
    const consensus = miners.map((j) => {
      const column = weights.map((row) => row.get(j) ?? 0n).filter((_, i) => voting[i] > 0n);
      const votes = voting.filter((vote) => vote > 0n);
      const supported = column.filter((weight) => total(votes.filter((_, i) => column[i] >= weight)) >= kappa);
      const ascending = inOrder(supported.length > 0 ? supported : column);
      return (supported.length > 0 ? ascending.at(-1) : ascending[0]) ?? 0n;
    });
    const clipped = weights.map(
      (row) =>
        new Map([...row].flatMap(([j, weight]) => (weight <= consensus[j] ? [[j, weight]] : consensus[j] > 0n ? [[j, consensus[j]]] : []))),
    );
    const rank = miners.map((j) => total(clipped.map((row, i) => times(row.get(j) ?? 0n, stake[i]))));
    const incentive = shares(rank);
    const bought = weights.map((row, i) => {
      if (penalty === 0n) return row;
      if (penalty === ONE) return clipped[i];
      const between = miners.map((j) => (row.get(j) ?? 0n) + times(penalty, (clipped[i].get(j) ?? 0n) - (row.get(j) ?? 0n)));
      return new Map(between.flatMap((weight, j) => (weight > 0n ? [[j, weight]] : [])));
    });
    const last = this.#bonds.length === 0 ? set.map(() => new Map<number, bigint>()) : this.#bonds;
    const [earned, stored] =
      given.bonds === "original"
        ? this.#original(miners, stake, bought, last, incentive)
        : this.#yuma3(miners, stake, bought, last, incentive, consensus);
    const kept = stored.map((row, i) => (stakes[i] === 0 ? row.map(() => 0n) : row));
    this.#bonds = kept.map((row) => new Map(row.flatMap((bond, j) => (bond > 0n ? [[j, bond]] : []))));
    return { consensus, incentive, dividends: shares(earned), bonds: kept };
  }

  #original(
    miners: number[],
    stake: bigint[],
    bought: Map<number, bigint>[],
    last: Map<number, bigint>[],
    incentive: bigint[],
  ): [bigint[], bigint[][]] {
    const alpha = ONE - over(BigInt(this.given.bondsMovingAveragePpm), 1_000_000n);
    const columns = miners.map((j) => {
      const fresh = shares(bought.map((row, i) => times(row.get(j) ?? 0n, stake[i])));
      const old = shares(last.map((row) => row.get(j) ?? 0n));
      return shares(fresh.map((one, i) => times(alpha, one) + times(ONE - alpha, old[i])));
    });
    const largest = columns.map((column) => inOrder(column).at(-1) ?? 0n);
    return [
      stake.map((_, i) => total(columns.map((column, j) => times(column[i], incentive[j])))),
      stake.map((_, i) => columns.map((column, j) => (largest[j] === 0n ? 0n : toU16(over(column[i], largest[j]))))),
    ];
  }

  #yuma3(
    miners: number[],
    stake: bigint[],
    bought: Map<number, bigint>[],
    last: Map<number, bigint>[],
    incentive: bigint[],
    consensus: bigint[],
  ): [bigint[], bigint[][]] {
    const plain = ONE - over(BigInt(this.given.bondsMovingAveragePpm), 1_000_000n);
    const liquid = consensus.some((weight) => weight > 0n) ? this.given.liquidAlpha : null;
    const rows = bought.map((row, i) =>
      miners.map((j) => {
        const weight = row.get(j) ?? 0n;
        const old = over(last[i].get(j) ?? 0n, U16);
        if (liquid === null) return times(plain, weight) + times(ONE - plain, old);
        if (!row.has(j)) return 0n;
        const low = over(BigInt(liquid.alphaLowU16), U16);
        const high = over(BigInt(liquid.alphaHighU16), U16);
        const difference = clamp(weight >= old ? weight - consensus[j] : old - weight, 0n, ONE);
        const steepness = over(BigInt(liquid.sigmoidSteepness), 100n);
        const power = exponential(clamp(times(-steepness, difference - ONE / 2n), -20n * ONE, 20n * ONE));
        const alpha = clamp(low + times(over(ONE, ONE + power), high - low), low, high);
        const kept = times(ONE - alpha, old);
        const purchase = times(alpha, weight);
        return kept + (purchase < ONE - kept ? purchase : ONE - kept);
      }),
    );
    const norm = miners.map((j) => shares(rows.map((row) => row[j])));
    return [
      stake.map((part, i) => times(total(miners.map((j) => times(norm[j][i], incentive[j]))), part)),
      rows.map((row) => row.map((bond) => toU16(bond))),
    ];
  }
}

/** The series of Taylor of 32 terms. */
function exponential(power: bigint): bigint {
  const size = power < 0n ? -power : power;
  let term = ONE;
  let all = ONE;
  for (let i = 1n; i < 32n; i++) {
    term = times(term, size) / i;
    all += term;
  }
  return power < 0n ? over(ONE, all) : all;
}
