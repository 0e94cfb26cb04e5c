import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GuardReport, guardText, PLAIN_STYLE } from "../../../reports/index.js";
import { cases } from "../../cases.js";
import { SMALL_SCENARIOS } from "../../digests/small-scenarios.js";
import { byCause, differingIn, GuardedFolder, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

const scenario: Settings = SMALL_SCENARIOS.find(({ name }) => name === "index-pool")?.scenario ?? {};
const index = (settings: Settings): Settings => ({
  ...scenario,
  time: { start: "2025-01-01T00:00:00Z", days: 0.5 },
  index: { ...(scenario.index as Settings), ...settings },
});

interface Moved {
  /** Participants, and validators, who are paid otherwise, or slashed otherwise. */
  readonly participants: readonly string[];
  readonly validators: readonly string[];
}

/** Two runs side by side: who is paid otherwise in any epoch; knows nothing of guards. */
async function movedBetween(before: Settings, after: Settings): Promise<Moved> {
  const { rows, hotkeys } = await folder.rowsIn(before, "participants");
  const names = new Map(rows.map(({ participant, position }) => [participant, hotkeys[position]]));
  const isValidator = new Set((await folder.rowsIn(before, "validators")).rows.map(({ validator }) => validator));
  const runs = { before, after };
  const paid = await differingIn(folder, runs, { table: "payouts", who: "participant", of: ({ paid_rao }) => paid_rao });
  const slashed = await differingIn(folder, runs, {
    table: "slashes",
    who: "validator",
    of: ({ rate, taken_rao }) => `${rate} ${taken_rao}`,
  });
  const named = (numbers: readonly number[]) => [...new Set(numbers)].map((number) => names.get(number) ?? "").sort();
  return {
    participants: named(paid.filter((number) => !isValidator.has(number))),
    validators: named([...paid.filter((number) => isValidator.has(number)), ...slashed]),
  };
}

const positions = (hotkeys: readonly string[] = []) => hotkeys.filter((hotkey) => !hotkey.startsWith("("));

async function planted(name: string, before: Settings, after: Settings) {
  const report: GuardReport = await folder.planted(name, before, after);
  expect(report.outcome).toBe("differs");
  return { report, moved: await movedBetween({ ...before, name }, { ...after, name }) };
}

describe("what tiers state", () => {
  const tiers = (first: number, second: number, more: Settings = {}): Settings =>
    index({
      rewards: {
        min_volume: 0,
        tiers: [
          { name: "t1", from_rank: 1, to_rank: first, share: 0.5 },
          { name: "t2", from_rank: first + 1, to_rank: second, share: 0.3 },
          { name: "t3", from_rank: second + 1, to_rank: 30, share: 0.2 },
        ],
        ...more,
      },
    });

  it.each([
    { name: "first", before: tiers(1, 3), after: tiers(2, 3), cause: "tiers.t1.to_rank", values: [1, 2] },
    { name: "last", before: tiers(1, 2), after: tiers(1, 3), cause: "tiers.t2.to_rank", values: [2, 3] },
    // Nobody has rank 6: what the last tier leaves goes to the base pool, so all are paid otherwise.
    { name: "empties", before: tiers(1, 3), after: tiers(1, 5), cause: "tiers.t2.to_rank", values: [3, 5] },
  ])("a boundary, $name: everybody who is paid otherwise, and nobody else", async ({ name, before, after, cause, values }) => {
    const { report, moved } = await planted(`boundary-${name}`, before, after);
    expect(moved.participants.length).toBeGreaterThan(1);
    expect(positions(byCause(report)[cause])).toEqual(moved.participants);
    expect(Object.keys(byCause(report)).filter((one) => one !== cause && one !== "others_weights")).toEqual([]);
    expect(positions(byCause(report).others_weights)).toEqual(expect.arrayContaining([...moved.validators]));
    const group = report.groups.find((one) => one.cause === cause);
    expect(group).toMatchObject({ rule: `the tier ${cause.split(".")[1]}`, first: { before: values[0], after: values[1] } });
    expect(group?.changed.map(({ path }) => path).some((path) => path.endsWith("to_rank"))).toBe(true);
    expect(guardText(report, PLAIN_STYLE)).toContain(`it was ${values[0]}, is ${values[1]}`);
  });

  it.each(["burn", "to_tiers"])("where the share of an empty tier goes, %s: all whom it hits", async (empty_tier) => {
    const { report, moved } = await planted(`empty-${empty_tier.replace("_", "-")}`, tiers(1, 6), tiers(1, 6, { empty_tier }));
    expect(moved.participants.length).toBeGreaterThan(1);
    expect(positions(byCause(report)["tiers.empty_tier"])).toEqual(moved.participants);
    expect(Object.keys(byCause(report)).filter((one) => !["tiers.empty_tier", "others_weights"].includes(one))).toEqual([]);
    const group = report.groups.find(({ cause }) => cause === "tiers.empty_tier");
    expect(group?.changed).toEqual([{ path: "index.rewards.empty_tier", a: "to_base", b: empty_tier }]);
    // A choice is told by its words alone.
    expect(guardText(report, PLAIN_STYLE)).not.toMatch(/it was \d+, is \d+/);
  });
});

describe("what the consensus states", () => {
  const STATED: readonly { readonly path: string; readonly from: Settings; readonly to: Settings }[] = [
    { path: "agreement", from: { agreement: 0.67 }, to: { agreement: 1 } },
    { path: "agreement_of", from: { agreement: 0.9 }, to: { agreement: 0.9, agreement_of: "agreeing_stake" } },
    { path: "minimum_stake", from: { minimum_stake: 1_000 }, to: { minimum_stake: 2_500 } },
    { path: "minimum_submissions", from: { minimum_submissions: 3 }, to: { minimum_submissions: 9 } },
    { path: "severity.critical_above", from: {}, to: { severity: { critical_above: 0.9 } } },
    { path: "slashing.appeal_days", from: {}, to: { slashing: { appeal_days: 2 } } },
  ];
  it.each(STATED.filter((_, at) => at % 2 < cases(1, 2)))(
    "$path: all validators who are paid or slashed otherwise",
    async ({ path, from, to }) => {
      const name = path.replace(/[_.]/g, "-");
      const { report, moved } = await planted(name, index({ consensus: from }), index({ consensus: to }));
      const causes = byCause(report);
      const own = Object.entries(causes).filter(([cause]) => cause.startsWith("consensus."));
      expect(own.map(([cause]) => cause)).toContain(`consensus.${path}`);
      expect(Object.keys(causes).length).toBe(own.length);
      expect([...new Set(own.flatMap(([, hotkeys]) => positions(hotkeys)))].sort()).toEqual(
        [...moved.validators, ...moved.participants].sort(),
      );
      expect(moved.validators.length).toBeGreaterThan(0);
      const group = report.groups.find(({ cause }) => cause === `consensus.${path}`);
      expect(group?.changed.map((one) => one.path)).toContain(`index.consensus.${path}`);
    },
  );

  it("moves nobody where it does not decide", async () => {
    const report = await folder.planted("idle", index({ consensus: { agreement: 0.67 } }), index({ consensus: { agreement: 0.66 } }));
    expect(report.outcome).toBe("equal");
    const both = await folder.planted(
      "both",
      index({ consensus: { agreement: 0.67 }, rewards: { pools: { base: 0.7, tier_bonus: 0.2, validators: 0.05 } } }),
      index({ consensus: { agreement: 0.66 }, rewards: { pools: { base: 0.6, tier_bonus: 0.2, validators: 0.05 } } }),
    );
    expect(Object.keys(byCause(both)).filter((cause) => cause.startsWith("consensus."))).toEqual([]);
    expect(byCause(both)["pot.base_pool"].length).toBeGreaterThan(1);
  });
});
