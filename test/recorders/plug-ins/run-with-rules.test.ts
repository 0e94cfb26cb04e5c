import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRun, runScenario, runToSummary, verifyRun } from "../../../recorders/index.js";
import { explainMiner, minerText, PLAIN_STYLE } from "../../../reports/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { cases } from "../../cases.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const SCENARIO = `name: own
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 7, tempo: 720 }
streams: [{ synthetic: subnet, name: peers, miners: 4 }]
emission: redistribute
`;
const RULE = `import { most } from "./most.js";
export default ({ multiplierRule, number, min }) => multiplierRule({
  name: "mine", meaning: "held share, a share of it",
  parameters: { part: number({ range: { atLeast: 0, atMost: 1 }, default: 1, meaning: "m" }) },
  ceiling: () => most,
  bind: ({ part }) => (heldShare) => min(most, heldShare * part),
});`;

/** A project with a scenario that names a rule, which imports a file. */
async function project(): Promise<string> {
  const dir = await folder();
  await mkdir(join(dir, "rules"));
  await writeFile(join(dir, "rules", "mine.ts"), RULE);
  await writeFile(join(dir, "rules", "most.ts"), "export const most = 1;");
  await writeFile(join(dir, "own.yaml"), `${SCENARIO}vesting: { rule: ./rules/mine.ts, with: { part: 0.5 } }\n`);
  return dir;
}

async function ran(dir: string) {
  const out = join(dir, "runs", "own");
  const { manifest } = await runScenario(loadScenario(join(dir, "own.yaml")), { out, duckdb: false });
  return { out, manifest, input: manifest.inputs.find(({ source }) => source === "plug_in") };
}

describe("a run with a rule of a file", () => {
  it("has the hash of all that the rule is made of among its inputs, and is verified", async () => {
    const { out, input, manifest } = await ran(await project());
    expect(input).toEqual({
      stream: "vesting",
      source: "plug_in",
      kind: "multiplier_rule",
      file: "../../rules/mine.ts",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await verifyRun(out)).toMatchObject({ ok: true, rerunDigest: manifest.digest });
  });

  it("is explained by its inputs, its parameters and its meaning where the rule tells nothing more", async () => {
    const { out } = await ran(await project());
    const { terms, holding, rules, multiplier } = await explainMiner(await openRun(out), { position: 0 });
    expect(rules).toMatchObject({ rule: "mine", unread: [] });
    expect(terms).toEqual([
      { name: "held_share", formula: "", value: holding?.held_share },
      { name: "held_days", formula: "", value: holding?.held_days },
      { name: "part", formula: "", value: 0.5 },
      { name: "multiplier", formula: "held share, a share of it", value: multiplier },
    ]);
    expect(multiplier).toBe((holding?.held_share ?? 0) * 0.5);
  });

  it("is told of where it gives something else when it is traced, or fails only then", async () => {
    const traced = async (formula: string, stated = "vesting: { rule: ./f.js }") => {
      const dir = await folder();
      const text = `export default () => ({ kind: "multiplier_rule", name: "two_faced", meaning: "m", ceiling: () => 1, bind: () => ${formula} });`;
      await writeFile(join(dir, "f.js"), text);
      await writeFile(join(dir, "own.yaml"), `${SCENARIO}${stated}\n`);
      return explainMiner(await openRun((await ran(dir)).out), { position: 0 });
    };
    const other = await traced("(share, days, exactly, trace) => (trace === null ? share : share / 2)");
    const share = other.holding?.held_share ?? Number.NaN;
    expect(other.multiplier).toBe(share);
    expect(other.terms?.at(-1)).toMatchObject({ name: "multiplier", value: share / 2 });
    const note = `The rule two_faced gives ${share / 2} when it is asked for its terms, and gave ${share} in the run.`;
    expect(other.terms_note).toBe(note);
    expect(minerText(other, PLAIN_STYLE).replace(/\s+/g, " ")).toContain(note);
    const failing = await traced("(share, days, exactly, trace) => (trace === null ? share : trace.imput())");
    expect([failing.terms, failing.terms_note]).toEqual([
      null,
      expect.stringMatching(/^The rule two_faced fails when it is asked for its terms, so they are not shown: .*imput/),
    ]);
    const half = "(share, days, exactly, trace) => (trace === null ? 1 + share : 0.5 + share / 2) / 2";
    const [stage] = (await traced(half, "stages: [{ multiplier: { rule: ./f.js } }]")).stages ?? [];
    const factor = stage.factor ?? Number.NaN;
    expect(stage.note).toBe(`The rule two_faced gives ${factor / 2} when it is asked for its terms, and gave ${factor} in the run.`);
    const strange = await traced(
      '(share, days, exactly, trace) => { trace?.term(Symbol("x"), 1, {}); trace?.term("y", Symbol("z"), { toString() { throw 1 } }); return share; }',
    );
    // What has no name or no number is no term.
    expect(strange.terms?.map(({ name }) => name)).toEqual(["held_share", "held_days", "multiplier"]);
    const honest = await traced("(share) => share");
    expect(honest.terms_note).toBeNull();
  });

  it("in a list is shown with what it leaves of the pot, as a built-in one, and named alone once its file was changed", async () => {
    const dir = await project();
    const keep = `export default () => ({ kind: "weight_stage", effect: "keep", name: "tithe", meaning: "m", bind: () => 0.9 });`;
    await writeFile(join(dir, "tithe.js"), keep);
    await writeFile(
      join(dir, "own.yaml"),
      `${SCENARIO}stages: [{ burn: { share: 0.5 } }, { plug_in: { rule: ./tithe.js } }, { multiplier: { rule: linear_retention } }]\n`,
    );
    const { out } = await ran(dir);
    const report = await explainMiner(await openRun(out), { position: 0 });
    const first = report.stages?.[2].share_before;
    expect(report.stages).toMatchObject([
      { stage: 1, name: "burn", effect: "keep", kept: 0.5, share_before: first, share_after: first },
      { stage: 2, name: "tithe", effect: "keep", kept: 0.9, share_before: first, share_after: first },
      { stage: 3, name: "multiplier", effect: "factor" },
      { stage: 4, name: "residual", variant: "normalise", effect: "residual" },
    ]);
    expect(minerText(report, PLAIN_STYLE)).toMatch(/1 burn +\S+ ?%? +leaves 50.*\n2 tithe +\S+ ?%? +leaves 90/);
    await writeFile(join(dir, "tithe.js"), `${keep}//`.replace("0.9", "0.8"));
    const { stages } = await explainMiner(await openRun(out), { position: 0 });
    expect(stages?.[1]).toMatchObject({ name: "./tithe.js", effect: "keep", kept: null });
  });

  it("is not confirmed where a file of the rule was changed or is gone, and then the rule is not executed", async () => {
    const dir = await project();
    const { out, input } = await ran(dir);
    await writeFile(join(dir, "rules", "most.ts"), 'throw new Error("executed"); export const most = 1;');
    const { ok, rerunDigest, changedInputs } = await verifyRun(out);
    expect([ok, rerunDigest, changedInputs]).toEqual([
      false,
      null,
      [{ stream: "vesting", file: "./rules/mine.ts", expected: input?.sha256, found: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    ]);
    expect(changedInputs[0].found).not.toBe(input?.sha256);
    const changed = await explainMiner(await openRun(out), { position: 0 });
    expect([changed.terms, changed.rules.unread]).toEqual([null, [expect.stringContaining("was changed")]]);
    expect(changed.multiplier).not.toBeNull();
    await rm(join(dir, "rules", "mine.ts"));
    expect((await verifyRun(out)).changedInputs).toMatchObject([{ found: null }]);
    const gone = await explainMiner(await openRun(out), { position: 0 });
    expect(gone.rules).toMatchObject({ rule: "./rules/mine.ts", unread: [expect.stringContaining("not there any more")] });
  });

  it("is verified with files that lie elsewhere now, where that is said", async () => {
    const dir = await project();
    const { out } = await ran(dir);
    const moved = await folder();
    await cp(join(dir, "rules"), join(moved, "rules"), { recursive: true });
    await rm(join(dir, "rules"), { recursive: true });
    expect(await verifyRun(out, { rules: moved })).toMatchObject({ ok: true });
  });

  it("executes nothing that lies in the run folder", async () => {
    const dir = await project();
    const { out } = await ran(dir);
    await cp(join(dir, "rules"), join(out, "rules"), { recursive: true });
    expect((await refusalOf(() => verifyRun(out, { rules: out }))).code).toBe("TEN-PLUGIN-016");
  });

  it("does not tell where files lie that have nothing to do with the run folder, and asks for them", async () => {
    const dir = await project();
    const out = join(await folder(), "deep", "run");
    const { manifest } = await runScenario(loadScenario(join(dir, "own.yaml")), { out, duckdb: false });
    const text = await readFile(join(out, "manifest.json"), "utf8");
    expect(text).not.toContain(dir);
    const input = manifest.inputs.find(({ source }) => source === "plug_in");
    if (input?.file === undefined) expect((await refusalOf(() => verifyRun(out))).code).toBe("TEN-PLUGIN-015");
    expect(await verifyRun(out, { rules: dir })).toMatchObject({ ok: true });
  });

  it("is refused where the scenario names a file that is not there, at that place; nothing is left", async () => {
    const dir = await project();
    await rm(join(dir, "rules", "mine.ts"));
    const out = join(dir, "runs", "own");
    const { code, place, what } = await refusalOf(() => runScenario(loadScenario(join(dir, "own.yaml")), { out }));
    expect([code, place]).toEqual(["TEN-PLUGIN-001", { file: join(dir, "own.yaml"), line: 6, column: 18, path: "vesting.rule" }]);
    expect(what).toContain("./rules/mine.ts");
    expect(existsSync(out)).toBe(false);
  });
});

const FAULTY = {
  multiplier: ["multiplier_rule", "vesting: { rule: ./f.js }", "(share, days) => (days > 0.5 ? NaN : 1)"],
  pooled: ["multiplier_rule", "vesting: { rule: ./f.js, key_scope: coldkey_even }", "(share, days) => (days > 0.5 ? NaN : 1)"],
  staged: ["multiplier_rule", "stages: [{ multiplier: { rule: ./f.js } }]", "(share, days) => (days > 0.5 ? NaN : 1)"],
  factor: ["factor", "stages: [{ plug_in: { rule: ./f.js } }]", "({ ceiling: 1, factor: (facts, i) => (facts.uid[i] === 2 ? 1.5 : 1) })"],
  weight: ["share", "stages: [{ plug_in: { rule: ./f.js } }]", "({ share: (facts, before, weights) => { weights[2] = -1; } })"],
  thrown: [
    "factor",
    "stages: [{ plug_in: { rule: ./f.js } }]",
    "({ ceiling: 1, factor: (facts, i) => { if (i === 2) Date.UTC(2025); return 1; } })",
  ],
} as const;

describe("a rule that fails in a run ends it, and tells the rule, the miner, the subnet and the epoch:", () => {
  const failing = async ([kind, line, bound]: readonly [kind: string, line: string, bound: string]) => {
    const dir = await folder();
    const declares = kind === "multiplier_rule" ? "kind: 'multiplier_rule', ceiling: () => 1" : `kind: 'weight_stage', effect: '${kind}'`;
    await writeFile(join(dir, "f.js"), `export default () => ({ ${declares}, name: "faulty", meaning: "m", bind: () => ${bound} });`);
    await writeFile(join(dir, "f.yaml"), `${SCENARIO}${line}\n`);
    const out = join(dir, "run");
    const error = await refusalOf(() => runScenario(loadScenario(join(dir, "f.yaml")), { out }));
    expect(existsSync(out)).toBe(false);
    return error;
  };

  it.each(["multiplier", "pooled", "staged"] as const)("%s", async (name) => {
    const { code, what, found, place } = await failing(FAULTY[name]);
    expect([code, found, place]).toEqual(["TEN-PLUGIN-010", Number.NaN, { file: "./f.js" }]);
    expect(what).toMatch(/^The rule faulty gave a multiplier .* miner peers\/miner-00\d, subnet 7, epoch \d+, which ends 2025-01-02T/);
  });

  it.each([
    ["factor", "TEN-PLUGIN-010", 1.5],
    ["weight", "TEN-PLUGIN-010", -1],
    ["thrown", "TEN-PLUGIN-011", expect.stringContaining("Date is not there for a rule")],
  ] as const)("%s", async (name, code, found) => {
    const error = await failing(FAULTY[name]);
    expect([error.code, error.found]).toEqual([code, found]);
    expect(error.what).toMatch(/^The rule faulty .* miner peers\/miner-002, subnet 7, epoch 1, which ends /);
  });

  it("weights of more than all", async () => {
    const { code, found, what } = await failing([
      "share",
      FAULTY.weight[1],
      "({ share: (facts, before, weights) => { weights.fill(0.5); } })",
    ]);
    expect([code, found]).toEqual(["TEN-PLUGIN-010", 2]);
    expect(what).toMatch(/subnet 7, epoch 1/);
  });
});

describe("a rule of a file", () => {
  const run = async (files: Readonly<Record<string, string>>, stages: string) => {
    const dir = await folder();
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    await writeFile(join(dir, "f.yaml"), `${SCENARIO}stages: [${stages}]\n`);
    return runToSummary(loadScenario(join(dir, "f.yaml")));
  };
  const stage = (effect: string, bound: string) =>
    `export default () => ({ kind: 'weight_stage', effect: '${effect}', name: "own", meaning: "m", bind: () => ${bound} });`;

  // Each takes five seconds.
  const endless = [
    ["a ceiling", "ceiling: () => { for (;;); }, bind: () => () => 1"],
    ["a bind", "ceiling: () => 1, bind: () => { for (;;); }"],
    ["a name", "get name() { for (;;); }, ceiling: () => 1, bind: () => () => 1"],
  ] as const;
  it.each(endless.slice(0, cases(1, endless.length)))("with %s that computes without end is refused", async (_, parts) => {
    const text = `export default () => ({ kind: "multiplier_rule", name: "endless", meaning: "m", ${parts} });`;
    const { code, place } = await refusalOf(() => run({ "f.js": text }, "{ multiplier: { rule: ./f.js } }"));
    expect([code, place]).toEqual(["TEN-PLUGIN-013", { file: "./f.js" }]);
  });

  it.each([
    ["keep", "(given) => 1 - (given.percent /= 100)"],
    ["factor", "(given) => { given.percent /= 100; return { ceiling: 1, factor: () => 1 }; }"],
    ["factor", '() => ({ ceiling: 1, get factor() { throw new Error("a getter") } })'],
    ["factor", '() => ({ factor: () => 1, get ceiling() { throw new Error("a getter") } })'],
    ["share", '() => ({ get share() { throw new Error("a getter") } })'],
  ])("of effect %s that writes into its parameters, or throws where it is read, is refused: %s", async (effect, bind) => {
    const text = `export default ({ number }) => ({ kind: "weight_stage", effect: "${effect}", name: "own", meaning: "m",
      parameters: { percent: number({ range: { atLeast: 0, atMost: 100 }, default: 50, meaning: "p" }) }, bind: ${bind} });`;
    const { code, found } = await refusalOf(() => run({ "f.js": text }, "{ plug_in: { rule: ./f.js, with: { percent: 40 } } }"));
    expect([code, found]).toEqual(["TEN-PLUGIN-011", expect.stringMatching(/read only|a getter/)]);
  });

  it("that returns its weights instead of writing them is refused", async () => {
    const text = stage("share", "({ share: (facts, before) => [...before] })");
    const { code, allowed } = await refusalOf(() => run({ "f.js": text }, "{ plug_in: { rule: ./f.js } }"));
    expect([code, allowed]).toEqual(["TEN-PLUGIN-012", expect.stringContaining("writes into `weights`")]);
  });

  it("cannot change what the next stage sees", async () => {
    const files = {
      "share.js": stage(
        "share",
        "({ share: (facts, before, weights) => { weights.set(before); facts.stakeRao.fill(0); before.fill(0); } })",
      ),
      "factor.js": stage("factor", "({ ceiling: 1, factor: (facts) => { facts.stakeRao.fill(0); facts.heldDays.fill(9); return 1; } })"),
    };
    const gate = "{ gate: { by: stake, at_least: 0.001, below: scale } }";
    const own = ["share", "factor"].map((name) => `{ plug_in: { rule: ./${name}.js } }`).join(", ");
    const [plain, beside] = [await run(files, `${gate}, { residual: burn }`), await run(files, `${own}, ${gate}, { residual: burn }`)];
    expect(beside.emissionRao).toBe(plain.emissionRao);
    expect(beside.residualRao).toEqual(plain.residualRao);
  });
});

it("a rule that a scenario only names cannot be run by mistake", async () => {
  const dir = await project();
  const { prepareRun } = await import("../../../recorders/run/prepare.js");
  await expect(runToSummary(loadScenario(join(dir, "own.yaml")), { rules: new Map() })).rejects.toThrow(/was not loaded/);
  expect((await prepareRun(loadScenario(join(dir, "own.yaml")))).rules).toHaveLength(1);
});
