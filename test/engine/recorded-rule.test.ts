import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HoldingRuleConfiguration, SimulationConfiguration } from "../../engine/index.js";
import { configuration, DAY, type MemoryRun, pay, type Row, run, START, stake } from "./in-memory.js";
import { type NaiveEpoch, type NaiveStake, naiveUndo } from "./naive-undo.js";

const EPOCH = DAY / 20;
const MINERS = 6;
const NAMES = Array.from({ length: MINERS }, (_, miner) => `m${miner}`);

/** The rule a history was paid under, and the one that is asked about. */
const A = ruleOf({ retentionTarget: 0.9, retentionWindowDays: 30, maxMultiplier: 1.5, minimumStakeRao: 300_000_000 });
const B = ruleOf({ retentionTarget: 0.5, retentionWindowDays: 10, maxMultiplier: 3, minimumStakeRao: 300_000_000 });

function ruleOf(changes: Partial<HoldingRuleConfiguration>): HoldingRuleConfiguration {
  return { ...configuration({}).vesting, ...changes };
}

interface Behaviour {
  readonly epochs: readonly NaiveEpoch[];
  readonly stakes: readonly NaiveStake[];
}

/** A month of pay and stake of miners who hold, trim or sell all; removals never ask for more than was recorded. */
function behaviourOf(seed: number, days: number): Behaviour {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const held = NAMES.map(() => 0n);
  const epochs: NaiveEpoch[] = [];
  const stakes: NaiveStake[] = [];
  const change = (timeMs: number, miner: number, rao: bigint): void => {
    if (rao === 0n) return;
    stakes.push({ timeMs, miner, rao });
    held[miner] += rao;
  };
  NAMES.forEach((_, miner) => void change(START, miner, BigInt(Math.floor(random() * 2e9))));
  for (let k = 1; k <= days * 20; k++) {
    const timeMs = START + k * EPOCH;
    const recorded = NAMES.map((_, miner) => BigInt(Math.floor((miner + 1) * 2e8 * (0.9 + 0.2 * random()))));
    epochs.push({ timeMs, recorded });
    recorded.forEach((rao, miner) => {
      held[miner] += rao;
    });
    NAMES.forEach((_, miner) => {
      const draw = random();
      const part = random();
      if (draw < 0.01) change(timeMs + 1, miner, BigInt(Math.floor(part * 3e9)));
      else if (miner % 3 !== 0 && draw < 0.03) change(timeMs + 1, miner, -BigInt(Math.floor(part * Number(held[miner]))));
      else if (miner % 3 === 2 && draw < 0.04) change(timeMs + 1, miner, -held[miner]);
    });
  }
  return { epochs, stakes };
}

function runOf(behaviour: Behaviour, emission: Partial<SimulationConfiguration["emission"]>, vesting: HoldingRuleConfiguration): MemoryRun {
  const rows = behaviour.epochs.flatMap(({ timeMs, recorded }) =>
    recorded.flatMap((rao, miner) => (rao === 0n ? [] : [pay(timeMs, NAMES[miner], Number(rao), { uid: miner })])),
  );
  const stakes = behaviour.stakes.map(({ timeMs, miner, rao }) =>
    stake(timeMs, rao > 0n ? "added" : "removed", NAMES[miner], Number(rao > 0n ? rao : -rao)),
  );
  return run(configuration({ emission: { mode: "redistribute", ...emission }, vesting, ledger: { onInvalid: "stop" } }), [
    { kind: "emission", rows },
    { kind: "stake", rows: stakes },
  ]);
}

const minerOf = ({ tables }: MemoryRun): Map<unknown, number> =>
  new Map(tables.positions.map((row) => [row.position, NAMES.indexOf(String(row.hotkey))]));

/** What a run did, as the behaviour that a recording of it would hold: pay as paid, stake as it left and came. */
function recordingOf(source: MemoryRun, behaviour: Behaviour): Behaviour {
  const miner = minerOf(source);
  const paid = paidOf(source);
  const stakes = source.tables.flows.flatMap((row) =>
    row.flow === "emission"
      ? []
      : [
          {
            timeMs: Number(row.time_ms),
            miner: miner.get(row.position) as number,
            rao: BigInt(row.amount_rao) * (row.flow === "inflow" ? 1n : -1n),
          },
        ],
  );
  return { epochs: behaviour.epochs.map(({ timeMs }, i) => ({ timeMs, recorded: paid[i] })), stakes };
}

/** Pay by epoch and miner. */
function paidOf(of: MemoryRun): bigint[][] {
  return byEpoch(of, of.tables.rewards, (row) => BigInt(row.paid_rao), 0n);
}

function byEpoch<Value>(of: MemoryRun, rows: readonly Row[], value: (row: Row) => Value, none: Value): Value[][] {
  const miner = minerOf(of);
  const table: Value[][] = Array.from({ length: of.tables.epochs.length }, () => NAMES.map(() => none));
  for (const row of rows) table[Number(row.epoch) - 1][miner.get(row.position) as number] = value(row);
  return table;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("emission.recorded_rule divides by the multiplier of the recorded holdings", () => {
  it("pays what an independent model pays, to the rao, whatever the behaviour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const recording = behaviourOf(seed, 3);
        const rules = { a: { ...A, minimumStakeRao: 1_500_000_000 }, b: { ...B, retentionBasis: "all_stake" as const } };
        const found = runOf(recording, { recordedRule: rules.a }, rules.b);
        const model = naiveUndo(MINERS, recording.epochs, recording.stakes, rules.a, rules.b);
        expect(paidOf(found)).toEqual(model.paid);
        expect(byEpoch(found, found.tables.weights, (row) => row.base_weight, 0)).toEqual(
          recording.epochs.map(({ recorded }, i) => recorded.map((rao, miner) => Number(rao) / model.divided[i][miner])),
        );
      }),
      { numRuns: 20 },
    );
  });

  /*
   * A month is lived under rule A; a recording of it is freed from A and shared under B; the same month is lived under B.
   *
   * Bound, of one epoch. P is the pot, s_k the base weight of miner k, a_k and b_k its multipliers, n the miners. Rule A
   * paid A_k = P s_k a_k / S_A + e_k with S_A = sum s a and |e_k| < 1: largest remainders. The twin holds what A's run held,
   * so it answers the same a_k, bit for bit, and the base weight is A_k / a_k = c s_k + e_k / a_k with c = P / S_A. Rule B
   * shares P by (c s_k + e_k / a_k) b_k, directly by s_k b_k. With B's share x_k, and r = S_A / S_B, the two differ by at
   * most r (b_k / a_k + x_k sum_j b_j / a_j), to first order in 1 / P, and by less than 2 for the two sharings to whole rao.
   * What B's balances differ by in turn moves its multipliers a little; that is read from the two runs: a multiplier that
   * is off by the part d moves pay by at most P x_k (d_k + sum_j x_j d_j), and d is held to be below 1e-7.
   */
  it.each([1, 2, 3])("freed from A and paid under B, a recording of A gives what B gives, within two roundings (month %i)", (seed) => {
    const behaviour = behaviourOf(seed, 30);
    const underA = runOf(behaviour, {}, A);
    const direct = runOf(behaviour, {}, B);
    const freed = runOf(recordingOf(underA, behaviour), { recordedRule: A }, B);

    const a = byEpoch(underA, underA.tables.weights, (row) => Number(row.multiplier), 1);
    const [b, bFreed] = [direct, freed].map((one) => byEpoch(one, one.tables.weights, (row) => Number(row.multiplier), 1));
    const [paid, paidFreed] = [direct, freed].map(paidOf);
    let boundRao = NAMES.map(() => 0);
    let largestDrift = 0;
    paid.forEach((row, i) => {
      const pot = Number(row.reduce((total, rao) => total + rao, 0n));
      const base = behaviour.epochs[i].recorded.map(Number);
      const ratio = sum(base.map((s, k) => s * a[i][k])) / sum(base.map((s, k) => s * b[i][k]));
      const carried = b[i].map((value, k) => value / a[i][k]);
      const drift = b[i].map((value, k) => Math.abs(bFreed[i][k] / value - 1));
      const share = row.map((rao) => Number(rao) / pot);
      const meanDrift = sum(share.map((x, k) => x * drift[k]));
      largestDrift = Math.max(largestDrift, ...drift);
      row.forEach((rao, k) => {
        const bound = 1.001 * (ratio * (carried[k] + share[k] * sum(carried)) + 2 + pot * share[k] * (drift[k] + meanDrift));
        const off = Math.abs(Number(paidFreed[i][k] - rao));
        expect(off, `epoch ${i + 1}, ${NAMES[k]}`).toBeLessThanOrEqual(bound);
        boundRao = boundRao.map((total, j) => (j === k ? total + bound : total));
      });
    });
    expect(largestDrift).toBeLessThan(1e-7);
    // Roundings are to either side and cancel: over the month each miner is off by far less than the sum of the bounds.
    for (const [k, bound] of boundRao.entries()) {
      const off = Math.abs(Number(paidFreed.reduce((total, row, i) => total + row[k] - paid[i][k], 0n)));
      expect(off).toBeLessThan(Math.min(bound, 200));
    }
    // The rules do differ: without undoing A the same recording is paid quite otherwise.
    const kept = paidOf(runOf(recordingOf(underA, behaviour), {}, B));
    const error = NAMES.map((_, k) => Math.abs(Number(kept.reduce((total, row, i) => total + row[k] - paid[i][k], 0n))));
    expect(Math.max(...error)).toBeGreaterThan(1e9);
  });

  it("gives the recording back, to the rao, where it is freed from a rule and paid under the same one", () => {
    const behaviour = behaviourOf(7, 10);
    const recording = recordingOf(runOf(behaviour, {}, A), behaviour);
    const again = paidOf(runOf(recording, { recordedRule: A }, A));
    const off = again.flatMap((row, i) => row.map((rao, k) => Math.abs(Number(rao - recording.epochs[i].recorded[k]))));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it("gives the recording back with the rest of the subnet outside, which no rule multiplies", () => {
    const behaviour = behaviourOf(7, 5);
    const outside = { minerPotRaoPerBlock: 1e9 };
    const recording = recordingOf(runOf(behaviour, {}, A), behaviour);
    const again = paidOf(runOf(recording, { recordedRule: A, outside }, A));
    const off = again.flatMap((row, i) => row.map((rao, k) => Math.abs(Number(rao - recording.epochs[i].recorded[k]))));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it.each<Partial<HoldingRuleConfiguration>>([
    { retentionBasis: "all_stake" },
    { retentionScope: "window", retentionWindowDays: 4 },
    { rounding: "whole_days" },
    { startMs: START + 3 * DAY },
    { keyScope: "coldkey_even" },
    { minimumStakeRao: 2_000_000_000 },
    { rule: "linear_retention", retentionTarget: 0.6 },
  ])("measures the recorded holdings as the recorded rule did, whatever the run's own rule looks at: %o", (changes) => {
    const behaviour = behaviourOf(11, 10);
    const recordedRule = { ...A, ...changes };
    const recording = recordingOf(runOf(behaviour, {}, recordedRule), behaviour);
    const freed = runOf(recording, { recordedRule }, B);
    // Freed from the rule, the base shares are those the rule had started from.
    const base = byEpoch(freed, freed.tables.weights, (row) => Number(row.base_weight), 0);
    base.forEach((row, i) => {
      const before = behaviour.epochs[i].recorded.map(Number);
      row.forEach((weight, k) => {
        if (weight > 0) expect(weight / sum(row) / (before[k] / paidBase(before, row))).toBeCloseTo(1, 6);
      });
    });
  });

  it("pays the same as before where it replays: only base weights are freed from the rule", () => {
    const behaviour = behaviourOf(5, 5);
    const plain = runOf(behaviour, { mode: "replay" }, B);
    const freed = runOf(behaviour, { mode: "replay", recordedRule: { ...A, retentionScope: "window", retentionWindowDays: 2 } }, B);
    expect({ ...freed.tables, weights: [] }).toEqual({ ...plain.tables, weights: [] });
    expect(freed.tables.weights).not.toEqual(plain.tables.weights);
  });
});

/** The base weight of those who were paid at all: who got nothing under a rule has no base weight any more. */
function paidBase(before: readonly number[], row: readonly number[]): number {
  return sum(before.filter((_, k) => row[k] > 0));
}
