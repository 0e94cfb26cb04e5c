import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byCause, differingIn, GuardedFolder, MADE, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

const positions = (hotkeys: readonly string[] = []) => hotkeys.filter((hotkey) => !hotkey.startsWith("("));

describe("what was recorded to be paid is another sum", () => {
  const START = Date.UTC(2026, 0, 1);
  const EPOCH = 4_320_000;
  const EPOCHS = 12;

  /** In odd amounts; `first` is swapped to `swapped` behind the seventh epoch, `fresh` comes with the ninth, `seller` sells before and after. */
  async function record(name: string, timesOf: (hotkey: string, epoch: number) => number): Promise<void> {
    const paid = [["time_ms", "netuid", "hotkey", "coldkey", "uid", "role", "amount_rao"]];
    for (let epoch = 1; epoch <= EPOCHS; epoch++) {
      const keys: readonly (readonly [string, number, number])[] = [
        [epoch > 7 ? "swapped" : "first", 0, 3],
        ["other", 1, 2],
        ...(epoch > 8 ? [["fresh", 2, 1] as const] : []),
        ["seller", 3, 4],
      ];
      for (const [hotkey, uid, weight] of keys) {
        const amount = String(Math.round(weight * 1_000_000_007 * timesOf(hotkey, epoch)));
        paid.push([`${START + epoch * EPOCH}`, "5", hotkey, `cold-${uid}`, `${uid}`, "miner", amount]);
      }
    }
    const stake = [
      ["time_ms", "action", "netuid", "hotkey", "coldkey", "amount_rao", "to_hotkey"],
      [`${START + 2 * EPOCH + 1000}`, "removed", "5", "seller", "cold-3", "4000000000", ""],
      [`${START + 7 * EPOCH + 1000}`, "hotkey_swapped", "5", "first", "cold-0", "0", "swapped"],
      [`${START + 8 * EPOCH + 1000}`, "removed", "5", "seller", "cold-3", "9000000000", ""],
    ];
    await folder.record({ emission: paid, stake }, name);
  }

  const guarded = async (name: string, rules: Settings, data: string) => {
    const settings: Settings = {
      name,
      streams: ["emission", "stake"].map((recorded) => ({ recorded, coverage: "subnet" })),
      subnet: { netuid: 5 },
      emission: "redistribute",
      ...rules,
    };
    await folder.update(settings, { data: join(folder.path, "then"), terms: true });
    return folder.run(settings, { data: join(folder.path, data) });
  };

  beforeAll(async () => {
    await record("then", () => 1);
    await record("less", (_, epoch) => (epoch >= 6 ? 0.5 : 1));
    await record("one", (hotkey, epoch) => (epoch >= 6 && hotkey === "other" ? 0.5 : 1));
  });

  it.each<{ readonly name: string; readonly rules: Settings }>([
    { name: "stages", rules: { stages: [{ multiplier: { rule: "geometric", retention_window_days: 0.4 } }] } },
    { name: "curved", rules: { stages: [{ curve: { kind: "power", exponent: 1.7 } }, { cap: { max_share: 0.6 } }] } },
    { name: "vesting", rules: { vesting: { retention_window_days: 0.4 } } },
  ])("$name: by the pot all are hit, also who came later, sold, or had its key swapped", async ({ name, rules }) => {
    const report = await guarded(name, rules, "less");
    expect(byCause(report)).toEqual({ pot: ["first", "fresh", "other", "seller", "swapped"] });
    expect(report.groups[0].first).toMatchObject({ epoch: 6, before: 9_000_000_063 });
  });

  it("of one alone: that one is named by its base weight, and the pot that this makes hits nobody", async () => {
    const report = await guarded("one", { vesting: { retention_window_days: 0.4 } }, "one");
    expect(byCause(report).base_weight).toEqual(["other"]);
    expect(Object.keys(byCause(report))).not.toContain("pot");
  });
});

describe("a pot that is stated", () => {
  it("of a subnet of which streams hold a part: what others earn hits all whose share it moves", async () => {
    const outside = (pot: number): Settings => ({
      ...MADE,
      streams: [{ ...(MADE.streams as Settings[])[0], coverage: "partial", miner_pot_alpha_per_block: 0.1 }],
      vesting: { retention_window_days: 1, minimum_stake: 0 },
      emission: { mode: "redistribute", outside: { miner_pot_alpha_per_block: pot } },
    });
    const [before, after] = [outside(0.4), outside(0.3)];
    const report = await folder.planted("outside", before, after);
    const moved = await differingIn(folder, { before, after }, { table: "weights", who: "position", of: (row) => row.final_weight });
    expect(Object.keys(byCause(report))).toEqual(["pot.outside"]);
    expect(positions(byCause(report)["pot.outside"])).toHaveLength(moved.length);
    // 360 blocks an epoch.
    expect(report.groups[0].first).toMatchObject({ before: 108_000_000_000, after: 72_000_000_000 });
  });

  it("of miners who decide for themselves: from the first halving on, whoever is paid otherwise", async () => {
    const halving = (halves_every: string | null): Settings => ({
      name: "halving",
      seed: 4,
      time: { start: "2026-01-01T00:00:00Z", days: 4 },
      subnet: { netuid: 30 },
      closed_loop: {
        emission: { halves_every },
        market: { kind: "pool", tao_reserve: 10_000, alpha_reserve: 200_000, tao_per_block: 0.1 },
        miners: [
          { name: "holders", count: 3, strategy: "hold", skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 100 } },
          { name: "sellers", count: 3, strategy: { kind: "sell_fraction", share: 0.7 }, skill: { from: 0.5, to: 4 } },
        ],
      },
      vesting: { retention_window_days: 1, minimum_stake: 0 },
    });
    const report = await folder.planted("halving", halving(null), halving("2 d"));
    expect(byCause(report)).toEqual({ pot: [1, 2, 3].flatMap((one) => [`holders-${one}`, `sellers-${one}`]).sort() });
    // 40 epochs of 72 minutes are two days.
    expect(report.groups[0].first?.epoch).toBe(41);
  });
});
