import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readComparison } from "../../../reports/comparison-page/read-comparison.js";
import { stagesSection } from "../../../reports/comparison-page/stages-section.js";
import { PLAIN_STYLE, pairedStageShifts, pairsComparisonText, runComparison } from "../../../reports/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { compareScenarios, openStudy } from "../../../studies/index.js";

const scenario = (name: string, max_share: number, burn: number) =>
  parseScenario(
    JSON.stringify({
      name,
      time: { start: "2025-01-01T00:00:00Z", days: 0.5 },
      subnet: { netuid: 7 },
      streams: [{ synthetic: "subnet", miners: 5, share_jitter: 0.4 }],
      emission: "redistribute",
      stages: [{ cap: { max_share, excess: "residual" } }, { burn: { share: burn } }, { residual: "burn" }],
      record: { tables: "all", every_epochs: 1, stage_weights: "every" },
    }),
    `${name}.yaml`,
  );

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-pairs-"));
  await compareScenarios(scenario("wide", 0.3, 0.1), scenario("narrow", 0.2, 0.4), {
    out: join(folder, "c"),
    replicates: { from: 0, to: 1 },
    jobs: 1,
    duckdb: false,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("what stages take and give over pairs of replicates", () => {
  it("is the mean of what the pairs of runs say, those first that differ most", async () => {
    const [a, b] = [await openStudy(join(folder, "c", "a")), await openStudy(join(folder, "c", "b"))];
    const stages = await pairedStageShifts(a, b, [0, 1]);
    expect(stages.map(({ stage, path_a, path_b }) => [stage, path_a, path_b]).sort()).toEqual([
      ["burn", "stages.1", "stages.1"],
      ["cap", "stages.0", "stages.0"],
    ]);
    expect(stages.find(({ stage }) => stage === "burn")).toMatchObject({
      taken_a: expect.closeTo(0.1, 12),
      taken_b: expect.closeTo(0.4, 12),
    });
    const pairs = await Promise.all(
      [0, 1].map(async (replicate) => runComparison(await a.openReplicate(replicate), await b.openReplicate(replicate), { top: 1 })),
    );
    const [first, second] = pairs.map(({ stages: own }) => own.find(({ stage }) => stage === "cap"));
    const cap = stages.find(({ stage }) => stage === "cap");
    expect(first?.taken_change).toBeGreaterThan(0);
    expect(second?.taken_b).not.toBe(first?.taken_b);
    expect(cap?.taken_b).toBeCloseTo(((first?.taken_b ?? 0) + (second?.taken_b ?? 0)) / 2, 12);
    expect(cap?.taken_change).toBeCloseTo((cap?.taken_b ?? 0) - (cap?.taken_a ?? 0), 12);
    // Of two values: mean +- t(0.975, 1) * |difference| / 2, and t is tan(0.475 pi).
    const changes = [first, second].map((one) => one?.taken_change ?? 0);
    const half = (Math.tan(0.475 * Math.PI) * Math.abs(changes[0] - changes[1])) / 2;
    expect(half).toBeGreaterThan(0);
    const mean = (changes[0] + changes[1]) / 2;
    expect(cap?.taken_interval).toEqual({ low: expect.closeTo(mean - half, 9), high: expect.closeTo(mean + half, 9) });
    expect(stages.find(({ stage }) => stage === "burn")?.taken_interval).toEqual({
      low: expect.closeTo(0.3, 12),
      high: expect.closeTo(0.3, 12),
    });
    const [alone] = await pairedStageShifts(a, b, [0]);
    expect([alone.taken_interval, alone.given_interval]).toEqual([null, null]);
  });

  it("is shown by the text and the page", async () => {
    const data = await readComparison(join(folder, "c"), "c");
    expect(data.comparison.stages.map(({ stage }) => stage).sort()).toEqual(["burn", "cap"]);
    const text = pairsComparisonText(data.comparison, PLAIN_STYLE);
    expect(text).toMatch(/What stages take and give, of the pot[\s\S]*burn +10\.00 % +40\.00 %/);
    expect(text).toMatch(/burn .* \+30\.00 percentage points +\+30\.00 to \+30\.00/);
    const page = String(stagesSection(data)?.content);
    expect(page).toContain("40.00 %");
    expect(page).toContain("95 % interval");
    expect(page).toContain("+30.00 to +30.00");
    expect(stagesSection({ ...data, comparison: { ...data.comparison, stages: [] } })).toBeNull();
  });
});
