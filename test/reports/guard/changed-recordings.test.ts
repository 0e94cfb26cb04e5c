import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importTable } from "../../../recorders/index.js";
import { guardText, PLAIN_STYLE } from "../../../reports/index.js";
import { byCause, GuardedFolder, type Settings } from "./guarded.js";

const START = Date.UTC(2026, 0, 1);
const EPOCH = 4_320_000;

interface Told {
  readonly collateral?: number;
  readonly score?: number;
  readonly price?: number;
}

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
  await record("then", {});
  await record("collateral", { collateral: 5 });
  await record("score", { score: 9 });
  await record("price", { price: 0.02 });
  await record("several", { collateral: 5, price: 0.02 });
});
afterAll(() => folder.remove());

/** Three miners over six epochs; from the third on `b` has this collateral and `a` this score, and alpha has this price. */
async function record(name: string, { collateral = 10, score = 3, price = 0.05 }: Told): Promise<void> {
  const emission = [["time_ms", "netuid", "hotkey", "coldkey", "uid", "role", "amount_rao"]];
  const scores = [["time_ms", "netuid", "hotkey", "score"]];
  const collaterals = [["time_ms", "netuid", "hotkey", "amount_rao"]];
  const prices = [["time_ms", "netuid", "price_tao_per_alpha"]];
  for (let epoch = 1; epoch <= 6; epoch++) {
    const before = `${START + epoch * EPOCH - 1000}`;
    const isLate = epoch >= 3;
    prices.push([before, "5", `${isLate ? price : 0.05}`]);
    for (const [uid, hotkey] of ["a", "b", "c"].entries()) {
      emission.push([`${START + epoch * EPOCH}`, "5", hotkey, `cold-${uid}`, `${uid}`, "miner", "1000000000"]);
      scores.push([before, "5", hotkey, `${hotkey === "a" && isLate ? score : 3 - uid}`]);
      collaterals.push([before, "5", hotkey, `${(hotkey === "b" && isLate ? collateral : 10) * 1e9}`]);
    }
  }
  const tables = { emission, scores, collateral: collaterals, price: prices };
  for (const [kind, rows] of Object.entries(tables)) {
    const file = join(folder.path, `${kind}.csv`);
    await writeFile(file, `${rows.map((row) => row.join(",")).join("\n")}\n`);
    await importTable(file, { kind: kind as keyof typeof tables, map: {}, addresses: "any", out: join(folder.path, name, kind) });
  }
}

async function guarded(name: string, rules: Settings, { now, terms }: { readonly now: string; readonly terms: boolean }) {
  const streams = ["emission", "scores", "collateral", "price"].map((recorded) => ({ recorded, coverage: "subnet" }));
  const settings: Settings = { name: `${name}-${now}-${terms}`, streams, subnet: { netuid: 5 }, emission: "redistribute", ...rules };
  await folder.update(settings, { data: join(folder.path, "then"), terms });
  return folder.run(settings, { data: join(folder.path, now) });
}

const gate = { gate: { by: "collateral", at_least: 8, below: "scale" } };
const residual = { residual: "burn" };
const told: Readonly<Record<string, Settings>> = {
  gate: { stages: [gate, residual] },
  pool: { stages: [{ pools: [{ name: "all", share: 1, members: "rest", stages: [gate] }] }, residual] },
  budget: { stages: [{ budget: { per_epoch: 0.1, unit: "tao" } }, residual] },
  scored: { weights: { from: "scores" }, stages: [{ curve: { kind: "power", exponent: 2 } }] },
};

describe("a recording that is another one", () => {
  it.each([
    { rules: "gate", now: "collateral", cause: "stage.gate.collateral", who: ["b"], kind: "collateral" },
    { rules: "gate", now: "several", cause: "stage.gate.collateral", who: ["b"], kind: "collateral" },
    { rules: "pool", now: "collateral", cause: "stage.pools.collateral", who: ["b"], kind: "collateral" },
    { rules: "budget", now: "price", cause: "stage.budget.price", who: ["a", "b", "c"], kind: "price" },
  ])("$now is named where the $rules is told of it, with the file: $cause", async ({ rules, now, cause, who, kind }) => {
    const report = await guarded(rules, told[rules], { now, terms: true });
    expect(byCause(report)).toEqual({ [cause]: ["(burn)", ...who] });
    expect(report.groups[0].rule).toContain(`: ${kind}/${kind}.arrow is not that of the baseline`);
    expect(report.groups[0].first).toMatchObject({ epoch: 3, before: null, after: null });
  });

  it("of scores makes other base weights of whom it scores", async () => {
    const report = await guarded("scored", told.scored, { now: "score", terms: true });
    expect(byCause(report)).toEqual({ base_weight: ["a"], others_weights: ["b", "c"] });
  });

  it("is named by its kind where the baseline has no terms, and by its files where several are others", async () => {
    const one = await guarded("scored", told.scored, { now: "score", terms: false });
    expect(byCause(one)).toEqual({ "streams.scores": ["a", "b", "c"] });
    expect(guardText(one, PLAIN_STYLE)).toContain("scores of the recordings: scores/scores.arrow is not that of the baseline");
    const several = await guarded("gate", told.gate, { now: "several", terms: false });
    expect(byCause(several)).toEqual({ data: ["(burn)", "b"] });
    expect(several.groups[0].rule).toBe("collateral/collateral.arrow, price/price.arrow are not those of the baseline");
  });
});
