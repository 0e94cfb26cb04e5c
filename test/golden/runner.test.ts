import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goldenCommand } from "./command.js";
import { GOLDEN_FILES } from "./files/index.js";
import { linesOf, runGoldenText } from "./run-folder.js";
import { DAY, GEOMETRIC, SCHEDULE, SMALL_CASES, TIERED, TRANCHES, WEIGHTS } from "./small-cases.js";

/** What a case may need of other files. */
const OTHERS = linesOf((file) => JSON.stringify(SMALL_CASES[file]));

function run(file: string, ...cases: readonly unknown[]) {
  return runGoldenText(file, cases.map((one) => JSON.stringify(one)).join("\n"), GOLDEN_FILES[file], OTHERS);
}

/** The case with one leaf changed, e.g. `expected.exits.0.amount`. */
function changed(testCase: object, path: string, value: unknown): object {
  const copy = structuredClone(testCase) as Record<string, unknown>;
  const keys = path.split(".");
  let at = copy;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys[keys.length - 1]] = value;
  return copy;
}

describe("small cases", () => {
  it("cover every known file", () => {
    expect(Object.keys(SMALL_CASES).sort()).toEqual(Object.keys(GOLDEN_FILES).sort());
  });

  it.each(Object.keys(SMALL_CASES))("%s passes", (file) => {
    expect(run(file, SMALL_CASES[file])).toEqual({ file, known: true, passed: 1, total: 1, firstDifference: null });
  });
});

describe("a wrong answer is seen", () => {
  it.each<[string, string, unknown, string]>([
    ["tranches", "expected.exits.0.amount", 0.999999999, "exits[0].amount: found 1000000000, expected 999999999"],
    ["tranches", "expected.exits.1.tranche", 0, "exits[1].tranche: found 1, expected 0"],
    ["tranches", "expected.exits", [], "number of exits: found 4, expected 0"],
    ["tranches", "expected.tranches.0.remaining", 2, "tranches[0].remaining: found 0, expected 2000000000"],
    ["tranches", "expected.tranches.1.initial", 3, "tranches[1].initial: found 1000000000, expected 3000000000"],
    ["tranches", "expected.queries.1.holding.duration_days", 1, "queries[1].holding.duration_days: found 2, expected 1"],
    ["tranches", "expected.queries.0.weighted_holding_days", 2.001, "queries[0].weighted_holding_days: found 2, expected 2.001"],
    ["tranches", "expected.queries.0.holding_percentage", 0.26, "queries[0].holding_percentage: found 0.25, expected 0.26"],
    ["tranches", "expected.queries.1.total_stake", 2.4, "queries[1].total_stake: found 2500000000, expected 2400000000"],
    ["multiplier_geometric", "expected.multiplier", 2.00000000001, "multiplier: found 2, expected 2.00000000001"],
    ["multiplier_tiered", "expected.multiplier", 1.2, "multiplier: found 1.2499999999999998, expected 1.2"],
    ["stages/curve", "expected.epochs.0.shares.1", 0.3, "epochs[0].shares[1]: found 0.2950819672131148"],
    ["stages/curve", "expected.epochs.0.stages.0.after.3", 0.1, "epochs[0].stages[0].after[3]: found 0, expected 0.1"],
    ["stages/burn_residual", "expected.epochs.0.stages.0.factor.1", 1.1, "epochs[0].stages[0].factor[1]: found 1, expected 1.1"],
    ["stages/burn_residual", "expected.epochs.0.rest.treasury", 0.1, "epochs[0].rest.treasury: found 0.15"],
    ["stages/burn_residual", "expected.epochs.0.paid_rao.0", 450_002, "epochs[0].paid_rao[0]: found 450001, expected 450002"],
    ["stages/burn_residual", "expected.epochs.0.rest_rao.burn", 100_001, "epochs[0].rest_rao.burn: found 100000, expected 100001"],
    ["stages/gate", "expected.epochs.0.stages.0.factor.1", 0.07, "epochs[0].stages[0].factor[1]: found 0.0625, expected 0.07"],
    ["stages/smooth", "expected.epochs.1.shares.1", 0.25, "epochs[1].shares[1]: found 0.075, expected 0.25"],
    ["stages/pools", "expected.epochs.0.shares.2", 0.2, "epochs[0].shares[2]: found 0.2857142857142857"],
    ["stages/budget", "expected.epochs.0.owed_after.", 0, "epochs[0].owed_after.: found 2620000000, expected 0"],
    ["stages/order", "expected.valid", true, "valid: found false, expected true"],
    ["weights", "expected.weights.1", 0.1, "weights[1]: found 0, expected 0.1"],
    ["weights", "expected.multipliers.0", 1.9, "multipliers[0]: found 2, expected 1.9"],
    ["vesting_schedule", "expected.schedules.0.payments.1.at", 4 * DAY, "schedules[0].payments[1].at"],
    ["vesting_schedule", "expected.schedules.0.payments.0.amount", 6e-9, "schedules[0].payments[0].amount: found 4, expected 6"],
    [
      "vesting_schedule",
      "expected.schedules.1",
      { created: true, start: 0, end: 1, initial_amount: 1, payments: [] },
      "schedules[1].created: found false",
    ],
    ["vesting_schedule", "expected.process.1.payments_processed", 1, "process[1].payments_processed: found 2, expected 1"],
    ["vesting_schedule", "expected.process.2.schedules.0.status", "active", "process[2].schedules[0].status: found"],
    ["rewards_tiered", "expected.miners.0.base_reward", "7.700000003", "miners[0].base_reward: found 7700000000, expected 7700000003"],
    ["rewards_tiered", "expected.miners.1.tier", "gold", "miners[1].tier: found"],
    ["rewards_tiered", "expected.miners.0.weighted_score_wei", "11000000000100000000", "miners[0].weighted_score: found 11000000000"],
    ["rewards_tiered", "expected.undistributed_bonus", "0", "undistributed_bonus: found 1837500000, expected 0"],
    ["rewards_tiered", "expected.gini", 0.05, "gini: found 0.041"],
    ["volume_ranking", "expected.rankings.0.consistency_score", "0.1", "rankings[0].consistency_score: found 0, expected 0.1"],
    ["volume_ranking", "expected.rankings.1.transaction_frequency", "1", "rankings[1].transaction_frequency: found 2, expected 1"],
    ["volume_ranking", "expected.rankings.0.final_weight", "0.5", "rankings[0].final_weight: found 0.58"],
    ["volume_ranking", "expected.suspicious_raised", [], "number of suspicious_raised: found 2, expected 0"],
    ["volume_ranking", "expected.suspicious_kept.m00.1.count", 3, "suspicious_kept.m00[1].count: found 2, expected 3"],
    ["vesting_schedule", "expected.process.1.summary.next_payment_time", null, "process[1].summary.next_payment_time"],
    ["arbitrage", "expected.opportunity", null, 'opportunity.type: found "mint", expected null'],
    ["arbitrage", "expected.opportunity.expected_profit", "0.790000000002", "opportunity.expected_profit: found 0.79"],
    ["arbitrage", "expected.opportunity.required_amount_wei", "8000000002000000000", "opportunity.required_amount_rao: found 8000000000"],
    ["slashing", "expected.rounds.0.consensus.1", 0.51, "rounds[0].consensus[1]: found 0.5, expected 0.51"],
    ["slashing", "expected.rounds.0.deviations.d.magnitude", 0.21, "rounds[0].deviations.d.magnitude"],
    ["slashing", "expected.rounds.1.slash_events.0.amount_rao", 1, "rounds[1].slash_events[0].amount_rao: found 255000000000"],
    ["slashing", "expected.rounds.2.slash_events", [{}], "expected.rounds[2].slash_events[0]"],
    ["slashing", "expected.rounds.1.validators.d.status", "warning", 'rounds[1].validators.d.status: found "probation"'],
    ["yuma/yuma", "expected.0.consensus.0", 0.99998, "epoch 0: consensus[0]: found 1, expected 0.99998"],
    ["yuma/yuma", "expected.0.consensusRaw.1", 1e-8, "epoch 0: consensusRaw[1]: found 0"],
    ["yuma/yuma", "expected.0.incentive.1", 1e-8, "epoch 0: incentive[1]: found 0"],
    ["yuma/yuma", "expected.0.dividends.0", 0.5, "epoch 0: dividends[0]: found 0.49999"],
    ["yuma/yuma", "expected.0.bonds.2.0", 0.1, "epoch 0: bonds[2][0]: found 0.09999"],
    ["yuma/yuma", "expected.0.clipped.1.0", 1, "epoch 0: clipped[1][0]: found 0.999999"],
    ["yuma/yuma", "expected.0.minerTrust.0", 0.9, "epoch 0: minerTrust[0]: found 1"],
    ["yuma/yuma", "expected.0.validatorTrust.2", 0.9, "epoch 0: validatorTrust[2]: found 1"],
    ["yuma/yuma", "expected.0.epoch", 1, "epochs compared: found 0, expected 1"],
    ["yuma/chain", "epochs.0.expected.consensusU16.0", 65_534, "epoch 0: consensusU16[0]: found 65535, expected 65534"],
    ["yuma/chain", "epochs.0.expected.dividendsU16.1", 32_768, "epoch 0: dividendsU16[1]: found 32767, expected 32768"],
    ["yuma/chain", "epochs.0.expected.bondsU16.1.0.1", 65_534, "epoch 0: bondsU16[1]: found 65535, expected 65534"],
    ["yuma/chain", "epochs.0.expected.validatorShare.0", 0.3, "epoch 0: validatorShare[0]: found 0.25, expected 0.3"],
    ["slashing", "expected.rounds.1.validators.d.overall", 0.6, "rounds[1].validators.d.overall"],
  ])("%s: %s = %j", (file, path, value, what) => {
    const report = run(file, SMALL_CASES[file], changed(changed(SMALL_CASES[file], path, value), "case", "spoilt"));
    expect(report).toMatchObject({ passed: 1, total: 2, firstDifference: { case: "spoilt" } });
    expect(report.firstDifference?.what).toContain(what);
  });

  it("in totals over epochs, whose weights stand in another file", () => {
    const report = run("yuma/totals", changed(SMALL_CASES["yuma/totals"], "float64.2", 0.04));
    expect(report).toMatchObject({
      passed: 0,
      firstDifference: { case: "line 1", what: expect.stringContaining("float64[2]: found 0.0409") },
    });
    const unknown = run("yuma/totals", changed(SMALL_CASES["yuma/totals"], "case", 2));
    expect(unknown.firstDifference?.what).toContain("case 2 in yuma/yuma: found null");
  });

  it("unless a flag says that the original is one day short", () => {
    const short = changed(TRANCHES, "expected.queries.1.holding.duration_days", 1);
    expect(run("tranches", { ...short, flags: ["near_integer_days"] }).firstDifference).toBeNull();
  });
});

describe("where the original misbehaves", () => {
  it("nothing was created for a duration or an interval of 0, and nothing is asked of the engine", () => {
    const none = {
      case: "zero interval",
      flags: ["original_misbehaves"],
      input: { ...SCHEDULE.input, vesting_interval_days: 0 },
      expected: { schedules: [{ created: false, original_error: "division by zero" }], process: [] },
    };
    expect(run("vesting_schedule", none).firstDifference).toBeNull();
  });

  it("a negative share counts as 0", () => {
    const negative = changed(changed(GEOMETRIC, "input.holding_percentage", -0.1), "expected", { error: "complex" });
    expect(run("multiplier_geometric", negative).firstDifference).toBeNull();
  });
});

describe("input that cannot be read", () => {
  it("fails with the line or the case", () => {
    expect(runGoldenText("weights", "{not json\n", GOLDEN_FILES.weights, OTHERS)).toMatchObject({
      passed: 0,
      total: 1,
      firstDifference: { case: "line 1" },
    });
    expect(run("weights", { case: "empty", input: {}, expected: {} }).firstDifference?.what).toContain("minimum_stake_rao");
    expect(run("tranches", changed(TRANCHES, "input.events.0.amount_rao", 0.5)).firstDifference?.what).toContain("amount_rao");
    expect(runGoldenText("weights", "", GOLDEN_FILES.weights, OTHERS).firstDifference).not.toBeNull();
  });
});

describe("the command", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tenure-golden-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function command(...args: string[]): { code: number; out: string; err: string } {
    const out: string[] = [];
    const err: string[] = [];
    const code = goldenCommand(
      args,
      (line) => out.push(line),
      (line) => err.push(line),
    );
    return { code, out: out.join("\n"), err: err.join("\n") };
  }

  it("refuses a folder that is not there or holds nothing known, and unknown options", () => {
    expect(command(join(folder, "nowhere"))).toMatchObject({ code: 2, out: "", err: expect.stringContaining("There is no folder") });
    expect(command(folder)).toMatchObject({ code: 2, err: expect.stringContaining("none of the files that are known: tranches") });
    expect(command(folder, folder)).toMatchObject({ code: 2, err: expect.stringContaining("One folder") });
    expect(command("--jsn")).toMatchObject({ code: 2, err: expect.stringContaining("Usage") });
  });

  it("prints passed/total a file, what it skips, and the first difference", () => {
    writeFileSync(join(folder, "unheard_of.jsonl"), "{}\n");
    writeFileSync(join(folder, "weights.jsonl"), `${JSON.stringify(WEIGHTS)}\n`);
    expect(command(folder)).toEqual({ code: 0, out: "unheard_of  skipped: not known\nweights     1/1", err: "" });
    writeFileSync(join(folder, "multiplier_tiered.jsonl"), `${JSON.stringify(changed(TIERED, "expected.multiplier", 1))}\n`);
    const failing = command(folder);
    expect(failing.code).toBe(1);
    expect(failing.out).toContain(
      `multiplier_tiered  0/1\n  first difference: ${TIERED.case}: multiplier: found 1.2499999999999998, expected 1`,
    );
    const json = command(folder, "--json");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      passed: false,
      files: [{ file: "multiplier_tiered", passed: 0, total: 1 }, { known: false }, { passed: 1 }],
    });
  });
});
