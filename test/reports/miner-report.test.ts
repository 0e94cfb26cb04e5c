import { describe, expect, it } from "vitest";
import { DAY_MS, type VestingConfiguration } from "../../engine/index.js";
import { minerReport } from "../../reports/miner-report.js";
import { runOverview } from "../../reports/overview.js";
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
    },
    { position: 1, netuid: 8, hotkey: "5Seller", coldkey: "5ColdS", uid: 1, role: "miner", stake_rao: 75 * ALPHA, earned_rao: 60 * ALPHA },
    { position: 2, netuid: 8, hotkey: "5Guard", coldkey: "5ColdG", uid: 2, role: "validator", stake_rao: 9 * ALPHA },
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
    { epoch: 2, position: 1, base_weight: 0.5, multiplier: 1.288, shadow_multiplier: 1.288, final_weight: 0.478, weight_gain: 0.956 },
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

describe("a miner's report", () => {
  it("names every term of the multiplier, and they give the multiplier of the table", async () => {
    const report = await minerReport(run, vesting, { hotkey: "Seller" });
    const terms = Object.fromEntries((report.terms ?? []).map(({ name, value }) => [name, value]));
    expect(terms).toMatchObject({ held_share: 0.6, retention_target: 0.9, held_days: 15, retention_window_days: 30, duration_factor: 0.5 });
    expect(terms.percentage_factor).toBeCloseTo(2 / 3, 15);
    expect(terms.multiplier).toBe(report.holding?.multiplier);
  });

  it("lists what lowered the held share, largest first: only what counts, no slash", async () => {
    const { withdrawals } = await minerReport(run, vesting, { hotkey: "Seller" });
    expect(withdrawals).toEqual([
      { time_ms: DAY(14), reason: "transfer", amount_rao: 30 * ALPHA, tranches: 2, held_share_lost: 0.3 },
      { time_ms: DAY(12), reason: "withdraw", amount_rao: 10 * ALPHA, tranches: 1, held_share_lost: 0.1 },
    ]);
  });

  it("counts manual stake too where the basis is all stake", async () => {
    const { withdrawals } = await minerReport(run, { ...vesting, retentionBasis: "all_stake" }, { hotkey: "Seller" });
    expect(withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([35, 10]);
  });

  it("counts only what entered after vesting.start or inside the window", async () => {
    const late = await minerReport(run, { ...vesting, startMs: DAY(2) }, { hotkey: "Seller" });
    expect(late.withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([20, 10]);
    const windowed = await minerReport(run, { ...vesting, retentionScope: "window", retentionWindowDays: 18 }, { hotkey: "Seller" });
    expect(windowed.withdrawals?.map(({ amount_rao }) => amount_rao / ALPHA)).toEqual([20, 10]);
  });

  it("is of an earlier epoch when asked, without what came later", async () => {
    const report = await minerReport(run, vesting, { hotkey: "Seller", epoch: 1 });
    expect(report.epoch?.epoch).toBe(1);
    expect(report.holding?.held_share).toBe(1);
    expect(report.withdrawals).toEqual([]);
    expect(report.pay?.paid_rao).toBe(BigInt(50 * ALPHA));
    await expect(minerReport(run, vesting, { hotkey: "Seller", epoch: 3 })).rejects.toThrow("TEN-REPORT-003");
  });

  it("says what is not known where tables were not recorded", async () => {
    const { positions, epochs } = tables;
    const report = await minerReport(tableSource({ positions, epochs }), vesting, { hotkey: "Seller" });
    expect(report).toMatchObject({ holding: null, terms: null, weight: null, pay: null, withdrawals: null, tranches: null, exits: null });
    expect(minerText(report, PLAIN_STYLE)).toContain("record.tables: holdings");
  });

  it("tells in words why the multiplier is what it is", async () => {
    const text = minerText(await minerReport(run, vesting, { hotkey: "Seller" }), PLAIN_STYLE);
    expect(text).toContain("Multiplier 1.2887: it still holds 60.00 % of the 100.0000 alpha it was paid, for 15.0 d on average.");
    expect(text).toMatch(/percentage_factor +0\.666667 +min\(1, held_share \/ retention_target\)/);
    expect(text).toContain("minimum_stake 0.3 alpha, stake 75 alpha: met");
    expect(text).toMatch(/weight_gain +-4\.40 %/);
    expect(text).toMatch(/paid so far +98 +.*-2\.0000 against 100\.0000 recorded/);
    expect(text).toMatch(/1970-01-15 00:00 UTC +30 +transfer +2 +30\.00 %/);
  });

  it("says so when the minimum stake is not met", async () => {
    const report = await minerReport(run, { ...vesting, minimumStakeRao: 80 * ALPHA }, { hotkey: "Seller" });
    expect(minerText(report, PLAIN_STYLE)).toContain("its stake is below minimum_stake (80 alpha)");
  });

  it("lists tranches with their age and provenance, and exits", async () => {
    const { tranches, exits } = await minerReport(run, vesting, { position: 1 });
    const text = tranchesText(tranches, { limit: 20 }, PLAIN_STYLE);
    expect(text).toMatch(/1 +manual +1970-01-03 00:00 UTC +18\.0 d +20 +15 +held +200\/3\/7/);
    expect(text).toMatch(/0 +emission .*held +100$/m);
    expect(tranchesText(tranches, { limit: 1 }, PLAIN_STYLE)).toContain("the newest 1 of 3");
    expect(exitsText(exits, { limit: 20 }, PLAIN_STYLE)).toMatch(/1970-01-16 00:00 UTC +0 +3 +slash +no/);
  });
});

describe("an overview", () => {
  it("ranks the miners by pay, and leaves validators out", async () => {
    const [subnet] = await runOverview(run);
    expect(subnet?.miners.map(({ position }) => position.hotkey)).toEqual(["5Keeper", "5Seller"]);
    expect(subnet?.epoch?.epoch).toBe(2);
  });

  it("shows what each holds, gains and is paid against the recording", async () => {
    const text = overviewText(await runOverview(run), 20, PLAIN_STYLE);
    expect(text).toContain("Subnet 8: epoch 2 of 2");
    expect(text).toMatch(/1 +5Keeper +0 +100\.0000 +100\.00 % +20\.0 d +1\.4080 +\+4\.40 % +102\.0000 +\+2\.0000/);
    expect(text).toMatch(/2 +5Seller .* -2\.0000/);
  });

  it("says how many miners it does not show", async () => {
    expect(overviewText(await runOverview(run), 1, PLAIN_STYLE)).toContain("and 1 more");
  });

  it("refuses an epoch that no subnet has", async () => {
    await expect(runOverview(run, 7)).rejects.toThrow(/TEN-REPORT-003.*1 to 2/);
  });
});
