import { describe, expect, it } from "vitest";
import { DEFAULT_CONSENSUS, DEFAULT_INDEX_FUND, DEFAULT_PARTICIPANT, RESULT_TABLES } from "../../../../engine/index.js";
import type { MemoryRun, MemoryStream, Row } from "../../in-memory.js";
import {
  DAY,
  exactly,
  HOUR,
  INDEX,
  NETUIDS,
  prices,
  rowsOf,
  runIndex,
  SAMPLE,
  START,
  sum,
  TAO,
  traders,
  validators,
} from "./small-index.js";

/** A share of the pot that each hour must add up to. */
const POT = BigInt(INDEX.emission.potRaoPerBlock) * 300n;

function byEpoch(rows: readonly Row[]): Map<number, Row[]> {
  const epochs = new Map<number, Row[]>();
  for (const row of rows) epochs.set(Number(row.epoch), [...(epochs.get(Number(row.epoch)) ?? []), row]);
  return epochs;
}

/** A daily snapshot of emission rates for each day up to the one of the run's `lastDay`. */
function emissionRates(lastDay: number, rateOf: (netuid: number, day: number) => number): MemoryStream {
  const rows: Row[] = [];
  for (let day = -14; day <= lastDay; day++) {
    for (const netuid of [0, ...NETUIDS]) rows.push({ time_ms: START + day * DAY, netuid, emission_rate: rateOf(netuid, day) });
  }
  return { kind: "emission_rate", rows };
}

function atOrAfter(rows: readonly Row[], timeMs: number): readonly Row[] {
  return rows.filter((row) => Number(row.time_ms) >= timeMs);
}

describe("an index subnet", () => {
  const whole = runIndex({}, [prices(26)], { audit: true });

  it("gives the same tables and the same summary every time, however the streams are cut", () => {
    const again = runIndex({}, [{ ...prices(26), chunk: 7 }], { audit: true });
    expect(again).toEqual(whole);
  });

  it("puts only finite numbers into its tables, and rows into each of them that has anything to say", () => {
    for (const [name, rows] of Object.entries(whole.tables)) {
      for (const row of rows) {
        expect(Object.keys(row), name).toEqual(RESULT_TABLES[name as keyof typeof RESULT_TABLES].columns.map((column) => column.name));
        for (const [column, value] of Object.entries(row)) {
          expect(value, `${name}.${column}`).toBeDefined();
          if (typeof value === "number") expect(Number.isFinite(value), `${name}.${column} ${value}`).toBe(true);
        }
      }
    }
    for (const name of ["participants", "prices", "nav", "trades", "rebalances", "scores", "payouts", "submissions", "consensus"]) {
      expect(rowsOf(whole, name).length, name).toBeGreaterThan(0);
    }
    for (const name of ["slashes", "validators", "flags", "fairness"]) expect(rowsOf(whole, name).length, name).toBeGreaterThan(0);
  });

  it("shares every hour's pot to the rao, and books as emission what it pays", () => {
    const epochs = byEpoch(rowsOf(whole, "payouts"));
    expect(epochs.size).toBe(26);
    for (const rows of epochs.values()) expect(sum(rows, "paid_rao")).toBe(POT);
    const { index, emissionRao } = whole.summary;
    expect(index?.emission.potRao).toBe((26n * POT).toString());
    expect(BigInt(emissionRao)).toBe(BigInt(index?.emission.minersRao ?? 0) + BigInt(index?.emission.validatorsRao ?? 0));
    const tiers = (index?.tiers ?? []).reduce((total, { paidRao }) => total + BigInt(paidRao), 0n);
    expect(tiers.toString()).toBe(index?.emission.minersRao);
    const staked = rowsOf(whole, "positions").reduce((total, row) => total + BigInt(Number(row.stake_rao)), 0n);
    const deposits = 6n * 5_000n * BigInt(TAO);
    expect(staked).toBe(deposits + BigInt(emissionRao) - BigInt(index?.slashedRao ?? 0));
  });

  it("counts the epochs of the ledger and of the index alike", () => {
    const ends = rowsOf(whole, "epochs").map((row) => row.end_ms);
    expect(ends).toEqual(Array.from({ length: 26 }, (_, i) => START + (i + 1) * HOUR));
    for (const name of ["scores", "consensus", "validators"]) {
      for (const row of rowsOf(whole, name)) expect(row.time_ms).toBe(START + Number(row.epoch) * HOUR);
    }
  });

  it("pays validators by who was in consensus before, so nobody in the first epoch", () => {
    const validatorRows = rowsOf(whole, "payouts").filter((row) => row.kind === "validator");
    expect(sum(byEpoch(validatorRows).get(1) ?? [], "paid_rao")).toBe(0n);
    expect(sum(byEpoch(validatorRows).get(2) ?? [], "paid_rao")).toBe(POT / 20n);
  });

  it("slashes validators who are not honest, and only them", () => {
    const names = new Map(rowsOf(whole, "participants").map((row) => [row.participant, row.group_name]));
    const slashed = new Set(rowsOf(whole, "slashes").map((row) => names.get(row.validator)));
    expect(slashed).toEqual(new Set(["stale", "falsifier"]));
    const taken = sum(rowsOf(whole, "slashes"), "taken_rao");
    expect(taken.toString()).toBe(whole.summary.index?.slashedRao);
    expect(taken.toString()).toBe(whole.summary.outflowRao);
    expect(taken.toString()).toBe(whole.summary.index?.accounts.burntAlphaRao);
    expect(rowsOf(whole, "exits").every((row) => row.reason === "slash")).toBe(true);
  });

  it("sends every fee somewhere", () => {
    const { fees, accounts } = whole.summary.index as NonNullable<typeof whole.summary.index>;
    expect(BigInt(accounts.fundTreasuryTokensRao)).toBe(BigInt(fees.mintAndRedeemTokensRao) + BigInt(fees.managementTokensRao));
    expect(BigInt(fees.managementTokensRao)).toBeGreaterThan(0n);
    expect(accounts.burntTaoRao).toBe(fees.transactionTaoRao);
    const trades = rowsOf(whole, "trades").filter((row) => row.refusal === "none");
    expect(sum(trades, "fund_fee_rao").toString()).toBe(fees.mintAndRedeemTokensRao);
    const ofOrders = trades.filter((row) => row.reason !== "noise").length;
    expect(BigInt(ofOrders) * 1_000_000n).toBe(BigInt(fees.transactionTaoRao));
  });

  it("scores what was minted and redeemed in the epoch", () => {
    const trades = rowsOf(whole, "trades").filter((row) => row.refusal === "none" && row.reason !== "noise");
    for (const row of rowsOf(whole, "scores")) {
      const own = trades.filter((trade) => trade.participant === row.participant && trade.epoch === row.epoch);
      expect(BigInt(Number(row.minted_rao) + Number(row.redeemed_rao))).toBe(sum(own, "value_rao"));
      expect(row.transactions).toBe(own.length);
    }
  });

  it("keeps the token's price near NAV by arbitrage", () => {
    const idle = { ...DEFAULT_PARTICIPANT, minSpreadThreshold: 10, neutralProbability: 0 };
    const alone = runIndex({ participants: [traders("idle", 1, { configuration: idle })] }, [prices(26)]);
    expect(whole.summary.index?.premium.rms).toBeLessThan((alone.summary.index?.premium.rms ?? 0) / 2);
    expect(whole.summary.index?.premium.halfLifeMs).toBeGreaterThan(0);
    expect(alone.summary.index?.orders.given).toEqual({});
  });
});

describe("a participant that trades for volume alone", () => {
  it("mints and redeems in turn, is ranked by it and pays for it", () => {
    const churner = { ...DEFAULT_PARTICIPANT, strategy: "churn", minTransactionSizeRao: 2_000_000_000, lookEveryMs: HOUR / 4 } as const;
    const run = runIndex({ participants: [traders("churner", 1, { configuration: churner })] }, [prices(5)], { audit: true });
    const orders = rowsOf(run, "trades").filter((row) => row.reason === "neutral");
    expect(orders.length).toBeGreaterThan(15);
    expect(orders.map((row) => row.kind)).toEqual(orders.map((_, i) => (i % 2 === 0 ? "mint" : "redeem")));
    const [{ orders: given, ordersDone, profitTao }] = run.summary.index?.groups ?? [];
    expect([given, ordersDone]).toEqual([orders.length, orders.length]);
    expect(profitTao).toBeLessThan(0);
    expect(rowsOf(run, "scores").every((row) => Number(row.score) > 0)).toBe(true);
  });
});

describe("stale prices", () => {
  const inGap = (row: Row) => Number(row.time_ms) > START + 2 * HOUR + 300_000 && Number(row.time_ms) <= START + 3 * HOUR;

  function nothingMinted(run: MemoryRun): void {
    const orders = rowsOf(run, "trades").filter((row) => row.reason !== "noise");
    expect(orders.filter(inGap)).toEqual([]);
    expect(orders.some((row) => Number(row.time_ms) > START + 3 * HOUR)).toBe(true);
  }

  it("stop minting and redeeming where one constituent has none", () => {
    const run = runIndex({ gaps: [{ fromMs: START + 2 * HOUR, durationMs: HOUR, netuids: [4] }] }, [prices(4)], { audit: true });
    nothingMinted(run);
    // 28 samples, and a mark where it became stale between two of them.
    expect(
      rowsOf(run, "nav")
        .filter(inGap)
        .map((row) => row.stale),
    ).toEqual(Array(29).fill(1));
    expect(run.summary.index).toMatchObject({ staleSamples: 28, staleSpells: 1 });
    expect(run.summary.index?.droppedPrices).toBe(30);
    // Validators attest no NAV at the boundary inside it.
    expect(byEpoch(rowsOf(run, "submissions")).get(3)?.[0]).toMatchObject({ attested_block: -1, standing: "counted" });
  });

  it("are noticed where the recording has a hole, at the moment they become stale", () => {
    const hole = (timeMs: number) => timeMs > START + 2 * HOUR && timeMs <= START + 3 * HOUR;
    const run = runIndex({}, [prices(4, hole)], { audit: true });
    nothingMinted(run);
    expect(run.summary.index?.staleSpells).toBe(1);
    const marks = rowsOf(run, "nav").filter((row) => row.stale === 1);
    expect(marks.map((row) => row.time_ms)).toEqual([START + 2 * HOUR + 300_001]);
    // The hour goes by without a sample, and its epoch ends all the same.
    expect(rowsOf(run, "epochs")).toHaveLength(4);
  });

  it("follow a shock, which stays", () => {
    const run = runIndex({ shocks: [{ fromMs: START + HOUR, durationMs: 2 * HOUR, factor: 0.4 }] }, [prices(4)]);
    const plain = runIndex({}, [prices(4)]);
    const last = (of: MemoryRun) => Number(rowsOf(of, "prices").at(-1)?.price_tao);
    expect(last(run) / last(plain)).toBeCloseTo(0.4, 12);
    expect(run.summary.index?.nav.endTao).toBeLessThan(0.45);
    expect(run.summary.index?.nav.endTao).toBeGreaterThan(0.35);
  });
});

describe("stake that moves at the very end of an epoch", () => {
  const added = (hotkey: string): Row => ({
    time_ms: START + HOUR,
    action: "added",
    netuid: 20,
    hotkey,
    coldkey: hotkey,
    amount_rao: 700 * TAO,
  });
  const run = runIndex({}, [prices(3), { kind: "stake", rows: [added("large-1"), added("honest-1")] }], { audit: true });
  const memberOf = new Map(rowsOf(run, "participants").map((row) => [row.name, row]));

  it("is not measured for it, but counts when validators are judged, which comes after", () => {
    const stakeOf = (epoch: number) =>
      rowsOf(run, "holdings").find((row) => row.epoch === epoch && row.position === memberOf.get("large-1")?.position)?.stake_rao;
    const paid = rowsOf(run, "payouts").find((row) => row.epoch === 1 && row.participant === memberOf.get("large-1")?.participant);
    expect(stakeOf(1)).toBe(0);
    expect(stakeOf(2)).toBe(700 * TAO + Number(paid?.paid_rao));
    const judged = rowsOf(run, "submissions").filter((row) => row.validator === memberOf.get("honest-1")?.participant);
    expect(judged[0]).toMatchObject({ epoch: 1, stake_rao: 5_700 * TAO });
  });
});

describe("the composition", () => {
  const fund = { ...DEFAULT_INDEX_FUND, constituents: 2, rebalanceEveryDays: 2 };
  const rate = (netuid: number, day: number) => (netuid === 64 ? 0.5 : netuid === 4 ? 0.3 : day < 1 ? 0.1 : 6);

  it("is computed on its dates, and rebalancing keeps what the fund is worth", () => {
    const run = runIndex({ fund, founding: { ...INDEX.founding, source: "computed", weights: [] }, rebalancing: "computed" }, [
      emissionRates(3, rate),
      prices(50),
    ]);
    const rows = rowsOf(run, "rebalances");
    const first = rows.filter((row) => row.time_ms === START);
    expect(first.map((row) => row.netuid)).toEqual([4, 64]);
    expect(first[0].weight).toBeCloseTo(0.375, 12);
    const later = rows.filter((row) => row.time_ms === START + 2 * DAY);
    // 12 days at 0.1 and two at 6 are a mean of 0.942..., which drives netuid 4 out.
    const mean = (12 * 0.1 + 2 * 6) / 14;
    expect(later.map((row) => row.netuid)).toEqual([1, 4, 64]);
    expect(later[0].weight).toBeCloseTo(mean / (mean + 0.5), 12);
    expect(later[1]).toMatchObject({ weight: 0, units_rao: 0 });
    const worth = (units: (row: Row) => number) => later.reduce((total, row) => total + units(row) * Number(row.price_tao), 0);
    const before = worth((row) => Number(row.units_rao) - Number(row.traded_rao));
    expect(worth((row) => Number(row.units_rao)) / before).toBeCloseTo(1, 11);
    const [bought, sold] = [1, -1].map((sign) =>
      sum(
        later.filter((row) => Math.sign(Number(row.traded_rao)) === sign),
        "tao_rao",
      ),
    );
    expect(sold - bought).toBeGreaterThanOrEqual(0n);
    expect(sold - bought).toBeLessThan(10n);
    expect(run.summary.index?.fund.rebalances).toBe(1);
  });

  it("waits for the one that is published on the first day, and does without any other day", () => {
    const published = (hours: number): MemoryStream => ({
      kind: "index_weights",
      rows: [64, 4].map((netuid, i) => ({ time_ms: START + hours * HOUR, netuid, rank: i + 1, avg_emission_rate: 0.1, weight: 0.5 })),
    });
    const founding = { ...INDEX.founding, source: "published", weights: [] } as const;
    const run = runIndex({ founding }, [published(2), prices(4)]);
    expect(run.summary.index?.foundedMs).toBe(START + 2 * HOUR);
    expect(rowsOf(run, "trades").every((row) => Number(row.time_ms) >= START + 2 * HOUR)).toBe(true);
    expect(() => runIndex({ founding }, [published(25), prices(25)])).toThrow("TEN-INDEX-110");
  });

  it("is refused with too few subnets that emit anything", () => {
    const founding = { ...INDEX.founding, source: "computed", weights: [] } as const;
    const streams = [emissionRates(1, (netuid) => (netuid === 64 ? 0.5 : 0)), prices(2)];
    expect(() => runIndex({ fund, founding }, streams)).toThrow("TEN-MARKET-106");
  });
});

describe("validators", () => {
  it("reach no consensus where there are too few, and nobody is slashed", () => {
    const few = [
      validators("falsifier", 1, { kind: "falsifier", navError: 0.05, falsifiedShare: 1 }),
      validators("honest", 1, { kind: "honest" }),
    ];
    const run = runIndex({ validators: few }, [prices(5)], { audit: true });
    expect(rowsOf(run, "consensus").map((row) => row.cause)).toEqual(Array(5).fill("too_few_submissions"));
    expect(rowsOf(run, "slashes")).toEqual([]);
    expect(run.summary.index).toMatchObject({ slashedRao: "0", consensus: { reached: 0, none: { too_few_submissions: 5 } } });
    expect(run.summary.index?.emission.unallocatedRao).toBe(((5n * POT) / 20n).toString());
  });

  it("lose their slashes to the treasury where the rules say so, and those who delegated to them lose their part", () => {
    const falsifier = validators("falsifier", 1, { kind: "falsifier", navError: 0.05, falsifiedShare: 1 });
    const consensus = { ...DEFAULT_CONSENSUS, slashing: { ...DEFAULT_CONSENSUS.slashing, destination: "treasury" } } as const;
    const delegation: MemoryStream = {
      kind: "stake",
      rows: [{ time_ms: START + 1_000, action: "added", netuid: 20, hotkey: "falsifier", coldkey: "delegator", amount_rao: 1_000 * TAO }],
    };
    const run = runIndex({ validators: [...INDEX.validators.slice(0, 1), falsifier], consensus }, [prices(3), delegation], { audit: true });
    const { slashedRao, accounts } = run.summary.index as NonNullable<typeof run.summary.index>;
    expect(slashedRao).toBe((3_000n * BigInt(TAO)).toString());
    expect(accounts.treasuryAlphaRao).toBe(slashedRao);
    const delegated = rowsOf(run, "positions").find((row) => row.coldkey === "delegator");
    expect(delegated?.stake_rao).toBe(500 * TAO);
  });

  it("have held slashes released by an appeal", () => {
    const falsifier = validators("falsifier", 1, { kind: "falsifier", navError: 0.05, falsifiedShare: 1 });
    const appeals = [{ validator: "falsifier", epoch: 1, outcome: "upheld" }] as const;
    const slashing = { ...DEFAULT_CONSENSUS.slashing, appealDays: 0.05, appeals };
    const changes = { validators: [...INDEX.validators.slice(0, 1), falsifier], consensus: { ...DEFAULT_CONSENSUS, slashing } };
    const run = runIndex(changes, [prices(3)], { audit: true });
    expect(rowsOf(run, "slashes").map((row) => [row.epoch, row.state])).toContainEqual([1, "overturned"]);
    expect(run.summary.index?.slashes[0]).toMatchObject({ validator: "falsifier", cause: "falsified_attestation", overturned: 1 });
  });
});

describe("participants", () => {
  /** The token's recorded price swings around NAV, so that there is something to do. */
  const tokenPrices: MemoryStream = {
    kind: "price",
    name: "token",
    rows: Array.from({ length: 181 }, (_, i) => ({
      time_ms: START + i * SAMPLE,
      netuid: -1,
      price_tao_per_alpha: 1 + 0.03 * ((i % 20) / 10 - 1),
    })),
  };

  it("draw the same whoever else is there", () => {
    const two = [traders("small", 2), traders("other", 1)];
    const three = [traders("early", 1), ...two.slice(0, 1), traders("late", 1), ...two.slice(1)];
    const decisions = (participants: typeof two) => {
      const run = runIndex({ participants, market: { kind: "recorded" } }, [prices(6), tokenPrices]);
      const names = new Map(rowsOf(run, "participants").map((row) => [row.participant, row]));
      const of = (name: string) =>
        rowsOf(run, "trades")
          .filter((row) => names.get(row.participant)?.name === name)
          .map(({ time_ms, kind, reason }) => ({ time_ms, kind, reason }));
      const start = (name: string) => [...names.values()].find((row) => row.name === name)?.tao_start_rao;
      return ["small-1", "small-2", "other"].map((name) => ({ name, tao: start(name), trades: of(name) }));
    };
    const before = decisions(two);
    expect(decisions(three)).toEqual(before);
    expect(new Set(before.map(({ tao }) => tao)).size).toBe(3);
    for (const { trades } of before) expect(trades.length).toBeGreaterThan(5);
  });

  it("trade at the recorded price of the token where there is no pool", () => {
    const run = runIndex({ market: { kind: "recorded" } }, [prices(6), tokenPrices], { audit: true });
    expect(run.summary.index?.orders.done.arbitrage).toBeGreaterThan(0);
    expect(rowsOf(run, "prices").filter((row) => row.netuid === -1)).toHaveLength(181);
    expect(rowsOf(run, "nav").every((row) => row.pool_tao_rao === 0)).toBe(true);
  });

  it("of one owner who undo each other's operations are flagged, and lose their rank where the policy says so", () => {
    const configuration = {
      ...DEFAULT_PARTICIPANT,
      minTransactionSizeRao: TAO,
      neutralProbability: 0.8,
      transactionCostRao: 0,
      maxInventoryRatio: 0.1,
    };
    const pair = traders("pair", 2, { owner: "one", tao: exactly(100), configuration });
    const antiGaming = { ...INDEX.antiGaming, policies: { wash_trade: "exclude" } } as const;
    const run = runIndex({ participants: [pair, traders("small", 2)], antiGaming }, [prices(6)], { audit: true });
    const wash = rowsOf(run, "flags").filter((row) => row.kind === "wash_trade");
    expect(new Set(wash.map((row) => row.participant))).toEqual(new Set([0, 1]));
    for (const row of wash) expect(row).toMatchObject({ other_party: 1 - Number(row.participant), policy: "exclude" });
    const excluded = new Set(wash.map((row) => `${row.epoch} ${row.participant}`));
    for (const row of rowsOf(run, "scores")) {
      if (excluded.has(`${row.epoch} ${row.participant}`)) expect(row).toMatchObject({ standing: 0, score: 0, rank: 0, tier: "" });
    }
  });

  it("withdraw the share of their pay that they do not keep", () => {
    const run = runIndex({ participants: [traders("keeper", 2), traders("seller", 2, { withdrawnShare: 0.5 })] }, [prices(6)], {
      audit: true,
    });
    for (const row of rowsOf(run, "participants").filter((one) => one.kind === "participant")) {
      const kept = Number(row.stake_end_rao) / Number(row.paid_rao);
      expect(kept).toBeCloseTo(row.group_name === "keeper" ? 1 : 0.5, 6);
    }
    expect(run.summary.outflowRao).toBe(
      (BigInt(run.summary.index?.emission.withdrawnRao ?? 0) + BigInt(run.summary.index?.slashedRao ?? 0)).toString(),
    );
  });
});

describe("multipliers of vesting on top", () => {
  const participants = [traders("keeper", 3), traders("seller", 3, { withdrawnShare: 1 })];
  const paid = (run: MemoryRun) =>
    rowsOf(run, "payouts").map((row) => [row.epoch, row.participant, row.paid_rao, row.weight, row.multiplier]);

  it("of 1 are the same as none", () => {
    const vesting = { rule: "geometric", maxMultiplier: 1 } as const;
    const without = runIndex({ participants, vestingMultipliers: false }, [prices(12)], { vesting });
    const ones = runIndex({ participants, vestingMultipliers: true }, [prices(12)], { vesting });
    expect(paid(ones)).toEqual(paid(without));
  });

  it("move pay to those who hold, and the pot stays the pot", () => {
    const vesting = { rule: "geometric", maxMultiplier: 3, retentionWindowDays: 0.5 } as const;
    const run = runIndex({ participants, vestingMultipliers: true }, [prices(12)], { vesting, audit: true });
    for (const rows of byEpoch(rowsOf(run, "payouts")).values()) expect(sum(rows, "paid_rao")).toBe(POT);
    const last = (byEpoch(rowsOf(run, "payouts")).get(12) ?? []).filter((row) => row.kind === "miner" && Number(row.paid_rao) > 0);
    for (const row of last) {
      const entitled = Number(row.base_rao) + Number(row.tier_bonus_rao);
      if (Number(row.participant) < 3) expect(Number(row.paid_rao)).toBeGreaterThan(entitled);
      else expect(Number(row.paid_rao)).toBeLessThan(entitled);
    }
    expect(new Set(last.map((row) => Number(row.participant) < 3))).toEqual(new Set([true, false]));
  });

  it("go along with schedules that pay in instalments", () => {
    const schedules = { durationMs: DAY, intervalMs: 6 * HOUR, minVestingAmountRao: 0 };
    const run = runIndex({}, [prices(12)], { schedules, audit: true });
    expect(rowsOf(run, "schedules").length).toBeGreaterThan(0);
    expect(BigInt(run.summary.emissionRao)).toBeLessThan(BigInt(run.summary.index?.emission.minersRao ?? 0));
  });
});

describe("a run with an index", () => {
  it("goes on by the clock to the end it is given", () => {
    const run = runIndex({}, [prices(2)], { endMs: START + 5 * HOUR, audit: true });
    expect(rowsOf(run, "epochs")).toHaveLength(5);
    expect(atOrAfter(rowsOf(run, "trades"), START + 2 * HOUR + 1)).toEqual([]);
  });

  it("writes no more than the tables it is asked for", () => {
    const run = runIndex({}, [prices(3)], { record: { tables: ["scores"], everyEpochs: 1 } });
    expect(Object.keys(run.tables).sort()).toEqual(["epochs", "positions", "scores"]);
  });

  it.each([
    ["TEN-INDEX-101", { epochMs: 1_000 }, {}],
    ["TEN-INDEX-102", { founding: { ...INDEX.founding, supplyRao: 0 } }, {}],
    ["TEN-MARKET-111", { founding: { ...INDEX.founding, weights: [{ netuid: 1, weight: 0.9 }] } }, {}],
    ["TEN-INDEX-104", { participants: [] }, {}],
    ["TEN-INDEX-104", { participants: [traders("a", 1), traders("a", 1)] }, {}],
    ["TEN-INDEX-105", { participants: [traders("a", 1, { withdrawnShare: 2 })] }, {}],
    ["TEN-INDEX-106", { participants: [traders("a", 1, { tao: { fromRao: 5, toRao: 4, spread: "uniform" } })] }, {}],
    ["TEN-INDEX-107", {}, { epochs: "tempo" }],
    ["TEN-INDEX-108", {}, { emission: { mode: "redistribute" } }],
    ["TEN-INDEX-109", {}, { subnetDefaults: { capacity: 3 } }],
    ["TEN-INDEX-111", { founding: { ...INDEX.founding, supplyRao: 100 * TAO } }, {}],
    ["TEN-REWARD-106", { rewards: { ...INDEX.rewards, pools: { base: 0.9, tierBonus: 0.2, validators: 0 } } }, {}],
    ["TEN-CONSENSUS-122", { validators: [validators("v", 1, { kind: "colluder", group: "none" })] }, {}],
  ] as const)("refuses with %s what nobody can mean", (code, index, changes) => {
    expect(() => runIndex(index, [prices(1)], changes as never)).toThrow(code);
  });

  it("refuses recorded pay of the subnet whose pay it simulates", () => {
    const pay: MemoryStream = {
      kind: "emission",
      rows: [{ time_ms: START + 1_000, netuid: 20, hotkey: "h", coldkey: "c", amount_rao: 1 }],
    };
    expect(() => runIndex({}, [prices(1), pay])).toThrow(/TEN-INDEX-113: .*A stream holds pay or balances/);
  });

  it("refuses marks of epochs that it ends itself, in words of their own", () => {
    const marks: MemoryStream = { kind: "epoch_marks", rows: [{ time_ms: START + 1_000, netuid: 20 }] };
    expect(() => runIndex({}, [prices(1), marks])).toThrow(
      /TEN-INDEX-113: .*A stream marks the ends of epochs of a subnet whose epochs are simulated/,
    );
  });

  it("refuses a price of zero with its place", () => {
    const zero: MemoryStream = { kind: "price", rows: [{ time_ms: START, netuid: 1, price_tao_per_alpha: 0 }] };
    expect(() => runIndex({}, [zero])).toThrow(/TEN-MARKET-001: .*row 1/);
  });
});
