import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClippedWeights } from "../../../engine/consensus/clipped-weights.js";
import { cases } from "../../cases.js";
import { sharedFolder } from "../../golden/project-root.js";

interface Rated {
  readonly stakes: readonly number[];
  /** Null: nothing is handed in. */
  readonly rows: readonly (readonly number[] | null)[];
}

function agree({ stakes, rows }: Rated, kappa: number) {
  const seats = rows.find((row) => row !== null)?.length ?? 3;
  const consensus = new Float64Array(seats);
  const weights = new Float64Array(seats);
  const of = (row: readonly number[] | null) => (row === null ? new Float64Array(seats) : Float64Array.from(row));
  const clipped = new ClippedWeights(stakes, kappa);
  clipped.agree(
    rows.map(of),
    rows.map((row) => row !== null),
    consensus,
    weights,
  );
  return { consensus: [...consensus], weights: [...weights] };
}

/**
 * The page's words, one by one: of all weights that somebody gives a seat the largest that validators with at least kappa of the stake
 * that counts give it or more; then the mean by stake of what is not above it. Kappa is a whole number of thousandths.
 */
function modelled({ stakes, rows }: Rated, kappaThousandths: number) {
  const counted = rows.flatMap((row, i) => (row === null ? [] : [{ row, stake: BigInt(stakes[i]) }]));
  const total = counted.reduce((sum, { stake }) => sum + stake, 0n);
  const seats = counted[0]?.row.length ?? 3;
  const consensus = Array.from({ length: seats }, (_, seat) => {
    const supported = counted
      .map(({ row }) => row[seat])
      .filter((weight) => {
        const support = counted.reduce((sum, { row, stake }) => (row[seat] >= weight ? sum + stake : sum), 0n);
        return support * 1000n >= BigInt(kappaThousandths) * total;
      });
    return supported.length === 0 ? 0 : Math.max(...supported);
  });
  const weights = consensus.map((most, seat) =>
    counted.reduce((sum, { row, stake }) => sum + (Number(stake) / Number(total)) * Math.min(row[seat], most), 0),
  );
  return { consensus, weights };
}

/** Few different weights and stakes, so that sums meet the limit exactly and weights tie. */
const rated: fc.Arbitrary<Rated> = fc
  .record({ validators: fc.integer({ min: 1, max: 9 }), seats: fc.integer({ min: 1, max: 6 }) })
  .chain(({ validators, seats }) => {
    const weight = fc.oneof(fc.constantFrom(0, 0.125, 0.25, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
    const row = fc.array(weight, { minLength: seats, maxLength: seats });
    const stake = fc.oneof(fc.constantFrom(1, 2, 5), fc.integer({ min: 1, max: 2 ** 49 }));
    return fc.record({
      stakes: fc.array(stake, { minLength: validators, maxLength: validators }),
      rows: fc.array(fc.option(row, { freq: 5 }), { minLength: validators, maxLength: validators }),
    });
  });

describe("weights clipped to the consensus", () => {
  it("are what the page says, for any stakes, rows and kappa", () => {
    fc.assert(
      fc.property(rated, fc.integer({ min: 1, max: 1000 }), (some, kappa) => {
        const found = agree(some, Number(`${kappa}e-3`));
        const expected = modelled(some, kappa);
        expect(found.consensus).toEqual(expected.consensus);
        found.weights.forEach((weight, seat) => {
          expect(weight).toBeCloseTo(expected.weights[seat], 12);
        });
      }),
      { numRuns: cases(300, 20_000) },
    );
  });

  it("need kappa of the stake exactly, also where doubles would miss it", () => {
    // 0.29 * 100 is 28.999999999999996 in doubles, 0.07 * 100 is 7.000000000000001.
    const two = (stake: number) => ({ stakes: [stake, 100 - stake], rows: [[1], [0.25]] });
    expect(agree(two(29), 0.29).consensus).toEqual([1]);
    expect(agree(two(28), 0.29).consensus).toEqual([0.25]);
    expect(agree(two(7), 0.07).consensus).toEqual([1]);
    expect(agree(two(6), 0.07).consensus).toEqual([0.25]);
    const most = 2 ** 52;
    expect(agree({ stakes: [most, most - 1], rows: [[1], [0.25]] }, 0.5).consensus).toEqual([1]);
    expect(agree({ stakes: [most - 1, most], rows: [[1], [0.25]] }, 0.5).consensus).toEqual([0.25]);
  });

  it("are nobody's where nobody hands in anything, or nothing has enough support", () => {
    expect(agree({ stakes: [1, 2], rows: [null, null] }, 0.5)).toEqual({ consensus: [0, 0, 0], weights: [0, 0, 0] });
    const apart = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    expect(agree({ stakes: [1, 1, 1], rows: apart }, 0.5).weights).toEqual([0, 0, 0]);
    expect(agree({ stakes: [1, 1, 1], rows: apart }, 0.33).weights).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  it("never rise by stake that supports less, and are at most what anybody gives", () => {
    fc.assert(
      fc.property(rated, (some) => {
        const { consensus, weights } = agree(some, 0.5);
        consensus.forEach((most, seat) => {
          expect(weights[seat]).toBeLessThanOrEqual(most * (1 + 1e-12));
          expect(most).toBeLessThanOrEqual(Math.max(0, ...some.rows.flatMap((row) => (row === null ? [] : [row[seat]]))));
        });
      }),
      { numRuns: cases(200, 5_000) },
    );
  });
});

const CHAIN = join(sharedFolder(), "golden/yuma/chain.jsonl");

interface ChainCase {
  readonly id: string;
  readonly origin: string;
  readonly params: { readonly kappaU16: number };
  readonly validators: number;
  readonly miners: number;
  readonly toleranceU16: number;
  readonly epochs: readonly {
    readonly stakes: readonly number[];
    readonly weights: readonly (readonly (readonly [number, number])[])[] | null;
    readonly expected: { readonly consensusU16: readonly number[]; readonly incentiveU16: readonly number[] };
  }[];
}

describe.skipIf(!existsSync(CHAIN))("the chain's own numbers", () => {
  const all = (existsSync(CHAIN) ? readFileSync(CHAIN, "utf8").trim().split("\n") : []).map((line) => JSON.parse(line) as ChainCase);
  const derived = all.filter(({ origin }) => origin === "derived");

  it("are there", () => {
    expect(derived.length).toBeGreaterThan(30);
  });

  it.each(derived)("$id: consensus and incentive", ({ params, validators, miners, toleranceU16, epochs }) => {
    let last: ChainCase["epochs"][number]["weights"] = null;
    for (const { stakes, weights, expected } of epochs) {
      last = weights ?? last;
      const rows = (last ?? []).map((sparse) => {
        const row = Array.from({ length: miners }, () => 0);
        for (const [uid, weight] of sparse) row[uid - validators] = weight;
        const sum = row.reduce((all, one) => all + one, 0);
        return sum === 0 ? row : row.map((weight) => weight / sum);
      });
      // Whose row is empty, or who has no stake, counts all the same on the chain; stakes here are above 0.
      const staked = stakes.flatMap((stake, i) => (stake > 0 ? [i] : []));
      if (staked.length === 0) continue;
      const some = { stakes: staked.map((i) => stakes[i]), rows: staked.map((i) => rows[i]) };
      const found = agree(some, params.kappaU16 / 65_535);
      const sum = found.weights.reduce((all, one) => all + one, 0);
      found.consensus.forEach((weight, miner) => {
        expect(Math.abs(weight * 65_535 - expected.consensusU16[miner])).toBeLessThanOrEqual(toleranceU16);
        const incentive = sum === 0 ? 0 : found.weights[miner] / sum;
        expect(Math.abs(incentive * 65_535 - expected.incentiveU16[miner])).toBeLessThanOrEqual(toleranceU16);
      });
    }
  });
});
