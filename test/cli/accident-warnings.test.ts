import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCIDENTS, type AccidentCode, accidentOf } from "../../engine/index.js";
import { shippedFile } from "../../scenarios/index.js";
import { workFolder } from "../e2e/tenure.js";
import { runInProcess } from "./run-in-process.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
const at = (...path: string[]) => join(folder.path, ...path);
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

const peers = "{ synthetic: subnet, name: peers, miners: 16, behaviours: { holders: 1 } }";
const scenario = (rules: string, more = "") =>
  `name: subnet\ntime: { start: 2025-01-01, days: 1 }\nsubnet: { netuid: 30 }\nstreams:\n  - ${peers}\n${more}emission: redistribute\n${rules}\n`;
const stages = (...lines: string[]) => scenario(`stages:\n${lines.map((line) => `  - ${line}\n`).join("")}`);
const collateral = (amount: number) =>
  scenario(
    "stages:\n  - gate: { by: collateral, at_least: 3, below: scale }",
    `  - { synthetic: collateral, rows: [{ hotkeys: [peers/miner-000, peers/miner-001], amount: ${amount} }] }\n`,
  );
const pools = (others: string) =>
  stages(
    `pools: [{ name: a, share: 0.3, members: { uids: [0, 3] } }, { name: b, share: 0.7, members: ${others.includes(":") ? `{ ${others} }` : others} }]`,
  );
const factor = (text: string) => `plug_in: { rule: ./${text}.js }`;
const FILES: Readonly<Record<string, string>> = {
  "less.js": `export default ({ shareStage }) => shareStage({ name: "less", meaning: "m", parameters: {}, bind: () => ({
    share(facts, before, weights) { for (let i = 0; i < facts.count; i++) weights[i] = (1 - before[i]) / (facts.count - 1); } }) });`,
  "all-cut.js": `export default ({ factorStage }) => factorStage({ name: "cut", meaning: "m", parameters: {}, bind: () => ({ ceiling: 1, factor: () => 0.5 }) });`,
  "half-cut.js": `export default ({ factorStage }) => factorStage({ name: "cut", meaning: "m", parameters: {}, bind: () => ({ ceiling: 1, factor: (facts, i) => facts.uid[i] % 2 === 0 ? 0.5 : 1 }) });`,
  "clock.js": `export default ({ factorStage }) => factorStage({ name: "clock", meaning: "m", parameters: {}, bind: () => ({ ceiling: 1, factor: () => new Date(0).getTime() % 2 }) });`,
  "none.js": `export default ({ factorStage }) => factorStage({ name: "none", meaning: "m", parameters: {}, bind: () => ({ ceiling: 1, factor: () => 0 / 0 }) });`,
};

/** A scenario that has the accident, and one that just has not. */
const CASES: Readonly<Record<string, readonly [AccidentCode, string, string]>> = {
  "collateral that reads 0": ["collateral_zero", collateral(0), collateral(3)],
  "collateral in thousandths of a token": ["collateral_unit", collateral(0.029), collateral(0.031)],
  "a gate that nobody reaches": [
    "nobody_paid",
    stages("gate: { by: stake, at_least: 9000000 }", "residual: burn"),
    stages("gate: { by: stake, at_least: 0 }", "residual: burn"),
  ],
  "pools with a hole": ["in_no_pool", pools("uids: [4, 9]"), pools("uids: [4, 15]")],
  "pools without a rest": ["in_no_pool", pools("uids: [5, 15]"), pools("rest")],
  "a pool for uids that nobody has": ["nobody_in_pool", pools("uids: [16, 90]"), pools("uids: [15, 90]")],
  "a pool for no name at all": ["nobody_in_pool", pools("names: []"), pools("rest")],
  "more work, less weight": ["order_reversed", stages(factor("less")), stages("curve: { kind: softmax, temperature: 1 }")],
  "a penalty that comes back": ["penalty_cancelled", stages(factor("all-cut")), stages(factor("half-cut"))],
  "a penalty that is not burned": ["penalty_cancelled", stages(factor("all-cut")), stages(factor("all-cut"), "residual: burn")],
  "a penalty that comes back beside a burn that is stated": [
    "penalty_cancelled",
    stages("burn: { share: 0.6 }", factor("all-cut")),
    stages("burn: { share: 0.6 }", factor("all-cut"), "residual: burn"),
  ],
  "flat pay": ["pay_too_flat", stages("curve: { kind: softmax, temperature: 20 }"), stages("curve: { kind: softmax, temperature: 0.5 }")],
  "pay for one": [
    "pay_too_concentrated",
    stages("curve: { kind: geometric, ratio: 0.2 }"),
    stages("curve: { kind: geometric, ratio: 0.8 }"),
  ],
};

async function warnedBy(...args: string[]): Promise<{ readonly code: number; readonly warned: readonly string[]; readonly err: string }> {
  const { code, out, err } = await runInProcess([...args, "--json"]);
  const { warnings = [] } = (code === 0 ? JSON.parse(out) : {}) as { warnings?: readonly string[] };
  return { code, err, warned: warnings.flatMap((warning) => accidentOf(warning) ?? []) };
}

async function written(name: string, text: string): Promise<string> {
  await mkdir(at(name), { recursive: true });
  for (const [file, rule] of Object.entries(FILES)) await writeFile(at(name, file), rule);
  await writeFile(at(name, "subnet.yaml"), text);
  return at(name, "subnet.yaml");
}

describe.each(Object.entries(CASES))("%s", (name, [code, broken, healthy]) => {
  it("is told of by the check and by the run, and by its manifest", async () => {
    const file = await written(name, broken);
    const out = at(name, "run");
    expect((await warnedBy("scenarios", "check", file)).warned).toContain(code);
    expect((await warnedBy("run", file, "--no-duckdb", "--out", out)).warned).toContain(code);
    expect(await readFile(join(out, "manifest.json"), "utf8")).toContain(`(${code})`);
    expect((await runInProcess(["scenarios", "check", file])).out.replace(/\s+/g, " ")).toMatch(
      new RegExp(`^subnet is a valid scenario. .*warning: (Subnet 30|The rule|Pools) [^(]*.*\\(${code}\\)`),
    );
  });

  it("is not, where it just is not so", async () => {
    const file = await written(`${name}-not`, healthy);
    expect((await warnedBy("scenarios", "check", file)).warned).not.toContain(code);
    expect((await warnedBy("run", file, "--no-duckdb", "--out", at(`${name}-not`, "run"))).warned).not.toContain(code);
  });
});

it("a penalty on an index subnet is told of where a later stage gives it back, whatever is left for a residual", async () => {
  const text = await readFile(shippedFile("collateral-crown"), "utf8");
  const cut = (...after: readonly string[]) => {
    const list = ["gate: { by: collateral, at_least: 40, below: scale }", ...after].map((one) => `  - ${one}\n`).join("");
    return written(`index-${after.length}`, text.replace(/^stages:\n(?: {2}.*\n)+/m, `stages:\n${list}`));
  };
  const given = await warnedBy(
    "scenarios",
    "check",
    await cut("curve: { kind: power, exponent: 1 }", "burn: { share: 0.2 }", "residual: burn"),
  );
  expect(given).toMatchObject({ code: 0, warned: expect.arrayContaining(["penalty_cancelled"]) });
  const burned = await warnedBy("scenarios", "check", await cut("burn: { share: 0.2 }", "residual: burn"));
  expect(burned).toMatchObject({ code: 0, warned: expect.not.arrayContaining(["penalty_cancelled"]) });
});

it.each([
  ["clock", "TEN-PLUGIN-011", "Date is not there for a rule: time comes from the streams"],
  ["none", "TEN-PLUGIN-010", "NaN"],
])("a rule that answers with %s ends the check as the run, with miner, epoch and subnet", async (rule, code, words) => {
  const file = await written(rule, stages(factor(rule)));
  for (const args of [
    ["scenarios", "check", file],
    ["run", file, "--no-duckdb", "--out", at(rule, "run")],
  ]) {
    const ended = await warnedBy(...args);
    expect(ended.code).toBe(2);
    for (const one of [code, words, "miner peers/miner-000, subnet 30, epoch 1"]) expect(ended.err).toContain(one);
  }
});

it("a rule of one's own in a pool may find nothing told, as it may beside one", async () => {
  const own = `{ name: all, share: 1, members: all, stages: [{ ${factor("half-cut")} }] }`;
  const file = await written("own-in-pool", stages(`pools: [${own}]`));
  expect(await warnedBy("scenarios", "check", file)).toMatchObject({ code: 0, err: "" });
  expect(await warnedBy("run", file, "--no-duckdb", "--out", at("own-in-pool", "run"))).toMatchObject({ code: 0 });
  const gated = stages(`pools: [${own.replace("stages: [", "stages: [{ gate: { by: collateral, at_least: 1 } }, ")}]`);
  const refused = await warnedBy("scenarios", "check", await written("own-beside-gate", gated));
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("no stream of kind collateral");
  expect(refused.err).not.toContain("no stream of kind scores");
});

describe("weights that a stream tells", () => {
  const START_MS = Date.UTC(2025, 0, 1);
  const rows = (head: string, cell: (hour: number, miner: number) => string, beforeMs: number) =>
    `${head}\n${Array.from({ length: 24 }, (_, i) => i + 1)
      .flatMap((hour) =>
        [0, 1, 2, 3].map((miner) => `${START_MS + hour * 3_600_000 - beforeMs},7,hot-${miner},cold-${miner},${cell(hour, miner)}\n`),
      )
      .join("")}`;
  const emission = rows("time_ms,netuid,hotkey,coldkey,uid,role,amount_rao", (_, miner) => `${miner},miner,${(miner + 1) * 1e9}`, 0);

  async function importing(name: string, weight: (hour: number, miner: number) => string) {
    await mkdir(at(name), { recursive: true });
    await writeFile(at(name, "emission.csv"), emission);
    await writeFile(at(name, "weights.csv"), rows("time_ms,netuid,hotkey,coldkey,weight", weight, 60_000));
    await writeFile(
      at(name, "subnet.yaml"),
      "name: subnet\nstreams:\n  - { recorded: emission, coverage: subnet }\n  - { recorded: weights, coverage: subnet }\nemission: redistribute\nvesting: { max_multiplier: 1.2, retention_window_days: 0.5 }\n",
    );
    let ended = { code: 0, out: "", err: "" };
    for (const kind of ["emission", "weights"]) {
      ended = await runInProcess([
        "import",
        "table",
        at(name, `${kind}.csv`),
        "--kind",
        kind,
        "--addresses",
        "any",
        "--out",
        at(name, kind),
      ]);
    }
    return ended;
  }
  const runOf = (name: string) => warnedBy("run", at(name, "subnet.yaml"), "--data", at(name), "--no-duckdb", "--out", at(name, "run"));

  it("are told of where all are 0, and never made equal: nobody is paid there", async () => {
    await importing("zeros", (hour, miner) => (hour === 12 ? "0" : `${miner + 1}`));
    expect((await runOf("zeros")).warned).toEqual(["weights_zero"]);
    const { out } = await runInProcess(["sql", at("zeros", "run"), "SELECT epoch FROM epochs WHERE paid_rao = 0", "--json"]);
    expect(out).toContain("12");
  });

  it("are not where one is more", async () => {
    await importing("one", (hour, miner) => (hour === 12 && miner > 0 ? "0" : `${miner + 1}`));
    expect((await runOf("one")).warned).not.toContain("weights_zero");
  });

  it.each(["NaN", "-1", "Infinity"])("are refused as %s with the row", async (weight) => {
    const { code, err } = await importing(`bad-${weight}`, (hour, miner) => (hour === 12 && miner === 2 ? weight : "1"));
    expect(code).toBe(2);
    expect(err).toMatch(/weights\.csv, row 47, weight/);
    expect(err).toContain(weight);
  });
});

it("the page on accidents has each of them", async () => {
  const page = await readFile(join(import.meta.dirname, "../../docs/explanation/accidents.md"), "utf8");
  expect([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code)).toEqual([...ACCIDENTS]);
});
