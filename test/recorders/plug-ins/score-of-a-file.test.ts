import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRun, runScenario, runToSummary, verifyRun } from "../../../recorders/index.js";
import { explainParticipant, PLAIN_STYLE, participantText } from "../../../reports/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { places, refusals } from "../../scenarios/scenario-text.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const scenario = (score: string, preset = "null") => `name: scored
time: { start: 2025-01-01, days: 1 }
streams: [{ synthetic: prices, subnets: 3, model: { kind: geometric_brownian_motion, volatility_per_year: 2 } }]
index:
  netuid: 99
  fund: { constituents: 2 }
  founding: { supply: 5000, source: given, weights: [{ netuid: 1, weight: 0.75 }, { netuid: 2, weight: 0.25 }] }
  rebalancing: never
  market: { kind: pool, tao_reserve: 1000, noise_traders: { count: 10, tao: 200, tokens: 200, trade_probability: 0.2, mean_size: 4 } }
  participants: [{ name: desk, count: 3, tao: 1000, max_transaction_size: 20, sizing: best }]
  validators: [{ name: keeper, count: 3, stake: 5000 }]
  rewards: { base_by: score, preset: ${preset}, score: ${score} }
`;
const scoring = (formula: string, parameters = "") =>
  `export default ({ scoreRule, number }) => scoreRule({ name: "mine", meaning: "own words", parameters: { ${parameters} }, bind: (of) => ${formula} });`;
const WEIGHTS = `${["volume", "frequency", "consistency"].map((name) => `${name}Weight: number({ range: { atLeast: 0, atMost: 1 }, default: 0.25, meaning: "m" })`).join(", ")}`;
const SUM =
  "(_, volume, frequency, consistency) => of.volumeWeight * volume + of.frequencyWeight * frequency + of.consistencyWeight * consistency";

async function project(rule: string, score: string, preset?: string) {
  const dir = await folder();
  await writeFile(join(dir, "mine.ts"), rule);
  await writeFile(join(dir, "scored.yaml"), scenario(score, preset));
  return { dir, file: join(dir, "scored.yaml"), out: join(dir, "run") };
}
const shown = async (out: string) => {
  const report = await explainParticipant(await openRun(out), { hotkey: "desk-1" });
  if (report.kind !== "participant") throw new Error("it is a validator");
  return report;
};

describe("a score of a file", () => {
  it("pays what the built-in one with the same formula pays, to the rao", async () => {
    const { file, out } = await project(scoring(SUM, WEIGHTS), "{ formula: ./mine.ts, with: { volume_weight: 0.5 } }");
    const own = await runScenario(loadScenario(file), { out, duckdb: false });
    const builtIn = join(await folder(), "built-in.yaml");
    await writeFile(builtIn, scenario("{ volume_weight: 0.5, frequency_weight: 0.25, consistency_weight: 0.25 }"));
    const { manifest } = await runScenario(loadScenario(builtIn), { out: `${out}-built-in`, duckdb: false });
    expect(own.manifest.summary.index).toEqual(manifest.summary.index);
    expect(own.manifest.inputs.find(({ source }) => source === "plug_in")).toEqual({
      stream: "index.rewards.score",
      source: "plug_in",
      kind: "score_rule",
      file: "../mine.ts",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await verifyRun(out)).toMatchObject({ ok: true, rerunDigest: own.manifest.digest });
  });

  it("is explained by its parameters and its meaning where it tells nothing more", async () => {
    const { file, out } = await project(scoring(SUM, WEIGHTS), "{ formula: ./mine.ts, with: { volume_weight: 0.5 } }");
    await runScenario(loadScenario(file), { out, duckdb: false });
    const report = await shown(out);
    expect(report.score?.score).toBeGreaterThan(0);
    expect(report.score_terms).toEqual([
      { name: "volume_weight", formula: "", value: 0.5 },
      { name: "frequency_weight", formula: "", value: 0.25 },
      { name: "consistency_weight", formula: "", value: 0.25 },
      { name: "score", formula: "own words", value: report.score?.score },
    ]);
    expect(report).toMatchObject({ terms_note: null, unread: [], rewards: { score: { formula: "mine" } } });
    expect(participantText(report, 5, PLAIN_STYLE)).toMatch(/score +[\d.]+ +own words/);
    await writeFile(file.replace("scored.yaml", "mine.ts"), scoring("() => 1"));
    expect(await shown(out)).toMatchObject({ score_terms: null, unread: [expect.stringContaining("was changed")] });
  });

  it("that fails or answers otherwise when it is traced is told of", async () => {
    const { file, out } = await project(
      scoring("(w, volume, f, c, trace) => (trace === null ? volume : volume / 2)"),
      "{ formula: ./mine.ts }",
    );
    await runScenario(loadScenario(file), { out, duckdb: false });
    const report = await shown(out);
    const { volume } = report.score ?? { volume: Number.NaN };
    expect(report.terms_note).toBe(`The rule mine gives ${volume / 2} when it is asked for its terms, and gave ${volume} in the run.`);
    expect(participantText(report, 5, PLAIN_STYLE)).toContain("in the run.");
    const failing = await project(
      scoring("(w, volume, f, c, trace) => (trace === null ? volume : trace.tern())"),
      "{ formula: ./mine.ts }",
    );
    await runScenario(loadScenario(failing.file), { out: failing.out, duckdb: false });
    expect(await shown(failing.out)).toMatchObject({
      score_terms: null,
      terms_note: expect.stringMatching(/^The rule mine fails when it is asked for its terms, so they are not shown: .*tern/),
    });
  });

  it("stands beside a preset, which then states no weights of a built-in one", async () => {
    const { file } = await project(scoring("(w, volume) => volume"), "{ formula: ./mine.ts }", "tao20-original-rewards");
    expect((await runToSummary(loadScenario(file))).index?.epochs).toBe(24);
  });

  it.each([
    ["(w, volume) => (volume > 0 ? NaN : 0)", "TEN-PLUGIN-010", Number.NaN],
    ["() => -1", "TEN-PLUGIN-010", -1],
    ["() => 1e101", "TEN-PLUGIN-010", 1e101],
    ["() => Date.UTC(2025)", "TEN-PLUGIN-011", expect.stringContaining("Date is not there for a rule")],
  ])("%s ends the run, and tells the rule, the miner, the subnet and the epoch", async (formula, code, found) => {
    const { file, out } = await project(scoring(formula), "{ formula: ./mine.ts }");
    const error = await refusalOf(() => runScenario(loadScenario(file), { out }));
    expect([error.code, error.found, error.place]).toEqual([code, found, { file: "./mine.ts" }]);
    expect(error.what).toMatch(/^The rule mine .*score.* miner desk-\d, subnet 99, epoch \d+, which ends 2025-01-01T/);
    expect(existsSync(out)).toBe(false);
  });

  it("that binds to no formula is refused before the run", async () => {
    const { file, out } = await project(scoring("1"), "{ formula: ./mine.ts }");
    expect((await refusalOf(() => runScenario(loadScenario(file), { out }))).code).toBe("TEN-PLUGIN-012");
  });
});

describe("beside a score of a file", () => {
  it.each([
    ["{ formula: ./a.ts, volume_weight: 0.5 }", "TEN-SCENARIO-008 12:85 index.rewards.score.volume_weight"],
    ["{ with: { a: 1 } }", "TEN-SCENARIO-008 12:59 index.rewards.score.with"],
    ["{ formula: weighted_sun }", "TEN-SCENARIO-006 12:62 index.rewards.score.formula"],
  ])("%s is refused", (score, place) => expect(places(scenario(score))).toEqual([place]));

  it("a misspelt name is still suggested", () => {
    expect(refusals(scenario("{ formula: weighted_sun }"))[0]?.hint).toBe("Did you mean weighted_sum?");
  });
});
