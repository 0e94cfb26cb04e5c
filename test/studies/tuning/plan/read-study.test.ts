import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../../../engine/index.js";
import { ScenarioErrors } from "../../../../scenarios/index.js";
import { isStudy, readStudy, studyFileOf } from "../../../../studies/tuning/plan/read-study.js";
import { refusalOf, useTemporaryFolders } from "../../../recorders/temporary-folder.js";

const folder = useTemporaryFolders();
const HEAD = "study: mine\nscenario: demo\n";
const VARY = "vary: { vesting.max_multiplier: [1.5, 2] }\n";
const read = (text: string) => readStudy(text, "mine.yaml");

/** What is refused of a study, by schema or by what its parts do not allow together. */
async function refusals(text: string): Promise<readonly TenureError[]> {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof ScenarioErrors) return error.errors;
    if (error instanceof TenureError) return [error];
    throw error;
  }
  return expect.fail("nothing was refused");
}

describe("a study file", () => {
  it("has every default that is not stated", async () => {
    const plan = await read(HEAD + VARY);
    expect(plan).toMatchObject({
      name: "mine",
      description: null,
      file: "mine.yaml",
      scenario: "demo",
      sets: [],
      objectives: [
        { name: "held_pay_share", better: "max" },
        { name: "pot_moved", better: "min" },
      ],
      limits: [],
      sampler: { name: "grid" },
      trials: null,
      replicates: { from: 0, to: 0 },
      heldOut: 0,
      validation: null,
      pruning: null,
      sensitivity: null,
      seed: 1,
    });
  });

  it("says domains as a person does", async () => {
    const { space, trials, sampler } = await read(`${HEAD}
vary:
  a: { from: 0, to: 0.6, step: 0.2 }
  b: { from: 1, to: 100, points: 3, scale: log }
  c: { from: 1, to: 9, points: 4, integer: true }
  d: { from: 1, to: 100, scale: log, integer: true }
  e: [filo, 2, true]
objectives: [pot_moved]
sampler: { kind: tpe, startup: 5 }
`);
    expect(space.parameters.map(({ domain }) => domain)).toEqual([
      { kind: "list", values: [0, 0.2, 0.4, 0.6] },
      { kind: "list", values: [1, 10, 100] },
      { kind: "list", values: [1, 4, 6, 9] },
      { kind: "range", from: 1, to: 100, scale: "log", isWhole: true },
      { kind: "list", values: ["filo", 2, true] },
    ]);
    expect(trials).toBe(100);
    expect(sampler.parameters).toMatchObject({ startup: 5, batch: 4 });
  });

  it("says the rest", async () => {
    const plan = await read(`${HEAD}${VARY}
set: { time.days: 3, name: "a b" }
objectives: [{ figure: price_end, better: min }, { name: sold, sql: "SELECT 1", better: max }]
limits: [{ figure: pot_moved, at_most: 0.1, at_least: 0 }]
replicates: 3..5
held_out: 2
validation: { kind: combinatorial, groups: 5, judged: 2, gap: 1 d }
pruning: { after: 2, keep: 0.3 }
seed: 9
`);
    expect(plan).toMatchObject({
      sets: ["time.days=3", 'name="a b"'],
      objectives: [
        { name: "price_end", better: "min" },
        { name: "sold", better: "max", sql: "SELECT 1" },
      ],
      limits: [{ figure: "pot_moved", atMost: 0.1, atLeast: 0 }],
      replicates: { from: 3, to: 5 },
      heldOut: 2,
      validation: { kind: "combinatorial", groups: 5, judged: 2, gapMs: 86_400_000, embargoMs: 0 },
      pruning: { after: 2, keep: 0.3 },
      seed: 9,
    });
    expect((await read(`${HEAD}${VARY}validation: walk_forward\n`)).validation).toMatchObject({ kind: "walk_forward", windows: 4 });
    expect((await read(`${HEAD}${VARY}validation: none\n`)).validation).toEqual({ kind: "none" });
  });

  it("takes its scenario and its files from beside it", async () => {
    const dir = await folder();
    await writeFile(
      join(dir, "own.ts"),
      'export default ({ objective }) => objective({ name: "own", meaning: "m", better: "max", parameters: {}, tables: [], measure: () => 1 });',
    );
    const text = `study: mine\nscenario: ./there.yaml\n${VARY}objectives: [{ use: ./own.ts }, { use: ./own.ts, name: other, better: min }]\n`;
    const plan = await readStudy(text, join(dir, "mine.yaml"));
    expect(plan.scenario.endsWith("there.yaml")).toBe(true);
    expect(plan.objectives).toEqual([
      { name: "own", better: "max", use: "./own.ts" },
      { name: "other", better: "min", use: "./own.ts" },
    ]);
    expect(plan.modules).toHaveLength(2);
    expect(await refusalOf(() => readStudy(text.replaceAll("own.ts", "none.ts"), join(dir, "mine.yaml")))).toMatchObject({
      code: expect.stringMatching(/^TEN-PLUGIN-/),
    });
  });

  it.each([
    ["no scenario", `study: mine\n${VARY}`, "TEN-SCENARIO-008", /scenario/],
    ["a key that is none", `${HEAD}${VARY}samplr: grid\n`, "TEN-SCENARIO-004", /samplr/],
    ["a sampler that is none", `${HEAD}${VARY}sampler: genetic\n`, "TEN-SCENARIO-006", /sampler/],
    ["a parameter that the sampler has not", `${HEAD}${VARY}sampler: { kind: tpe, scramble: true }\n`, "TEN-SCENARIO-004", /scramble/],
    ["no trial", `${HEAD}${VARY}trials: 0\n`, "TEN-SCENARIO-006", /trials/],
    ["a name with a blank", `study: my study\nscenario: demo\n${VARY}`, "TEN-SCENARIO-006", /study/],
    ["a share that is none", `${HEAD}${VARY}pruning: { keep: 1 }\n`, "TEN-SCENARIO-006", /keep/],
    ["an empty list", `${HEAD}vary: { a: [] }\n`, "TEN-SCENARIO-006", /vary/],
    ["a range without an end", `${HEAD}vary: { a: { from: 1 } }\n`, "TEN-SCENARIO-008", /to/],
  ])("is refused with %s, where it stands", async (_, text, _code, place) => {
    const [refusal] = await refusals(text);
    expect(refusal.code).toMatch(/^TEN-SCENARIO-\d{3}$/);
    expect(refusal.place?.file).toBe("mine.yaml");
    expect(`${refusal.place?.path} ${String(refusal.found)} ${refusal.message}`).toMatch(place);
    expect([refusal.allowed, refusal.hint].some((one) => one !== undefined)).toBe(true);
  });

  it.each([
    ["from above to", "vary: { a: { from: 2, to: 1 } }", "TEN-TUNE-116", "2 to 1"],
    ["points and a step", "vary: { a: { from: 1, to: 2, points: 3, step: 0.5 } }", "TEN-TUNE-116", "points and step"],
    ["a log scale from 0", "vary: { a: { from: 0, to: 2, scale: log } }", "TEN-TUNE-116", "from 0 on a log scale"],
    ["steps on a log scale", "vary: { a: { from: 1, to: 2, scale: log, step: 1 } }", "TEN-TUNE-116", "a step on a log scale"],
    ["whole numbers between others", "vary: { a: { from: 0.5, to: 2, integer: true } }", "TEN-TUNE-116", "0.5 to 2"],
    ["a value twice", "vary: { a: [1, 2, 1] }", "TEN-TUNE-116", "1 twice"],
    ["too many steps", "vary: { a: { from: 0, to: 1, step: 0.0001 } }", "TEN-TUNE-116", "more than 1000 values"],
    ["a limit of nothing", `${VARY}limits: [{ figure: pot_moved }]`, "TEN-TUNE-116", "pot_moved"],
    ["two objectives for one", `${VARY}sampler: tpe`, "TEN-TUNE-116", "tpe, 2 objectives"],
    ["one objective for several", `${VARY}sampler: nsga2\nobjectives: [pot_moved]`, "TEN-TUNE-116", "nsga2, 1 objective"],
    ["an objective twice", `${VARY}objectives: [pot_moved, pot_moved]`, "TEN-TUNE-104", "pot_moved"],
    ["an objective without a side", `${VARY}objectives: [miners]`, "TEN-TUNE-103", "miners"],
    ["a constraint of something else", `${VARY}constraints: ["vesting.max_multiplir < 2"]`, "TEN-TUNE-150", /max_multiplir/],
    [
      "more combinations than anybody waits for",
      "vary: { a: { from: 1, to: 900, step: 1 }, b: { from: 1, to: 900, step: 1 } }",
      "TEN-TUNE-102",
      "810000 trials",
    ],
    ["nothing to vary", "vary: {}", "TEN-TUNE-102", "no --vary"],
    ["odd levels", `${VARY}sensitivity: { kind: morris, levels: 3 }`, "TEN-TRUST-007", 3],
  ])("is refused for %s", async (_, text, code, found) => {
    const [refusal] = await refusals(`${HEAD}${text}\n`);
    expect(refusal).toMatchObject({ code, found: found instanceof RegExp ? expect.stringMatching(found) : found });
    expect(refusal.place).toBeDefined();
    expect(refusal.hint).toBeDefined();
    expect(refusal.allowed).toBeDefined();
  });

  it("is told from a scenario by its first key", async () => {
    expect(isStudy(HEAD)).toBe(true);
    expect(isStudy("# a comment\n\nstudy: a\n")).toBe(true);
    expect(isStudy('{ "study": "a" }')).toBe(true);
    expect(isStudy("name: a\n# study: b\n")).toBe(false);
    expect(isStudy("closed_loop:\n  study: no\n")).toBe(false);
    expect(studyFileOf("demo")).toBe(null);
    expect(studyFileOf("tune-retention")?.text).toContain("study: tune-retention");
  });
});
