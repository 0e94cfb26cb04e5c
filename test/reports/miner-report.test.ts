import { describe, expect, it } from "vitest";
import { DAY_MS, type VestingConfiguration } from "../../engine/index.js";
import type { HandedMinerEntry } from "../../recorders/index.js";
import { type MinerSelection, minerReport } from "../../reports/miner-report.js";
import { runOverview } from "../../reports/overview.js";
import type { TableSource } from "../../reports/reading/columns.js";
import type { RunRules } from "../../reports/rules.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { minerText } from "../../reports/text/miner-text.js";
import { overviewText } from "../../reports/text/overview-text.js";
import { exitsText, tranchesText } from "../../reports/text/tranches-text.js";
import { tableSource } from "./table-source.js";

const ALPHA = 1_000_000_000;
const DAY = (day: number) => day * DAY_MS;

const vesting: VestingConfiguration = {
  rule: "geometric",
  retentionTarget: 0.9,
  retentionWindowDays: 30,
  maxMultiplier: 1.5,
  amountTiers: [],
  timeTiers: [],
  mode: "on",
  startMs: null,
  minimumStakeRao: 300_000_000,
  minimumStakeUnit: "alpha",
  retentionBasis: "emissions",
  retentionScope: "lifetime",
  rounding: "exact",
  keyScope: "hotkey",
  belowMinimum: "no_bonus",
  redistribution: { kind: "proportional" },
};

/** A keeper and a seller; the seller was paid 100, put 20 in, and withdrew 40 of its pay and 5 of its own. */
const tables = {
  positions: [
    {
      position: 0,
      netuid: 8,
      hotkey: "5Keeper",
      coldkey: "5ColdK",
      uid: 0,
      role: "miner",
      stake_rao: 100 * ALPHA,
      earned_rao: 100 * ALPHA,
      recorded_rao: String(100 * ALPHA),
      paid_rao: String(102 * ALPHA),
    },
    {
      position: 1,
      netuid: 8,
      hotkey: "5Seller",
      coldkey: "5ColdS",
      uid: 1,
      role: "miner",
      stake_rao: 70 * ALPHA,
      earned_rao: 60 * ALPHA,
      recorded_rao: String(100 * ALPHA),
      paid_rao: String(98 * ALPHA),
    },
    {
      position: 2,
      netuid: 8,
      hotkey: "5Guard",
      coldkey: "5ColdG",
      uid: 2,
      role: "validator",
      stake_rao: 9 * ALPHA,
      recorded_rao: "0",
      paid_rao: "0",
    },
  ],
  epochs: [
    { netuid: 8, epoch: 1, start_ms: DAY(0), end_ms: DAY(10) },
    { netuid: 8, epoch: 2, start_ms: DAY(10), end_ms: DAY(20) },
  ],
  holdings: [
    {
      epoch: 1,
      position: 1,
      stake_rao: 120 * ALPHA,
      received_rao: 100 * ALPHA,
      remaining_rao: 100 * ALPHA,
      held_share: 1,
      held_days: 10,
      multiplier: 1.2887,
    },
    {
      epoch: 2,
      position: 0,
      stake_rao: 100 * ALPHA,
      received_rao: 100 * ALPHA,
      remaining_rao: 100 * ALPHA,
      held_share: 1,
      held_days: 20,
      multiplier: 1.408,
    },
    {
      epoch: 2,
      position: 1,
      stake_rao: 75 * ALPHA,
      received_rao: 100 * ALPHA,
      remaining_rao: 60 * ALPHA,
      held_share: 0.6,
      held_days: 15,
      multiplier: 1.2886751345948129,
    },
  ],
  weights: [
    { epoch: 2, position: 0, base_weight: 0.5, multiplier: 1.408, shadow_multiplier: 1.408, final_weight: 0.522, weight_gain: 1.044 },
    {
      epoch: 2,
      position: 1,
      base_weight: 0.5,
      multiplier: 1.2886751345948129,
      shadow_multiplier: 1.2886751345948129,
      final_weight: 0.478,
      weight_gain: 0.956,
    },
  ],
  rewards: [
    { epoch: 1, position: 0, role: "miner", recorded_rao: 50 * ALPHA, paid_rao: 50 * ALPHA },
    { epoch: 1, position: 1, role: "miner", recorded_rao: 50 * ALPHA, paid_rao: 50 * ALPHA },
    { epoch: 2, position: 0, role: "miner", recorded_rao: 50 * ALPHA, paid_rao: 52 * ALPHA },
    { epoch: 2, position: 1, role: "miner", recorded_rao: 50 * ALPHA, paid_rao: 48 * ALPHA },
  ],
  tranches: [
    {
      tranche: 0,
      position: 1,
      source: "emission",
      entry_ms: DAY(1),
      received_rao: 50 * ALPHA,
      remaining_rao: 40 * ALPHA,
      state: "held",
      closed_ms: DAY(20),
      block: 100,
      extrinsic: -1,
      event: -1,
    },
    {
      tranche: 1,
      position: 1,
      source: "manual",
      entry_ms: DAY(2),
      received_rao: 20 * ALPHA,
      remaining_rao: 15 * ALPHA,
      state: "held",
      closed_ms: DAY(20),
      block: 200,
      extrinsic: 3,
      event: 7,
    },
    {
      tranche: 2,
      position: 1,
      source: "emission",
      entry_ms: DAY(3),
      received_rao: 50 * ALPHA,
      remaining_rao: 20 * ALPHA,
      state: "held",
      closed_ms: DAY(20),
      block: -1,
      extrinsic: -1,
      event: -1,
    },
  ],
  exits: [
    { time_ms: DAY(12), position: 1, tranche: 2, amount_rao: 10 * ALPHA, reason: "withdraw" },
    { time_ms: DAY(14), position: 1, tranche: 2, amount_rao: 20 * ALPHA, reason: "transfer" },
    { time_ms: DAY(14), position: 1, tranche: 0, amount_rao: 10 * ALPHA, reason: "transfer" },
    { time_ms: DAY(14), position: 1, tranche: 1, amount_rao: 5 * ALPHA, reason: "transfer" },
    { time_ms: DAY(15), position: 1, tranche: 0, amount_rao: 3 * ALPHA, reason: "slash" },
  ],
};
const run = tableSource(tables);

const rules: RunRules = {
  vesting,
  emission: { mode: "redistribute", recordedRule: null, outside: null, withdrawals: "same_tranches" },
  epochs: "emission",
  stages: null,
  schedules: null,
  record: { tables: [], everyEpochs: 1 },
  beforeRule: "recorded",
  stagesStated: 0,
};
const vestingWith = (change: Partial<VestingConfiguration>): RunRules => ({ ...rules, vesting: { ...vesting, ...change } });
const replay: RunRules = { ...rules, emission: { ...rules.emission, mode: "replay" } };
const textOf = async (source: TableSource, with_: RunRules, selection: MinerSelection, style = PLAIN_STYLE) =>
  minerText(await minerReport(source, with_, selection), style);

describe("a miner's report", () => {
  it("names every term of the multiplier, and they give the multiplier of the table", async () => {
    const report = await minerReport(run, rules, { hotkey: "Seller" });
    const terms = Object.fromEntries((report.terms ?? []).map(({ name, value }) => [name, value]));
    expect(terms).toMatchObject({ held_share: 0.6, retention_target: 0.9, held_days: 15, retention_window_days: 30, duration_factor: 0.5 });
    expect(terms.percentage_factor).toBeCloseTo(2 / 3, 15);
    expect(terms.multiplier).toBe(report.holding?.multiplier);
  });

  it("lists what lowered the held share, largest first: only what counts, no slash", async () => {
    const { withdrawals } = await minerReport(run, rules, { hotkey: "Seller" });
    expect(withdrawals).toEqual([
      { time_ms: DAY(14), position: 1, reason: "transfer", amount_rao: 30 * ALPHA, tranches: 2, held_share_lost: 0.3 },
      { time_ms: DAY(12), position: 1, reason: "withdraw", amount_rao: 10 * ALPHA, tranches: 1, held_share_lost: 0.1 },
    ]);
  });

  it("counts manual stake too where the basis is all stake", async () => {
    const { withdrawals } = await minerReport(run, vestingWith({ retentionBasis: "all_stake" }), { hotkey: "Seller" });
    expect(withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([35, 10]);
  });

  it("counts only what entered after vesting.start or inside the window", async () => {
    const late = await minerReport(run, vestingWith({ startMs: DAY(2) }), { hotkey: "Seller" });
    expect(late.withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([20, 10]);
    const windowed = await minerReport(run, vestingWith({ retentionScope: "window", retentionWindowDays: 18 }), { hotkey: "Seller" });
    expect(windowed.withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([20, 10]);
  });

  it("is of an earlier epoch when asked, without what came later", async () => {
    const report = await minerReport(run, rules, { hotkey: "Seller", epoch: 1 });
    expect(report.epoch?.epoch).toBe(1);
    expect(report.holding?.held_share).toBe(1);
    expect(report.withdrawals).toEqual([]);
    expect(report.pay?.paid_rao).toBe(BigInt(50 * ALPHA));
    await expect(minerReport(run, rules, { hotkey: "Seller", epoch: 3 })).rejects.toThrow("TEN-REPORT-003");
  });

  it("says what is not known where tables were not recorded", async () => {
    const { positions, epochs } = tables;
    const report = await minerReport(tableSource({ positions, epochs }), rules, { hotkey: "Seller" });
    expect(report).toMatchObject({ holding: null, terms: null, weight: null, withdrawals: null, tranches: null, exits: null });
    expect(minerText(report, PLAIN_STYLE)).toContain("record.tables: holdings");
  });

  it("tells in words why the multiplier is what it is", async () => {
    const text = minerText(await minerReport(run, rules, { hotkey: "Seller" }), PLAIN_STYLE);
    expect(text).toContain("Multiplier 1.2887: it still holds 60.00 % of the 100.0000 alpha it was paid, for 15.0 d on average.");
    expect(text).toMatch(/percentage_factor +0\.666667 +min\(1, held_share \/ retention_target\)/);
    expect(text).toContain("minimum_stake 0.3 alpha, stake 75 alpha: met");
    expect(text).toMatch(/base_share +0\.5 +base_weight/);
    expect(text).toMatch(/change of share +-4\.40 % +final_weight \/ base_share/);
    expect(text).toMatch(/pot +100 +alpha/);
    expect(text.match(/measured before/g)).toHaveLength(1);
    expect(text).toMatch(/paid in the whole run +98 +.*-2\.0000 against 100\.0000 recorded/);
    expect(text).toMatch(/1970-01-15 00:00 UTC +30 +transfer +2 +30\.00 %/);
  });

  it("says so when the minimum stake is not met", async () => {
    const report = await minerReport(run, vestingWith({ minimumStakeRao: 80 * ALPHA }), { hotkey: "Seller" });
    expect(minerText(report, PLAIN_STYLE)).toContain("its stake is below minimum_stake (80 alpha), so it gets no bonus.");
    const cut = vestingWith({ minimumStakeRao: 80 * ALPHA, belowMinimum: "zero" });
    const weights = tables.weights.map((row) => (row.position === 1 ? { ...row, multiplier: 0, shadow_multiplier: 0 } : row));
    const text = await textOf(tableSource({ ...tables, weights }), cut, { hotkey: "Seller" });
    expect(text).toContain("Multiplier 0.0000: its stake is below minimum_stake (80 alpha), so its weight is cut to 0.");
    const [subnet] = await runOverview(tableSource({ ...tables, weights }), cut);
    expect(subnet?.miners.map(({ multiplier }) => multiplier)).toEqual([1.408, 0]);
  });

  it("says what was not applied, and why", async () => {
    const seller = { hotkey: "Seller" };
    expect(await textOf(run, replay, seller)).toMatch(/Multiplier would be 1\.288., not applied.*\(emission: replay\): it still holds/);
    expect(await textOf(run, vestingWith({ mode: "shadow" }), seller)).toContain("not applied (vesting.mode: shadow)");
    expect(await textOf(run, vestingWith({ mode: "off" }), seller)).toContain("Vesting is off (vesting.mode: off)");
    expect(overviewText(await runOverview(run, replay, { epoch: "last" }), 20, PLAIN_STYLE)).toMatch(
      /would-be multiplier .*would-be change of share/,
    );
    expect(overviewText(await runOverview(run, rules), 20, PLAIN_STYLE)).not.toContain("would-be");
  });

  it("names the instant before which nothing counts", async () => {
    const late = vestingWith({ startMs: DAY(2) });
    expect(await textOf(run, late, { hotkey: "Seller" })).toContain("alpha it was paid since 1970-01-03");
    const holdings = tables.holdings.map((row) => ({ ...row, received_rao: 0, remaining_rao: 0, held_share: 0, multiplier: 1 }));
    const text = await textOf(tableSource({ ...tables, holdings }), late, { hotkey: "Seller" });
    expect(text).toContain("nothing of what counts was received yet since 1970-01-03 (vesting.start)");
  });

  it("mentions instalments that are not paid out", async () => {
    const scheduled: RunRules = { ...rules, schedules: { durationMs: DAY(30), intervalMs: DAY(1), minVestingAmountRao: 0 } };
    const schedules = [
      { schedule: 0, position: 1, amount_rao: 30 * ALPHA, paid_rao: 10 * ALPHA },
      { schedule: 1, position: 1, amount_rao: 5 * ALPHA, paid_rao: 5 * ALPHA },
      { schedule: 2, position: 0, amount_rao: 9 * ALPHA, paid_rao: 0 },
    ];
    const text = await textOf(tableSource({ ...tables, schedules }), scheduled, { hotkey: "Seller" });
    expect(text).toContain("Instalments that are not paid out yet do not count.");
    expect(text).toMatch(/not paid out yet +20 +alpha of 1 vesting schedule,/);
  });

  it("explains a pooled coldkey by the pool's amounts and withdrawals", async () => {
    const pooled = { held_share: 0.8, held_days: 17 };
    const source = tableSource({
      ...tables,
      positions: tables.positions.map((row) => ({ ...row, coldkey: row.position === 2 ? row.coldkey : "5Pool" })),
      holdings: tables.holdings.map((row) => (row.epoch === 2 ? { ...row, ...pooled } : row)),
    });
    const even = vestingWith({ keyScope: "coldkey_even" });
    const report = await minerReport(source, even, { hotkey: "Keeper" });
    expect(report.pool).toMatchObject({ received_rao: BigInt(200 * ALPHA), remaining_rao: BigInt(160 * ALPHA) });
    expect(report.withdrawals?.map(({ position, held_share_lost }) => [position, held_share_lost])).toEqual([
      [1, 0.15],
      [1, 0.05],
    ]);
    const text = minerText(report, PLAIN_STYLE);
    expect(text).toContain("the 2 positions of its coldkey together still hold 80.00 % of the 200.0000 alpha they were paid");
    expect(text).toMatch(/received +200 .*all positions of the coldkey/);
    expect(text).toContain("measured together with 5Seller");
    expect(text).toMatch(/1970-01-15 00:00 UTC +5Seller +30/);
    expect((await minerReport(source, even, { hotkey: "Guard" })).pool).toBeNull();
  });

  it("says which position of a shared hotkey it explains", async () => {
    const source = tableSource({
      ...tables,
      positions: tables.positions.map((row) => ({ ...row, hotkey: row.position === 0 ? "5Keeper" : "5Shared" })),
    });
    const text = await textOf(source, rules, { hotkey: "5Shared" });
    expect(text).toContain("this is position 1; the hotkey also has 1 position of other coldkeys: --position 2");
    expect(await textOf(run, rules, { hotkey: "Seller" })).not.toContain("the hotkey also has");
  });

  it("says that somebody decides for it, from when on, and says it of no other", async () => {
    const [{ hotkey, coldkey, netuid }] = tables.positions.filter(({ position }) => position === 1);
    const one = { name: "who", strategy: "sell_all", from_ms: Date.UTC(2026, 7, 1), hotkeys: [hotkey], coldkey, netuid };
    const handed = [one] as unknown as readonly HandedMinerEntry[];
    const report = await minerReport(run, rules, { position: 1 }, handed);
    expect(report.handed_over).toEqual({ name: "who", strategy: "sell_all", from_ms: Date.UTC(2026, 7, 1) });
    expect(minerText(report, PLAIN_STYLE)).toContain(
      "note     handed over as who to sell_all from 2026-08-01 00:00 UTC; until then it follows the recording",
    );
    const elsewhere = [{ ...one, netuid: netuid + 1 }] as unknown as readonly HandedMinerEntry[];
    expect((await minerReport(run, rules, { position: 1 }, elsewhere)).handed_over).toBeNull();
    const other = await minerReport(run, rules, { position: 0 }, handed);
    expect([other.handed_over, minerText(other, PLAIN_STYLE).includes("handed over")]).toEqual([null, false]);
  });

  it("calls nobody unregistered where no registry was recorded", async () => {
    const unseated = tables.positions.map((row) => ({ ...row, uid: -1 }));
    expect(await textOf(tableSource({ ...tables, positions: unseated }), rules, { hotkey: "Seller" })).not.toContain("registered");
    const one = tables.positions.map((row) => (row.position === 1 ? { ...row, uid: -1 } : row));
    expect(await textOf(tableSource({ ...tables, positions: one }), rules, { hotkey: "Seller" })).toContain("not registered at the end");
  });

  it("keeps its explanations on a narrow terminal, on lines of their own", async () => {
    const text = await textOf(run, rules, { hotkey: "Seller" }, { ...PLAIN_STYLE, width: 60 });
    expect(text).toMatch(/percentage_factor +0\.666667\n {4}min\(1, held_share/);
    expect(text).not.toContain("narrow terminal: left out from");
    const terms = text.slice(text.indexOf("Rule geometric"), text.indexOf("minimum_stake"));
    for (const line of terms.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  });

  it.each([80, 60])("fits a terminal of %i columns, whatever there is to say, and says all of it", async (width) => {
    const long = "5Seller9xyzABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmn";
    const positions = tables.positions.map((row) => (row.position === 1 ? { ...row, hotkey: long, coldkey: `${long}2` } : row));
    const shared = positions.map((row) => (row.position === 0 ? { ...row, hotkey: long } : row));
    const variants: [TableSource, RunRules, MinerSelection][] = [
      [tableSource({ ...tables, positions }), rules, { position: 1 }],
      [tableSource({ ...tables, positions: shared }), replay, { position: 1 }],
      [tableSource({ ...tables, positions }), vestingWith({ minimumStakeRao: 80 * ALPHA, belowMinimum: "zero" }), { position: 1 }],
      [tableSource({ ...tables, positions }), vestingWith({ minimumStakeRao: 80 * ALPHA, minimumStakeUnit: "tao" }), { position: 1 }],
      [tableSource({ ...tables, positions }), vestingWith({ mode: "shadow", retentionBasis: "all_stake" }), { position: 1, epoch: 1 }],
      [tableSource({ positions: tables.positions, epochs: tables.epochs }), rules, { position: 1 }],
      [tableSource({ ...tables, positions }), vestingWith({ keyScope: "coldkey_even" }), { position: 1 }],
    ];
    for (const [source, with_, selection] of variants) {
      const text = await textOf(source, with_, selection, { ...PLAIN_STYLE, width });
      for (const line of text.split("\n")) {
        expect(line.length).toBeLessThanOrEqual(width);
        expect(line).toBe(line.trimEnd());
      }
      const words = (of: string) =>
        of
          .split(/\s+/)
          .filter((word) => word !== "from")
          .sort();
      if (!text.includes("narrow terminal")) expect(words(text)).toEqual(words(await textOf(source, with_, selection)));
    }
  });

  it("lists tranches with their age and provenance, and exits", async () => {
    const { tranches, exits } = await minerReport(run, rules, { position: 1 });
    const text = tranchesText(tranches, { limit: 20 }, PLAIN_STYLE);
    expect(text).toMatch(/1 +manual +1970-01-03 00:00 UTC +18\.0 d +20 +15 +held +200\/3\/7/);
    expect(text).toMatch(/0 +emission .*held +100$/m);
    expect(tranchesText(tranches, { limit: 1 }, PLAIN_STYLE)).toContain("the newest 1 of 3");
    expect(exitsText(exits, { limit: 20 }, PLAIN_STYLE)).toMatch(/1970-01-16 00:00 UTC +0 +3 +slash +no/);
  });
});

describe("a miner that an epoch does not pay", () => {
  const epochs = [1, 2, 3, 4].map((epoch) => ({ netuid: 8, epoch, start_ms: DAY(10 * (epoch - 1)), end_ms: DAY(10 * epoch) }));
  const later = (row: (typeof tables.holdings)[number], epoch: number) => ({ ...row, epoch });
  const gone = {
    ...tables,
    epochs,
    holdings: [
      ...tables.holdings,
      ...[3, 4].flatMap((epoch) => tables.holdings.filter((row) => row.epoch === 2).map((row) => later(row, epoch))),
    ],
    weights: [...tables.weights, ...[3, 4].map((epoch) => ({ ...tables.weights[0], epoch, final_weight: 1 }))],
    rewards: [
      ...tables.rewards,
      { epoch: 3, position: 0, role: "miner", recorded_rao: 90 * ALPHA, paid_rao: 90 * ALPHA },
      { epoch: 3, position: 1, role: "miner", recorded_rao: 7 * ALPHA, paid_rao: 0 },
      { epoch: 4, position: 0, role: "miner", recorded_rao: 90 * ALPHA, paid_rao: 90 * ALPHA },
    ],
  };

  it("is told since when, with the last epoch that paid it and the pay of the whole run", async () => {
    const report = await minerReport(tableSource(gone), rules, { hotkey: "Seller" });
    expect(report.last_paid).toMatchObject({
      epoch: { epoch: 2 },
      weight: { final_weight: 0.478 },
      pay: { epoch_paid_rao: BigInt(48 * ALPHA) },
    });
    const text = minerText(report, PLAIN_STYLE);
    expect(text).toContain(
      "Not paid in epoch 4, as in the recording. It is unpaid since epoch 2, ended 1970-01-21 00:00 UTC, the last that paid it: 48.0000 alpha. The whole run paid it 98.0000 alpha.",
    );
    expect(text).toMatch(
      /In epoch 2, ended 1970-01-21 00:00 UTC, the last that paid it\nterm[\s\S]*final_weight +0\.478 [\s\S]*paid +48 +alpha in this epoch/,
    );
    expect(text).toMatch(/paid in the whole run +98 +alpha, -2\.0000 against 100\.0000 recorded/);
  });

  it("is told of an earlier epoch, too, and that the recording did pay it there", async () => {
    const text = await textOf(tableSource(gone), rules, { hotkey: "Seller", epoch: 3 });
    expect(text).toContain("Not paid in epoch 3, though the recording pays it. It is unpaid since epoch 2");
  });

  it("is told that it never was, and nothing where it is paid or rewards were not recorded", async () => {
    const guard = await minerReport(tableSource({ ...gone, holdings: [] }), rules, { hotkey: "Guard" });
    expect(minerText(guard, PLAIN_STYLE)).toContain("Not paid in epoch 4, as in the recording, nor in any other of the run.");
    expect(await textOf(tableSource(gone), rules, { hotkey: "Keeper" })).not.toContain("Not paid");
    const { rewards: _, ...unrecorded } = gone;
    expect(await textOf(tableSource(unrecorded), rules, { hotkey: "Seller" })).not.toContain("Not paid");
  });

  it("is told of the epochs that were recorded where only some were", async () => {
    const every2: RunRules = { ...rules, record: { tables: [], everyEpochs: 2 } };
    const text = await textOf(tableSource(gone), every2, { hotkey: "Seller" });
    expect(text).toContain("the last of those that were recorded (one in 2) that paid it");
  });
});

describe("an overview", () => {
  it("ranks the miners by pay, and leaves validators out", async () => {
    const [subnet] = await runOverview(run, rules);
    expect(subnet?.miners.map(({ position }) => position.hotkey)).toEqual(["5Keeper", "5Seller"]);
    expect(subnet?.epoch?.epoch).toBe(2);
  });

  it("shows what each holds at the end, and pay and its change of the whole run", async () => {
    const text = overviewText(await runOverview(run, rules), 20, PLAIN_STYLE);
    expect(text).toContain("Subnet 8: whole run, 2 epochs until 1970-01-21 00:00 UTC, 2 miners");
    expect(text).toContain("Pay and stake are those of the whole run; holding and multiplier those before its last pay.");
    expect(text).toMatch(/1 +5Keeper +0 +100\.0000 +100\.00 % +20\.0 d +1\.4080 +102\.0000 +\+2\.0000 +\+2\.00 %\n/);
    expect(text).toMatch(/2 +5Seller .* 98\.0000 +-2\.0000 +-2\.00 %\n/);
    expect(text).not.toContain("change of share");
  });

  it("shows pay and change of share of one epoch, and of nothing else", async () => {
    const [subnet] = await runOverview(run, rules, { epoch: "last" });
    const text = overviewText(subnet === undefined ? [] : [subnet], 20, PLAIN_STYLE);
    expect(subnet?.horizon).toBe("epoch");
    expect(text).toContain("Subnet 8: epoch 2 of 2, ended 1970-01-21 00:00 UTC, 2 miners");
    expect(text).toMatch(/1 +5Keeper +0 +100\.0000 +100\.00 % +20\.0 d +1\.4080 +52\.0000 +\+2\.0000 +\+4\.40 %\n/);
    expect(text).not.toContain("102.0000");
    expect(await runOverview(run, rules, { epoch: 2 })).toEqual(await runOverview(run, rules, { epoch: "last" }));
  });

  it.each([80, 72])("keeps what decides at %i columns, and says what it leaves out", async (width) => {
    const behaviours = new Map([["5Keeper", "holder" as const]]);
    const long = "5Seller9xyzABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmn";
    const positions = tables.positions.map((row) => (row.position === 1 ? { ...row, hotkey: long } : row));
    for (const epoch of [null, "last"] as const) {
      const overview = await runOverview(tableSource({ ...tables, positions }), rules, { epoch, behaviours });
      const lines = overviewText(overview, 20, { ...PLAIN_STYLE, width }).split("\n");
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      const head = lines.find((line) => line.startsWith("#"));
      for (const column of ["hotkey", "multiplier", "paid", "vs recorded", "change"]) expect(head).toContain(column);
      expect(lines.join("\n")).toMatch(/\(narrow terminal: left out uid.*stake/);
    }
  });

  it("shows how synthetic miners behave", async () => {
    const behaviours = new Map([["5Keeper", "holder" as const]]);
    const text = overviewText(await runOverview(run, rules, { epoch: null, behaviours }), 20, PLAIN_STYLE);
    expect(text).toMatch(/uid +behaviour +stake/);
    expect(text).toMatch(/5Keeper +0 +holder/);
    expect(text).toMatch(/5Seller +1 +- /);
    expect(overviewText(await runOverview(run, rules), 20, PLAIN_STYLE)).not.toContain("behaviour");
  });

  it("sorts by any of its columns, numbers largest first, and either way", async () => {
    const by = async (sort: string, epoch: null | "last" = null) =>
      (await runOverview(run, rules, { epoch, sort }))[0]?.miners.map(({ position }) => position.hotkey);
    const [keeperFirst, sellerFirst] = [
      ["5Keeper", "5Seller"],
      ["5Seller", "5Keeper"],
    ];
    for (const sort of ["hotkey", "coldkey", "stake", "held_share", "held_days", "multiplier", "change", "paid", "vs_recorded"]) {
      expect([sort, await by(sort)]).toEqual([sort, keeperFirst]);
      expect([sort, await by(`${sort}:asc`)]).toEqual([sort, sort.endsWith("key") || sort.length === 0 ? keeperFirst : sellerFirst]);
      expect([sort, await by(`${sort}:desc`, "last")]).toEqual([sort, sort.endsWith("key") ? sellerFirst : keeperFirst]);
    }
    expect(await by("uid")).toEqual(sellerFirst);
  });

  it("refuses to sort by a column it does not have, naming those it has", async () => {
    const refusal =
      /TEN-REPORT-006.*Found "(pay|behaviour|paid:up)".*hotkey, coldkey, uid, stake, held_share, held_days, multiplier, change, paid, vs_recorded/;
    for (const sort of ["pay", "behaviour", "paid:up"])
      await expect(runOverview(run, rules, { epoch: null, sort })).rejects.toThrow(refusal);
  });

  it("says how many miners it does not show", async () => {
    expect(overviewText(await runOverview(run, rules), 1, PLAIN_STYLE)).toContain("and 1 more");
  });

  it("gives the stake of the epoch, of the positions there were", async () => {
    const [subnet] = await runOverview(run, rules, { epoch: 1 });
    expect(subnet?.miners.map(({ position, stake_rao }) => [position.hotkey, stake_rao])).toEqual([["5Seller", 120 * ALPHA]]);
    const text = overviewText(await runOverview(run, rules), 20, PLAIN_STYLE);
    expect(text).toMatch(/5Seller +1 +70\.0000/);
    expect(await textOf(run, rules, { hotkey: "Keeper", epoch: 1 })).toContain("It was not there yet at the end of this epoch.");
  });

  it("knows the pay of the whole run where few epochs were recorded, and of an earlier epoch only its own", async () => {
    const thin: RunRules = { ...rules, record: { tables: [], everyEpochs: 2 } };
    const epochs = [...tables.epochs, { netuid: 8, epoch: 3, start_ms: DAY(20), end_ms: DAY(30) }];
    const last = tables.holdings.filter(({ epoch }) => epoch === 2).map((row) => ({ ...row, epoch: 3 }));
    const source = tableSource({
      ...tables,
      epochs,
      holdings: [...tables.holdings.filter(({ epoch }) => epoch === 2), ...last],
      rewards: tables.rewards.filter(({ epoch }) => epoch === 2),
    });
    const [atEnd] = await runOverview(source, thin);
    expect(atEnd?.miners.map(({ pay }) => pay.paid_rao)).toEqual([BigInt(102 * ALPHA), BigInt(98 * ALPHA)]);
    const earlier = await runOverview(source, thin, { epoch: 2 });
    expect(earlier[0]?.miners[0]?.pay).toMatchObject({ paid_rao: null, epoch_paid_rao: BigInt(52 * ALPHA) });
    expect(overviewText(earlier, 20, PLAIN_STYLE)).toMatch(/All is of this epoch alone[\s\S]*5Keeper .* 52\.0000 +\+2\.0000 +\+4\.40 %/);
    await expect(runOverview(source, thin, { epoch: 1 })).rejects.toThrow(/TEN-REPORT-005.*: 2/);
    await expect(minerReport(source, thin, { hotkey: "Seller", epoch: 1 })).rejects.toThrow("TEN-REPORT-005");
  });

  it("says why there is no epoch", async () => {
    const source = tableSource({ positions: tables.positions, epochs: [], holdings: [] });
    const words = "nobody is paid, so no epoch ends. Set epochs: tempo.";
    expect(overviewText(await runOverview(source, rules), 20, PLAIN_STYLE)).toContain(words);
    expect(await textOf(source, rules, { hotkey: "Seller" })).toContain(words);
  });

  it("refuses an epoch that no subnet has", async () => {
    await expect(runOverview(run, rules, { epoch: 7 })).rejects.toThrow(/TEN-REPORT-003.*1 to 2/);
  });
});
