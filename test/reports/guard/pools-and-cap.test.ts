import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardText, PLAIN_STYLE } from "../../../reports/index.js";
import { SMALL_SCENARIOS } from "../../digests/small-scenarios.js";
import { byCause, GuardedFolder, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

const scenario: Settings = SMALL_SCENARIOS.find(({ name }) => name === "index-pool")?.scenario ?? {};
const index = (rewards: Settings): Settings => ({
  ...scenario,
  time: { start: "2025-01-01T00:00:00Z", days: 0.5 },
  index: { ...(scenario.index as Settings), rewards },
});

/** The hotkeys of whom the rows of a table are of, by a column, where they differ between two runs. */
async function differing(before: Settings, after: Settings, table: string, who: string, of: (row: Row) => number) {
  const [was, is] = [await folder.rowsIn(before, table), await folder.rowsIn(after, table)];
  const { rows, hotkeys } = await folder.rowsIn(before, "participants");
  const names = new Map(rows.map(({ participant, position }) => [participant, hotkeys[position]]));
  const textsOf = (all: readonly Row[]) => {
    const texts = new Map<number, string[]>();
    for (const row of all) if (row[who] >= 0) texts.set(row[who], [...(texts.get(row[who]) ?? []), `${row.epoch} ${of(row)}`]);
    return texts;
  };
  const [then, now] = [textsOf(was.rows), textsOf(is.rows)];
  return [...then].flatMap(([one, texts]) => (texts.join() === now.get(one)?.join() ? [] : [names.get(one) ?? ""]));
}

const positions = (hotkeys: readonly string[]) => hotkeys.filter((hotkey) => !hotkey.startsWith("("));

describe("a pool of the emission", () => {
  it("of validators is named as such, first of all it moves", async () => {
    const pools = (validators: number) => index({ pools: { base: 0.7, tier_bonus: 0.25, validators } });
    const report = await folder.planted("pool", pools(0.05), pools(0.03));
    const paid = await differing(pools(0.05), pools(0.03), "payouts", "participant", ({ paid_rao }) => paid_rao);
    const slashed = await differing(pools(0.05), pools(0.03), "slashes", "validator", ({ taken_rao }) => taken_rao);
    expect(paid.length).toBeGreaterThan(2);
    expect(Object.keys(byCause(report))).toEqual(["pot.validators"]);
    expect(positions(byCause(report)["pot.validators"])).toEqual([...new Set([...paid, ...slashed])].sort());
    const [{ recorded_rao }] = (await folder.rowsIn(pools(0.05), "epochs")).rows;
    const { first, rule, changed } = report.groups[0];
    expect({ rule, changed }).toMatchObject({ rule: "index.rewards.pools", changed: [{ path: "index.rewards.pools.validators" }] });
    expect(first?.epoch).toBe(1);
    expect(Math.abs((first?.before ?? 0) - 0.05 * recorded_rao)).toBeLessThanOrEqual(1);
    expect(Math.abs((first?.after ?? 0) - 0.03 * recorded_rao)).toBeLessThanOrEqual(1);
  });

  it("of participants is theirs alone", async () => {
    const pools = (base: number) => index({ pools: { base, tier_bonus: 0.2, validators: 0.05 } });
    const report = await folder.planted("base", pools(0.7), pools(0.6));
    const paid = await differing(pools(0.7), pools(0.6), "payouts", "participant", ({ paid_rao }) => paid_rao);
    expect(positions(byCause(report)["pot.base_pool"])).toEqual(paid.sort());
  });
});

describe("the cap of the ten best paid", () => {
  it.each([
    { name: "comes", from: null, to: 0.9, before: 1 },
    { name: "is lowered", from: 0.9, to: 0.5, before: 0.9 },
  ])("$name: it is named, with whom it cuts, lifts, or leaves with another share", async ({ name, from, to, before }) => {
    const capped = (max_top10_share: number | null) => index({ max_top10_share });
    const report = await folder.planted(`cap-${name.replace(" ", "-")}`, capped(from), capped(to));
    const hit = await differing(capped(from), capped(to), "payouts", "participant", ({ paid_rao }) => paid_rao);
    expect(hit.length).toBeGreaterThan(2);
    expect(positions(byCause(report)["cap.max_top10_share"])).toEqual(hit.sort());
    expect(Object.keys(byCause(report))).toEqual(["cap.max_top10_share"]);
    expect(report.groups[0]).toMatchObject({
      rule: "the cap of the ten best paid",
      changed: [{ path: "index.rewards.max_top10_share", a: from, b: to }],
      first: { before, after: to },
    });
    expect(guardText(report, PLAIN_STYLE)).toContain(`it was ${before}, is ${to}`);
  });

  it("that takes nothing is no cause", async () => {
    const capped = (base: number, max_top10_share: number | null) => ({
      ...index({ pools: { base, tier_bonus: 0.25, validators: 0 }, max_top10_share }),
    });
    const report = await folder.planted("idle", capped(0.7, null), capped(0.75, 1));
    expect(Object.keys(byCause(report))).not.toContain("cap.max_top10_share");
    expect(byCause(report)["pot.base_pool"].length).toBeGreaterThan(2);
  });
});
