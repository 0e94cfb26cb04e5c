import { spawn } from "node:child_process";
import { appendFile, cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { MAIN, ROOT, tenure, workFolder } from "./tenure.js";

const SMALL = "set: { time.days: 2, streams.peers.miners: 6, streams.peers.coldkeys: 3 }";
const GRID = `study: small
scenario: demo
${SMALL}
vary:
  vesting.retention_target: { from: 0.5, to: 0.9, points: 3 }
  vesting.max_multiplier: [1.5, 3]
constraints: ["vesting.retention_target * vesting.max_multiplier < 2.5"]
objectives: [pot_moved]
replicates: 2
held_out: 1
`;
const TPE = `study: adaptive
scenario: demo
${SMALL}
vary: { vesting.retention_target: { from: 0.5, to: 1 } }
objectives: [pot_moved]
sampler: { kind: tpe, startup: 2, batch: 3 }
trials: 5
replicates: 2
`;

interface Report {
  readonly dir: string;
  readonly ended: string;
  readonly chosen: number | null;
  readonly trials: readonly { readonly trial: number; readonly status: string; readonly [key: string]: unknown }[];
  readonly [key: string]: unknown;
}

describe("a study file", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let whole: Report;
  const at = (...path: string[]) => join(folder.path, ...path);
  const write = async (name: string, text: string) => {
    await writeFile(at(name), text);
    return at(name);
  };
  /** In this process, told as JSON. */
  const told = async (...args: string[]): Promise<{ code: number; report: Report }> => {
    const { code, out, err } = await runInProcess([...args, "--json"]);
    expect(err).toBe("");
    return { code, report: JSON.parse(out) };
  };
  const refusal = async (...args: string[]) => {
    const { code, out, err } = await runInProcess([...args, "--json"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    return JSON.parse(err).error;
  };
  const show = async (dir: string) => (await told("studies", "show", at(dir))).report;
  const withoutDir = (report: Report) => ({ ...report, dir: "" });
  const digest = async (dir: string) => JSON.parse(await readFile(at(dir, "manifest.json"), "utf8")).digest as string;
  const linesOf = async (dir: string) => (await readFile(at(dir, "trials.jsonl"), "utf8")).trim().split("\n");
  /** What came of which values, without the order in which it did. The code is a part of a task's name, and of a built command it is another. */
  const setOf = async (dir: string) => {
    const lines = (await linesOf(dir)).slice(1).map((line) => JSON.parse(line) as { set: unknown; replicate: number; figures: unknown });
    return lines.map(({ set, replicate, figures }) => JSON.stringify([set, replicate, figures])).sort();
  };
  const isSame = async (dir: string, as = "whole") => {
    expect(withoutDir(await show(dir))).toEqual(withoutDir(await show(as)));
    expect(await digest(dir)).toBe(await digest(as));
    expect(await setOf(dir)).toEqual(await setOf(as));
  };

  beforeAll(async () => {
    folder = await workFolder();
    await write("small.yaml", GRID);
    const { code, report } = await told("tune", at("small.yaml"), "--jobs", "2", "--out", at("whole"));
    expect(code).toBe(0);
    whole = report;
  });
  afterAll(() => folder.remove());

  it("is run whole, and shown again as it was told", async () => {
    expect(whole.trials.map(({ set }) => Object.values(set as object))).toEqual(
      [[0.5, 1.5], [0.7, 1.5], [0.7, 3], [0.9, 1.5], ...[]]
        .filter(([target, most]) => target * most < 2.5)
        .concat([[0.5, 3]])
        .sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    );
    expect(whole).toMatchObject({ study: "small", ended: "exhausted", replicates: [0, 1], held_out_replicates: [2] });
    expect(await show("whole")).toEqual({ ...whole, dir: at("whole") });
  });

  it("gives the same with one job, and from shards that are merged", async () => {
    await tenure(["tune", "small.yaml", "--jobs", "1", "--out", "alone", "--quiet"], folder.path);
    await isSame("alone");
    for (const part of [1, 2]) {
      const { code, report } = await told("tune", at("small.yaml"), "--shard", `${part}/2`, "--out", at(`part-${part}`));
      expect(code).toBe(0);
      expect(report.ended).toBe("shard");
    }
    const { code } = await told("merge", at("part-2"), at("part-1"), "--out", at("merged"));
    expect(code).toBe(0);
    await isSame("merged");
    expect(await refusal("merge", at("part-1"), at("part-2"), "--out", at("part-1"))).toMatchObject({ code: "TEN-TUNE-147" });
  });

  it("that learns from its trials is sharded by replicates, in rounds until it is whole", async () => {
    const study = await write("adaptive.yaml", TPE);
    await told("tune", study, "--out", at("adaptive"));
    let ended = "shard";
    let rounds = 0;
    for (; ended === "shard"; rounds++) {
      const parts = [1, 2].map((part) => at(`round-${rounds}-${part}`));
      for (const [i, part] of parts.entries()) {
        if (rounds > 0) await cp(at(`rounds-${rounds - 1}`), part, { recursive: true });
        await told("tune", study, "--shard", `${i + 1}/2`, "--out", part);
      }
      ({ ended } = (await told("merge", ...parts, "--out", at(`rounds-${rounds}`))).report);
    }
    // Batches of 3 and 2.
    expect(rounds).toBe(2);
    await isSame(`rounds-${rounds - 1}`, "adaptive");
  });

  it("goes on after kill -9 as if nothing had been, a torn last line and all", async () => {
    const preload = pathToFileURL(join(import.meta.dirname, "kills/kill-at-trial.mjs")).href;
    const child = spawn(process.execPath, ["--import", preload, MAIN, "tune", "small.yaml", "--out", "killed"], {
      cwd: folder.path,
      env: { ...process.env, KILL_AT_TRIAL: "5" },
      stdio: "ignore",
    });
    expect(await new Promise((done) => child.on("close", (_code, signal) => done(signal)))).toBe("SIGKILL");
    const kept = await linesOf("killed");
    await appendFile(at("killed/trials.jsonl"), '{"task":"half of a li');
    expect(await refusal("studies", "show", at("killed"))).toMatchObject({ code: "TEN-TUNE-146", found: "a study that is not finished" });
    const { code } = await tenure(["tune", "small.yaml", "--resume", "--out", "killed", "--quiet"], folder.path);
    expect(code).toBe(0);
    expect((await linesOf("killed")).slice(0, kept.length)).toEqual(kept);
    await isSame("killed");
    expect(await refusal("tune", at("small.yaml"), "--resume", "--out", at("nowhere"))).toMatchObject({ code: "TEN-TUNE-119" });
  });

  it("of fewer trials, or of a time, is the first of the same trials", async () => {
    const few = (await told("tune", at("small.yaml"), "--trials", "2", "--out", at("few"))).report;
    expect(few.ended).toBe("budget");
    const numbers = (report: Report) =>
      report.trials.map(({ trial, set, objectives }) => ({
        trial,
        set,
        mean: (objectives as Record<string, { mean: number }>).pot_moved.mean,
      }));
    expect(numbers(few)).toEqual(numbers(whole).slice(0, 2));
    // In so little time no trial is begun, and what is there is told.
    await cp(at("few"), at("timed"), { recursive: true });
    const timed = (await told("tune", at("small.yaml"), "--time", "1ms", "--out", at("timed"))).report;
    expect(timed.ended).toBe("time");
    expect(numbers(timed)).toEqual(numbers(few));
    expect(await refusal("tune", at("small.yaml"), "--time", "1ms", "--out", at("no-time"))).toMatchObject({ code: "TEN-TUNE-143" });
    // More time, and it is whole.
    await told("tune", at("small.yaml"), "--out", at("timed"));
    await isSame("timed");
  });

  it("that was edited is refused with what differs, unless it is forked or forced", async () => {
    await cp(at("whole"), at("edited"), { recursive: true });
    const edited = await write("edited.yaml", GRID.replace("[1.5, 3]", "[1.5, 2]"));
    expect(await refusal("tune", edited, "--out", at("edited"))).toMatchObject({
      code: "TEN-TUNE-118",
      found: "vary.vesting.max_multiplier: [1.5,3], now [1.5,2]",
      hint: expect.stringContaining("--fork"),
    });
    const { report } = await told("tune", edited, "--fork", "--out", at("edited"));
    expect(report.dir).toBe(at("edited-2"));
    expect(await readFile(at("edited/manifest.json"), "utf8")).toBe(await readFile(at("whole/manifest.json"), "utf8"));
    // Trials that still apply were not run again: 2 + 1 of the scenario and of 3 trials.
    const [before, after] = [await linesOf("whole"), await linesOf("edited-2")];
    expect(after.slice(0, before.length)).toEqual(before);
    const fresh = report.trials.filter(({ set }) => Object.values(set as object)[1] === 2);
    expect(after).toHaveLength(before.length + 3 * fresh.length);
    await told("tune", edited, "--force", "--out", at("edited"));
    expect(withoutDir(await show("edited"))).toEqual(withoutDir(await show("edited-2")));
    expect(await refusal("tune", await write("other.yaml", TPE), "--out", at("whole"))).toMatchObject({ code: "TEN-TUNE-111" });
    await cp(at("few"), at("foreign"), { recursive: true });
    await writeFile(at("foreign/notes.txt"), "mine");
    expect(await refusal("tune", at("small.yaml"), "--out", at("foreign"))).toMatchObject({ code: "TEN-TUNE-110", found: "notes.txt" });
  });

  it("gives a scenario of which only the tuned values are others", async () => {
    const { code, out } = await runInProcess(["studies", "apply", at("whole"), "--pick", "3"]);
    expect(code).toBe(0);
    const shipped = await readFile(join(ROOT, "scenarios/demo.yaml"), "utf8");
    const set = whole.trials[3].set as Record<string, number>;
    const before = shipped.split("\n");
    const changed = out.split("\n").filter((line) => !before.includes(line));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThanOrEqual(2);
    for (const line of changed) expect(Object.values(set).some((value) => line.includes(String(value)))).toBe(true);
    expect(await refusal("studies", "apply", at("whole"), "--pick", "99")).toMatchObject({ code: "TEN-TUNE-149", found: 99 });
    const listed = await runInProcess(["studies", "list", "--json"]);
    expect((JSON.parse(listed.out) as { name: string }[]).map(({ name }) => name)).toEqual([
      "tune-burn",
      "tune-recorded",
      "tune-retention",
      "tune-robust",
    ]);
  });

  it("asks queries and files, and of a formula finds what matters as it is known", async () => {
    await write(
      "formula.ts",
      `export default ({ objective }) => objective({ name: "formula", meaning: "What was set.", better: "min", parameters: {}, tables: ["positions"],
        measure: (_, { scenario, figures }) => figures.multiplier_paid });`,
    );
    const study = await write(
      "asks.yaml",
      `study: asks
scenario: demo
${SMALL}
vary: { vesting.retention_target: [0.5, 0.9], vesting.max_multiplier: [1.5, 3] }
objectives:
  - { name: sold, sql: "SELECT sum(amount_rao) / 1e9 FROM exits", better: min }
  - { use: ./formula.ts }
limits: [{ figure: formula, at_least: 1 }]
`,
    );
    const { code, report } = await told("tune", study, "--out", at("asks"));
    expect(code).toBe(0);
    expect(report.objectives).toEqual([
      { name: "sold", better: "min" },
      { name: "formula", better: "min" },
    ]);
    const [first] = report.trials as unknown as { objectives: Record<string, { mean: number }> }[];
    expect(first.objectives.sold.mean).toBeGreaterThan(0);
    expect(first.objectives.formula.mean).toBeGreaterThanOrEqual(1);
  });

  it("of limits that nothing keeps ends with 1, and says so", async () => {
    const study = await write(
      "limited.yaml",
      `${GRID.replace("study: small", "study: limited")}limits: [{ figure: pot_moved, at_most: 0 }]\n`,
    );
    const { code, report } = await told("tune", study, "--out", at("limited"));
    expect(code).toBe(1);
    expect(report.chosen).toBe(null);
    expect(report.trials.every(({ breaks }) => (breaks as string[]).join() === "pot_moved")).toBe(true);
    expect(report.findings).toContainEqual({ kind: "limits_broken", trials: report.trials.length, of: report.trials.length });
  });

  it("gives up trials without hope, and says of which", async () => {
    const pruned = GRID.replace("study: small", "study: pruned").replace("replicates: 2", "replicates: 4");
    const study = await write("pruned.yaml", `${pruned}pruning: { after: 1, keep: 0.5 }\n`);
    const { report } = await told("tune", study, "--out", at("pruned"));
    const by = (status: string) => report.trials.filter((one) => one.status === status);
    expect(by("finished")).toHaveLength(2);
    expect(by("pruned")).toHaveLength(3);
    for (const { replicates } of by("finished")) expect(replicates).toBe(4);
    expect(report.findings).toContainEqual({ kind: "pruned", trials: 3, of: 5 });
    expect(await refusal("tune", study, "--shard", "1/2", "--out", at("pruned-part"))).toMatchObject({ code: "TEN-TUNE-140" });
  });

  it.each([
    ["random", "random", 1],
    ["sobol", "{ kind: sobol, scramble: false }", 1],
    ["latin_hypercube", "latin_hypercube", 1],
    ["cma_es", "{ kind: cma_es, population: 4 }", 1],
    ["nsga2", "{ kind: nsga2, population: 4 }", 2],
  ])("is searched by %s", async (name, sampler, objectives) => {
    const study = await write(
      `${name}.yaml`,
      `study: by-${name}
scenario: demo
${SMALL}
vary: { vesting.retention_target: { from: 0.5, to: 1 }, vesting.max_multiplier: { from: 1, to: 4, scale: log } }
objectives: [${["pot_moved", "gini_after"].slice(0, objectives).join()}]
sampler: ${sampler}
trials: 6
`,
    );
    const { code, report } = await told("tune", study, "--out", at(name));
    expect({ code, sampler: report.sampler, trials: report.trials.length, ended: report.ended }).toEqual({
      code: 0,
      sampler: name,
      trials: 6,
      ended: "budget",
    });
  });

  it.each([
    ["morris", "{ kind: morris, trajectories: 3 }"],
    ["sobol", "{ kind: sobol, rows: 8 }"],
  ])("measures by %s what matters in a formula, as it is known", async (kind, sensitivity) => {
    await write(
      "thrice.ts",
      `export default ({ objective }) => objective({ name: "thrice", meaning: "Three times the miners.", better: "min", parameters: {}, tables: [],
        measure: (_, { figures }) => 3 * figures.miners });`,
    );
    const study = await write(
      `${kind}-matters.yaml`,
      `study: ${kind}-matters
scenario: demo
set: { time.days: 1, streams.peers.coldkeys: 3 }
vary: { streams.peers.miners: { from: 4, to: 8, integer: true }, vesting.max_multiplier: { from: 1, to: 3 } }
objectives: [{ use: ./thrice.ts }]
sampler: random
trials: 2
sensitivity: ${sensitivity}
`,
    );
    const { report } = await told("tune", study, "--out", at(`${kind}-matters`));
    const [{ parameters }] = report.sensitivity as { parameters: Record<string, unknown>[] }[];
    expect(report.sensitivity).toMatchObject([{ kind }]);
    // From 4 to 8 miners it rises by 12, evenly; the multiplier is no part of it.
    if (kind === "morris") {
      expect(parameters[0]).toMatchObject({ mu: 12, muStar: 12, sigma: 0 });
      expect(parameters[1]).toMatchObject({ mu: 0, muStar: 0, sigma: 0 });
    } else {
      expect(parameters[0]).toMatchObject({ first: { value: 1, isIndistinguishable: false }, total: { value: 1 } });
      expect(parameters[1]).toMatchObject({ first: { value: 0, isIndistinguishable: true }, total: { value: 0 } });
    }
  });
});
