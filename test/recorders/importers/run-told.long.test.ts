import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SimulationConfiguration, TenureError } from "../../../engine/index.js";
import { importRun } from "../../../recorders/importers/index.js";
import { runScenario } from "../../../recorders/run/run.js";
import { AT_ONCE } from "../../cases.js";
import { configuration, DAY, type MemoryStream, pay, START, stake } from "../../engine/in-memory.js";
import { useFolders } from "../results/sample-batches.js";
import { balancesOf, holdingsOf, isUntold, recordStreams, rewardsOf, scenarioOf, tableOf, tranchesOf } from "./any-recorded-run.js";
import { toldWorld } from "./told-worlds.js";

const folder = useFolders();
const WITHDRAWALS = ["same_tranches", "proportional", "absolute"] as const;
const A = { max_multiplier: 1.5, retention_target: 0.9, retention_window_days: 3 };
const B = { max_multiplier: 2, retention_target: 0.5, retention_window_days: 2 };

/** Imports a run; null where its tables do not tell all that its replay needs, which is refused or said. */
async function imported(run: string, out: string): Promise<readonly string[] | null> {
  try {
    const { warnings } = await importRun(run, { out, coverage: "subnet" });
    return warnings.some((warning) => warning.includes("handed on what they had received")) ? null : warnings;
  } catch (error) {
    if (error instanceof TenureError && error.code === "TEN-IMPORT-054") return null;
    throw error;
  }
}

/** Runs of one world, each in a folder of its own. */
function runsIn(data: string, config: SimulationConfiguration) {
  return async (name: string, recorded: string, changes: Readonly<Record<string, unknown>>): Promise<string> => {
    const out = join(data, "runs", name);
    const streams = [{ recorded, coverage: "subnet" }];
    const measured = { retention_basis: config.vesting.retentionBasis, minimum_stake: 0 };
    const scenario = scenarioOf(config, recorded, { streams, vesting: { ...A, ...measured }, ...changes });
    await runScenario(scenario, { out, data, duckdb: false });
    return out;
  };
}

async function isSame(run: string, of: string): Promise<void> {
  expect(await balancesOf(run)).toEqual(await balancesOf(of));
  expect(await rewardsOf(run)).toEqual(await rewardsOf(of));
  expect(await tranchesOf(run)).toEqual(await tranchesOf(of));
  const before = await holdingsOf(of);
  for (const [key, measured] of await holdingsOf(run)) expect([key, measured]).toEqual([key, before.get(key)]);
}

describe("a recording of a run", () => {
  it("tells a replay so that it holds and pays the same again, and under rules what the recording it came of does", async () => {
    const dir = await folder();
    let number = 0;
    let told = 0;
    await fc.assert(
      fc.asyncProperty(toldWorld, async ({ config, streams }) => {
        const data = join(dir, `${number++}`);
        await recordStreams(join(data, "source"), streams);
        const run = runsIn(data, config);
        const origin = await run("origin", "source", { emission: "replay" });
        const warnings = await imported(origin, join(data, "imported"));
        if (warnings === null) return;
        told += 1;
        await isSame(await run("again", "imported", { emission: "replay", epochs: "emission" }), origin);
        for (const withdrawals of WITHDRAWALS) {
          const emission = { mode: "redistribute", withdrawals };
          const direct = await run(withdrawals, "source", { emission });
          if (await isUntold(warnings, { direct, origin, streams })) continue;
          await isSame(await run(`told-${withdrawals}`, "imported", { emission }), direct);
        }
      }),
      { numRuns: 24, ...AT_ONCE },
    );
    expect(told).toBeGreaterThan(2);
  });

  it("tells a run under a rule so that it holds and pays the same again, whatever withdrawals took", async () => {
    const dir = await folder();
    let number = 0;
    let told = 0;
    await fc.assert(
      fc.asyncProperty(toldWorld, fc.constantFrom(...WITHDRAWALS), async ({ config, streams }, withdrawals) => {
        const data = join(dir, `${number++}`);
        await recordStreams(join(data, "source"), streams);
        const run = runsIn(data, config);
        const origin = await run("origin", "source", { emission: { mode: "redistribute", withdrawals } });
        if ((await imported(origin, join(data, "imported"))) === null) return;
        told += 1;
        await isSame(await run("again", "imported", { emission: "replay", epochs: "emission" }), origin);
      }),
      { numRuns: 40, ...AT_ONCE },
    );
    expect(told).toBeGreaterThan(6);
  });

  it("of a rule gives, undone and another applied, what the other gives of the first recording", async () => {
    const dir = await folder();
    let number = 0;
    let told = 0;
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(toldWorld, fc.constantFrom("same_tranches", "proportional"), async ({ config, streams }, withdrawals) => {
        const data = join(dir, `${number++}`);
        await recordStreams(join(data, "source"), streams);
        const run = runsIn(data, config);
        const emission = { mode: "redistribute", withdrawals };
        const vesting = { ...B, retention_basis: config.vesting.retentionBasis, minimum_stake: 0 };
        const underA = await run("a", "source", { emission });
        if ((await imported(underA, join(data, "imported"))) === null) return;
        told += 1;
        const direct = await run("b", "source", { emission, vesting });
        const undone = await run("undone", "imported", { emission: { ...emission, recorded_rule: A }, vesting });
        const [paid, wanted, before] = await Promise.all([undone, direct, underA].map(rewardsOf));
        // docs/explanation/redistribution.md: r (b / a + x sum b / a) + 2 rao an epoch, where r <= 1.5, b / a <= 2, x <= 1 and at most
        // 12 positions share a pot: 41 rao. By these the balances of an epoch differ, and multipliers by parts of 10^8 of a coin.
        const most = 45 * (await tableOf(direct, "epochs")).length;
        for (const key of new Set([...Object.keys(paid), ...Object.keys(wanted)])) {
          const off = Math.abs((paid[key] ?? 0) - (wanted[key] ?? 0));
          expect(off, `${key}: ${paid[key]} for ${wanted[key]}`).toBeLessThanOrEqual(most);
          moved = Math.max(moved, Math.abs((before[key] ?? 0) - (wanted[key] ?? 0)));
        }
      }),
      { numRuns: 40, ...AT_ONCE },
    );
    expect(told).toBeGreaterThan(6);
    expect(moved).toBeGreaterThan(1_000_000);
  });

  it("tells stake that came from outside as the one tranche it was, and that it does not grow with its sender", async () => {
    const dir = await folder();
    const hour = 3_600_000;
    const days = [1, 2, 3, 4, 5];
    const streams: MemoryStream[] = [
      { kind: "emission", rows: days.flatMap((day) => ["a", "b", "x"].map((name) => pay(START + day * DAY, name, 1_000_000_000))) },
      {
        kind: "stake",
        rows: [
          stake(START + hour, "added", "q", 40_000_000_000),
          stake(START + 2 * hour, "transferred", "q", 100_000_000_000, { to_hotkey: "a", to_coldkey: "a-owner" }),
          stake(START + 3 * hour, "removed", "a", 50_000_000_000),
          stake(START + 4 * hour, "moved", "a", 25_000_000_000, { to_hotkey: "b" }),
        ],
      },
    ];
    await recordStreams(join(dir, "source"), streams);
    const run = runsIn(
      dir,
      configuration({ endMs: START + 6 * DAY, ledger: { onInvalid: "clamp" }, vesting: { retentionBasis: "all_stake" } }),
    );
    const emission = { mode: "redistribute" };
    const origin = await run("origin", "source", { emission });
    await importRun(origin, { out: join(dir, "imported"), coverage: "subnet" });
    const again = await run("again", "imported", { emission: "replay" });
    await isSame(again, origin);
    // The move takes 25 of one tranche of 100, of which 50 are left: half of what it received goes along.
    expect((await tranchesOf(again))["1 b a-owner"]).toContain(`manual of ${START + 2 * hour}: 25000000000 of 50000000000`);
    expect((await tableOf(again, "flows")).filter(({ flow }) => flow === "from_outside")).toHaveLength(1);
  });

  it("tells what was asked for in vain, which a sender that holds more in another run gives", async () => {
    const dir = await folder();
    const streams: MemoryStream[] = [
      { kind: "emission", rows: [pay(START + DAY, "a", 1_000), pay(START + DAY, "b", 1_000), pay(START + 2 * DAY, "b", 1)] },
      {
        kind: "stake",
        rows: [
          stake(START + DAY + 1, "removed", "a", 5_000),
          stake(START + DAY + 2, "removed", "a", 70),
          stake(START + DAY + 3, "moved", "b", 1_400, { to_hotkey: "b" }),
          stake(START + DAY + 4, "moved", "b", 1_700, { to_hotkey: "c", to_amount_rao: 1_200 }),
        ],
      },
    ];
    await recordStreams(join(dir, "source"), streams);
    const run = runsIn(dir, configuration({ endMs: START + 3 * DAY, ledger: { onInvalid: "clamp" } }));
    const origin = await run("origin", "source", { emission: "replay" });
    await importRun(origin, { out: join(dir, "imported"), coverage: "subnet" });
    const again = await run("again", "imported", { emission: "replay" });
    await isSame(again, origin);
    const asked = async (one: string) =>
      (await tableOf(one, "rejections")).map(({ cause, requested_rao, held_rao }) => [cause, requested_rao, held_rao]);
    expect(await asked(again)).toEqual(await asked(origin));
    expect(await asked(origin)).toEqual([
      ["shortfall", 5_000, 1_000],
      ["nothing_held", 70, 0],
      ["shortfall", 1_400, 1_000],
      ["shortfall", 1_700, 1_400],
    ]);
  });

  it.each([
    ["emission", "miner", 31],
    ["tempo", "miner", 2],
    ["tempo", "validator", 2],
    ["tempo", "owner", 2],
  ] as const)("tells a swap of keys as one under epochs: %s, of a %s, with what is not stake yet", async (epochs, role, swapHour) => {
    const dir = await folder();
    const hour = 3_600_000;
    const streams: MemoryStream[] = [
      {
        kind: "emission",
        rows: [
          pay(START + hour, "a", 1_000_000_000, { role }),
          pay(START + hour, "x", 1_000_000_000),
          pay(START + hour, "y", 500_000_000),
          // A key that was given up by then is paid once more, as a miner.
          pay(START + 30 * hour, "a", 500_000_000),
          pay(START + 30 * hour, "x", 500_000_000),
        ],
      },
      {
        kind: "stake",
        rows: [
          stake(START + hour + 1, "removed", "x", 500_000_000),
          stake(START + swapHour * hour, "hotkey_swapped", "a", 0, { to_hotkey: "b" }),
        ],
      },
    ];
    await recordStreams(join(dir, "source"), streams);
    const config = configuration({
      epochs,
      endMs: START + 3 * DAY,
      subnetDefaults: { tempoBlocks: 7_200, capacity: 5, immunityMs: 0 },
    });
    const run = runsIn(dir, config);
    const origin = await run("origin", "source", { emission: "replay" });
    await importRun(origin, { out: join(dir, "imported"), coverage: "subnet" });
    await isSame(await run("again", "imported", { emission: "replay", epochs: "emission" }), origin);
    for (const withdrawals of WITHDRAWALS) {
      const emission = { mode: "redistribute", withdrawals };
      const direct = await run(withdrawals, "source", { emission });
      await isSame(await run(`told-${withdrawals}`, "imported", { emission }), direct);
    }
  });

  it("says how often a move of everything may have been a swap, of keys without a seat", async () => {
    const dir = await folder();
    const validators = ["v", "w"].map((name) => pay(START + DAY, name, 700, { role: "validator" }));
    await recordStreams(join(dir, "source"), [
      { kind: "emission", rows: [...validators, pay(START + 2 * DAY, "a", 10)] },
      {
        kind: "stake",
        rows: [
          stake(START + DAY + 1, "moved", "v", 700, { to_hotkey: "u" }),
          stake(START + DAY + 2, "moved", "w", 600, { to_hotkey: "u", coldkey: "w-owner" }),
        ],
      },
    ]);
    const run = runsIn(dir, configuration({ endMs: START + 3 * DAY }));
    const origin = await run("origin", "source", { emission: "replay" });
    const { warnings } = await importRun(origin, { out: join(dir, "imported"), coverage: "subnet" });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("(1 times)");
  });

  it("says how often a position that held nothing handed on what it had received, which no stream can say", async () => {
    const dir = await folder();
    await recordStreams(join(dir, "source"), [
      {
        kind: "emission",
        rows: [1, 2].flatMap((day) => ["a", "x"].map((name) => pay(START + day * DAY, name, 1_000_000_000))),
      },
      {
        kind: "stake",
        rows: [
          stake(START + DAY + 1, "removed", "a", 500_000_000),
          stake(START + 2 * DAY + 1, "removed", "a", 1_499_999_000),
          stake(START + 2 * DAY + 2, "moved", "a", 1_000, { to_hotkey: "b" }),
        ],
      },
    ]);
    const run = runsIn(dir, configuration({ endMs: START + 4 * DAY, ledger: { onInvalid: "clamp" } }));
    const origin = await run("origin", "source", { emission: { mode: "redistribute", withdrawals: "absolute" } });
    const { warnings } = await importRun(origin, { out: join(dir, "imported"), coverage: "subnet" });
    expect(warnings).toEqual([
      // The move of what it no longer held.
      expect.stringContaining("asked for where nothing was taken (1 times)"),
      expect.stringContaining("handed on what they had received where the run's recording moved all they had (1 times)"),
    ]);
    expect(await balancesOf(await run("again", "imported", { emission: "replay" }))).toEqual(await balancesOf(origin));
  });
});
