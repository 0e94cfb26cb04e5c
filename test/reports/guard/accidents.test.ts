import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseExpectation } from "../../../reports/index.js";
import { byCause, GuardedFolder, MADE, type Settings } from "./guarded.js";

// What went wrong on real subnets, rebuilt: each changes one thing of a scenario that was approved.

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

const expected = (...texts: readonly string[]) => ({ expectations: texts.flatMap((text) => parseExpectation(text) ?? []) });

/** A stage whose code is as was approved, and then as it was released. */
async function released(name: string, body: { readonly before: string; readonly after: string }, list: readonly Settings[] = []) {
  const file = `${name}.mjs`;
  const code = (factor: string) => `export default ({ factorStage }) => factorStage({
    name: "${name}", meaning: "a factor", parameters: {},
    bind: () => ({ ceiling: 1, factor: ({ stakeRao, heldShare, heldDays }, miner) => ${factor} }),
  });`;
  const settings = { ...MADE, name, stages: [{ plug_in: { rule: `./${file}` } }, ...list] };
  await writeFile(join(folder.path, file), code(body.before));
  await folder.update(settings, { terms: true });
  await writeFile(join(folder.path, file), code(body.after));
  return folder.run(settings, expected("gini_after > 0.1"));
}

const HELD = "heldShare[miner] >= 0 ? heldShare[miner] : 0.5";

describe("a guard fails where", () => {
  it("collateral is recorded as 0, so that the pot is recycled", async () => {
    const report = await released("collateral", { before: "stakeRao[miner] >= 1e9 ? 1 : 0", after: "0 * stakeRao[miner] >= 1e9 ? 1 : 0" }, [
      { residual: "recycle" },
    ]);
    expect(report.groups[0]).toMatchObject({ cause: "stage.collateral.factor", first: { before: 1, after: 0 } });
    const recycled = report.lines.find(({ kind }) => kind === "rest");
    expect(recycled?.hotkey).toBe("recycle");
    // All that there is.
    expect(recycled?.gotRao).toBe(report.lines.reduce((sum, { expectedRao }) => sum + expectedRao, 0n));
  });

  it("what is no number makes all weights the largest ones", async () => {
    const report = await released("numbers", { before: HELD, after: "Number.isNaN(heldShare[miner] * NaN) ? 1 : 0" });
    expect(report.ok).toBe(false);
    expect(report.groups[0].cause).toBe("stage.numbers.factor");
  });

  it("some miners have nothing in some epochs", async () => {
    const report = await released("nothing", { before: "1", after: "stakeRao[miner] > 40e9 && stakeRao[miner] < 60e9 ? 0 : 1" });
    const { "stage.nothing.factor": own, ...others } = byCause(report);
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(6);
    expect(Object.keys(others)).toEqual(["others_weights"]);
  });

  it("the sign of a reward slips", async () => {
    const report = await released("sign", { before: HELD, after: `1 - (${HELD})` });
    expect(report.groups[0]).toMatchObject({ cause: "stage.sign.factor", rule: "sign" });
  });

  it("most scores are distorted", async () => {
    const report = await released("scores", { before: HELD, after: `stakeRao[miner] % 10 < 7.5 ? (${HELD}) / 2 : ${HELD}` });
    expect(report.groups[0].cause).toBe("stage.scores.factor");
    expect(report.groups[0].lines.length).toBeGreaterThan(3);
  });

  it("pay is nearly flat, also without a baseline", async () => {
    const even = { ...MADE, streams: [{ ...(MADE.streams as Settings[])[0], share_spread: 1, share_jitter: 0 }], name: "flat" };
    const report = await folder.run(even, expected("gini_after > 0.1", "miners = 6"));
    expect(report).toMatchObject({ ok: false, outcome: "not_compared", expectations: [{ met: false }, { met: true }] });
  });
});
