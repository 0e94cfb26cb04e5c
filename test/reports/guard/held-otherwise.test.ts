import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byCause, GuardedFolder, MADE, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

/** Some of these miners never take anything out. */
const quiet = (settings: Settings = {}): Settings => ({
  ...MADE,
  name: "quiet",
  vesting: { minimum_stake: 0 },
  streams: [{ ...(MADE.streams as Settings[])[0], miners: 12, coldkeys: 12, removes_per_day: 0.6, sweep_every_days: { from: 1, to: 30 } }],
  ...settings,
});

/** docs/how-to/guard-in-ci.md, once more: who holds something else than pay explains, and of which term that is told first. */
async function heldOtherwise(before: Settings, after: Settings): Promise<ReadonlyMap<string, string>> {
  const isInWholeDays = (after.vesting as Settings).rounding === "whole_days";
  const [was, is] = [await folder.rowsIn(before, "holdings"), await folder.rowsIn(after, "holdings")];
  const [paidThen, paidNow] = [await folder.rowsIn(before, "rewards"), await folder.rowsIn(after, "rewards")];
  const paidIn = (rows: readonly Row[], position: number, epoch: number) =>
    rows.filter((row) => row.position === position && row.epoch === epoch).reduce((sum, { paid_rao }) => sum + paid_rao, 0);
  const ends = [...new Set(was.rows.map(({ time_ms }) => time_ms))].sort((a, b) => a - b);
  const found = new Map<string, string>();
  for (const [position, hotkey] of was.hotkeys.entries()) {
    let paid = 0;
    let epochs = 0;
    const own = was.rows.filter((row) => row.position === position).sort((a, b) => a.epoch - b.epoch);
    for (const then of own) {
      const now = is.rows.find((row) => row.position === position && row.epoch === then.epoch);
      if (now === undefined) throw new Error("a position left");
      const off = (name: string) => Math.abs(then[name] - now[name]);
      const bound = 2 * paid + epochs;
      const larger = (name: string) => Math.max(then[name], now[name]);
      const inEpoch = [...was.rows, ...is.rows].filter(({ epoch }) => epoch === then.epoch).map(({ held_days }) => held_days);
      const oldest = Math.max((then.time_ms - ends[0]) / 86_400_000, ...inEpoch);
      const beyond = Object.entries({
        stake: off("stake_rao") > bound,
        received: off("received_rao") > bound,
        remaining: off("remaining_rao") > bound,
        held_share: bound === 0 ? off("held_share") > 0 : off("held_share") * larger("received_rao") > 2 * bound,
        held_days:
          bound === 0 ? off("held_days") > 0 : (off("held_days") - (isInWholeDays ? 1 : 0)) * larger("remaining_rao") > oldest * bound,
      }).find(([, is]) => is);
      if (beyond !== undefined) {
        found.set(hotkey, `holdings.${beyond[0]}`);
        break;
      }
      const difference = Math.abs(paidIn(paidThen.rows, position, then.epoch) - paidIn(paidNow.rows, position, then.epoch));
      if (difference > 0 || epochs > 0) epochs += 1;
      paid += difference;
    }
  }
  return found;
}

describe("a rule of the ledger that is another one", () => {
  it.each([
    { name: "order", before: {}, after: { ledger: { withdrawal_order: "fifo" } } },
    { name: "withdrawals", before: {}, after: { emission: { mode: "redistribute", withdrawals: "proportional" } } },
    { name: "basis", before: {}, after: { vesting: { minimum_stake: 0, retention_basis: "all_stake" } } },
  ])("$name: whoever holds something else for it, at any time, and nobody else", async ({ name, before, after }) => {
    const [then, now] = [
      { emission: { mode: "redistribute" }, ...before },
      { emission: { mode: "redistribute" }, ...after },
    ].map((settings) => quiet({ ...settings, name }));
    const report = await folder.planted(name, then, now);
    const expected = await heldOtherwise(then, now);
    const found = new Map(
      Object.entries(byCause(report))
        .filter(([cause]) => cause !== "others_weights")
        .flatMap(([cause, hotkeys]) => hotkeys.map((hotkey) => [hotkey, cause] as const)),
    );
    expect(new Map([...found].sort())).toEqual(new Map([...expected].sort()));
    expect(found.size).toBeGreaterThan(1);
    // Of the last epoch, whoever has another multiplier is not said to be paid otherwise through others alone.
    const others = byCause(report).others_weights ?? [];
    const [multipliers, multipliersNow] = [await folder.rowsIn(then, "weights"), await folder.rowsIn(now, "weights")];
    const last = Math.max(...multipliers.rows.map(({ epoch }) => epoch));
    for (const { position, epoch, multiplier } of multipliers.rows) {
      if (epoch !== last || !others.includes(multipliers.hotkeys[position])) continue;
      const is = multipliersNow.rows.find((row) => row.position === position && row.epoch === epoch)?.multiplier ?? 0;
      expect(Math.abs(is / multiplier - 1)).toBeLessThan(1e-4);
    }
    if (name === "basis") return;
    // Who took nothing out cannot be hit by how that is done.
    const { rows, hotkeys } = await folder.rowsIn(then, "exits");
    const took = new Set(rows.map(({ position }) => hotkeys[position]));
    expect(others.length).toBeGreaterThan(0);
    expect([...found.keys()].filter((hotkey) => !took.has(hotkey))).toEqual([]);
  });
});

describe("pay that is another one", () => {
  it.each([
    { withdrawals: "same_tranches", vesting: {} },
    { withdrawals: "proportional", vesting: {} },
    { withdrawals: "absolute", vesting: { retention_scope: "window", retention_window_days: 1 } },
    { withdrawals: "proportional", vesting: { rounding: "whole_days", retention_window_days: 1 } },
  ])("never moves what is held by more than it explains: $withdrawals $vesting", async ({ withdrawals, vesting }) => {
    for (const seed of [1, 2]) {
      const paid = (max_multiplier: number) => ({
        ...MADE,
        seed,
        time: { start: "2025-01-01T00:00:00Z", days: 4 },
        emission: { mode: "redistribute", withdrawals },
        vesting: { retention_window_days: 3, ...vesting, max_multiplier },
      });
      const [before, after] = [await folder.rowsIn(paid(1.2), "holdings"), await folder.rowsIn(paid(4), "holdings")];
      expect(before.rows.filter(({ remaining_rao }, at) => remaining_rao !== after.rows[at].remaining_rao).length).toBeGreaterThan(20);
      expect([...(await heldOtherwise(paid(1.2), paid(4)))]).toEqual([]);
    }
  });
});
