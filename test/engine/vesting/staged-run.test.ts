import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StageConfiguration, StageListConfiguration } from "../../../engine/index.js";
import { cases } from "../../cases.js";
import { configuration, DAY, type MemoryRun, type MemoryStream, pay, type Row, run, START, stake } from "../in-memory.js";

const T = 1_000_000_000;
const redistribute = { mode: "redistribute" } as const;

const multiplier = (maxMultiplier: number): StageConfiguration => ({
  stage: "multiplier",
  parameters: {},
  variant: "geometric",
  of: { retentionTarget: 0.9, retentionWindowDays: 30, maxMultiplier },
});
const gate = (atLeast: number, below: string): StageConfiguration => ({
  stage: "gate",
  parameters: { by: "stake", atLeast, unit: "alpha", below, power: 1 },
});
const rankDecay: StageConfiguration = { stage: "curve", parameters: { ties: "average" }, variant: "geometric", of: { ratio: 0.8 } };
const burn = (share: number): StageConfiguration => ({ stage: "burn", parameters: { share } });
const listOf = (residual: StageListConfiguration["residual"], ...stages: StageConfiguration[]): StageListConfiguration => ({
  stages,
  residual,
  recordsEveryEpoch: true,
});

const emission = (...rows: Row[]): MemoryStream => ({ kind: "emission", rows });
const stakes = (...rows: Row[]): MemoryStream => ({ kind: "stake", rows });

/** Two epochs: all hold what the first paid but the seller, who sold it. */
const STREAMS = [
  emission(
    ...["a", "b", "seller"].map((miner, uid) => pay(START + DAY, miner, (3 - uid) * T, { uid })),
    ...["a", "b", "seller"].map((miner, uid) => pay(START + 31 * DAY, miner, (3 - uid) * T, { uid })),
  ),
  stakes(stake(START + 2 * DAY, "removed", "seller", T)),
];

const paidIn = ({ tables }: MemoryRun, epoch: number) => tables.rewards.filter((row) => row.epoch === epoch).map((row) => row.paid_rao);
const restOf = ({ tables }: MemoryRun, epoch: number) =>
  (tables.residuals ?? []).filter((row) => row.epoch === epoch).map((row) => [row.goes_to, row.amount_rao]);

describe("a run under a list of stages", () => {
  it("pays by rank, and sends what the list leaves where it says", () => {
    const found = run(
      configuration({ emission: redistribute, audit: true, stages: listOf("treasury", rankDecay, burn(0.1), multiplier(1.5)) }),
      STREAMS,
    );
    // Values 1, 0.8, 0.64 of 2.44; nobody held anything before the first epoch, so all have 1 of 1.5. Of a pot of 6.
    const shares = [1, 0.8, 0.64].map((value) => ((0.9 * value) / 2.44) * (1 / 1.5));
    expect(paidIn(found, 1)).toEqual(shares.map((share) => expect.closeTo(6 * T * share, -1)));
    expect(restOf(found, 1)).toEqual([
      ["burn", 0.6 * T],
      ["treasury", 1.8 * T],
    ]);
    // Then two hold all for thirty days, and have all of 1.5.
    const later = [1, 0.8, 0.64 / 1.5].map((value) => (0.9 * value) / 2.44);
    expect(paidIn(found, 2)).toEqual(later.map((share) => expect.closeTo(6 * T * share, -1)));
    const { residualRao, emissionRao } = found.summary;
    expect(BigInt(emissionRao) + BigInt(residualRao?.burn ?? 0) + BigInt(residualRao?.treasury ?? 0)).toBe(BigInt(12 * T));
  });

  it("sends nothing elsewhere of an epoch that has no pot", () => {
    const marks = [DAY, 2 * DAY, 31 * DAY].map((ms) => ({ time_ms: START + ms, netuid: 1 }));
    const found = run(configuration({ emission: redistribute, audit: true, stages: listOf("treasury", burn(0.1)) }), [
      ...STREAMS,
      { kind: "epoch_marks", rows: marks },
    ]);
    expect([1, 2, 3].map((epoch) => restOf(found, epoch))).toEqual([[["burn", 0.6 * T]], [], [["burn", 0.6 * T]]]);
  });

  it("tells what each stage did to each miner", () => {
    const put = ["a", "b", "seller"].map((miner, i) => stake(START, "added", miner, (3 - i) * T));
    const { tables } = run(configuration({ emission: redistribute, stages: listOf(null, gate(1.5, "zero"), rankDecay) }), [
      STREAMS[0],
      stakes(...put),
    ]);
    const second = tables.stage_weights.filter((row) => row.epoch === 2);
    expect(second.map((row) => [row.stage, row.position, row.factor])).toEqual([
      [1, 0, 1],
      [1, 1, 1],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 1],
      [2, 2, 1],
    ]);
    expect(second.slice(0, 3).map((row) => row.share_before)).toEqual([3 / 6, 2 / 6, 1 / 6]);
    expect(second.slice(3).map((row) => row.share_after)).toEqual([1 / 1.8, 0.8 / 1.8, 0].map((share) => expect.closeTo(share, 12)));
  });

  it("keeps stage weights of the last epoch alone where no more is asked for", () => {
    const stages = { ...listOf(null, rankDecay), recordsEveryEpoch: false };
    const { tables } = run(configuration({ emission: redistribute, stages }), STREAMS);
    expect([...new Set(tables.stage_weights.map((row) => row.epoch))]).toEqual([2]);
  });

  it("pays nothing by a gate that nobody passes: all is unallocated, or goes where `residual` says", () => {
    const none = run(configuration({ emission: redistribute, stages: listOf(null, gate(100, "zero"), burn(0.5)) }), STREAMS);
    expect(paidIn(none, 1)).toEqual([0, 0, 0]);
    expect(none.tables.epochs[0]).toMatchObject({ unallocated_rao: 3 * T });
    expect(restOf(none, 1)).toEqual([["burn", 3 * T]]);
    const owner = run(configuration({ emission: redistribute, stages: listOf("owner", gate(100, "zero")) }), STREAMS);
    expect(restOf(owner, 1)).toEqual([["owner", 6 * T]]);
    expect(owner.summary.metrics).toMatchObject({ unpaidEpochs: 2, potMoved: 1 });
  });

  it("in shadow mode computes and records them, and pays as recorded; off, there are none", () => {
    const stages = listOf("burn", rankDecay, multiplier(2));
    const shadow = run(configuration({ emission: redistribute, vesting: { mode: "shadow" }, stages }), STREAMS);
    expect(paidIn(shadow, 2)).toEqual([3 * T, 2 * T, T]);
    expect(shadow.tables.stage_weights.length).toBe(12);
    expect(shadow.tables.weights.map((row) => row.multiplier)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(shadow.tables.weights.slice(3).map((row) => row.shadow_multiplier)).toEqual([2, 2, 1]);
    const off = run(configuration({ emission: redistribute, vesting: { mode: "off" }, stages }), STREAMS);
    expect(paidIn(off, 2)).toEqual([3 * T, 2 * T, T]);
    expect(off.tables.stage_weights ?? []).toEqual([]);
  });

  it("gives whom the streams do not hold a factor of 1 in every stage", () => {
    const outside = { minerPotRaoPerBlock: T };
    const found = run(
      configuration({ emission: { mode: "redistribute", outside } as never, stages: listOf("burn", gate(100, "zero"), multiplier(2)) }),
      [{ ...emission(...STREAMS[0].rows), coverage: "partial" as const }, STREAMS[1]],
    );
    // 7,200 blocks, so 7,200 in the pot: 6 to the miners, who are cut, and 7,194 outside, with 1 of 2.
    expect(found.tables.epochs[0]).toMatchObject({ outside_rao: 3_597 * T, unallocated_rao: 0 });
    expect(restOf(found, 1)).toEqual([["burn", 3_603 * T]]);
  });

  it("a gate and a multiplier are what `vesting` is the short form of: the same pay to the rao, whatever happens", () => {
    const event = fc.record({
      day: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom("pay", "pay", "added", "removed", "transferred"),
      miner: fc.integer({ min: 0, max: 3 }),
      amount: fc.integer({ min: 1, max: 5 * T }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 4, maxLength: 50 }),
        fc.constantFrom("no_bonus" as const, "zero" as const),
        fc.constantFrom("same_tranches", "proportional", "absolute"),
        fc.constantFrom("hotkey" as const, "coldkey_even" as const),
        (events, belowMinimum, withdrawals, keyScope) => {
          const sorted = [...events].sort((a, b) => a.day - b.day);
          const of = (isPay: boolean) => sorted.filter(({ kind }) => (kind === "pay") === isPay);
          const streams = [
            emission(
              ...of(true).map((e) => pay(START + e.day * DAY, `m${e.miner}`, e.amount, { uid: e.miner, coldkey: `c${e.miner % 2}` })),
            ),
            stakes(
              ...of(false).map((e, i) =>
                stake(START + e.day * DAY, e.kind, `m${e.miner}`, e.amount, {
                  coldkey: `c${e.miner % 2}`,
                  extrinsic: i,
                  event: i,
                  ...(e.kind === "transferred" ? { to_coldkey: "other" } : {}),
                }),
              ),
            ),
          ];
          const emissionMode = { mode: "redistribute", withdrawals } as never;
          const short = run(
            configuration({ emission: emissionMode, vesting: { minimumStakeRao: T, belowMinimum, keyScope, maxMultiplier: 3 } }),
            streams,
          );
          const long = run(
            configuration({ emission: emissionMode, vesting: { keyScope }, stages: listOf(null, gate(1, belowMinimum), multiplier(3)) }),
            streams,
          );
          expect(long.tables.rewards).toEqual(short.tables.rewards);
          expect(long.tables.weights?.map((row) => row.multiplier)).toEqual(short.tables.weights?.map((row) => row.multiplier));
        },
      ),
      { numRuns: cases(50, 150) },
    );
  });

  it("refuses parameters out of range and orders that make no sense, by path", () => {
    const of =
      (...stages: StageConfiguration[]) =>
      () =>
        run(configuration({ stages: listOf(null, ...stages) }), STREAMS);
    expect(of(burn(1.5))).toThrow(/TEN-RULE-023[\s\S]*stages.0.burn.share/);
    expect(of({ ...rankDecay, of: { ratio: 0 } })).toThrow(/stages.0.curve.ratio/);
    expect(of(multiplier(2), gate(1, "no_bonus"))).toThrow(/TEN-RULE-024[\s\S]*none follows/);
    expect(of(multiplier(1_000_000), multiplier(2))).toThrow(/TEN-RULE-024[\s\S]*multiply/);
    expect(of(...Array.from({ length: 33 }, () => burn(0.1)))).toThrow(/at most 32 stages/);
  });
});
