import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, workFolder } from "../e2e/tenure.js";

const run = promisify(execFile);
/** A block with the path of a file behind its language: a new file, or (`diff`) lines of one that there is. */
const BLOCK = /^```(ts|diff) (\S+)\n([\s\S]*?)\n```$/gm;
const ROOMS = ["engine", "scenarios", "recorders", "studies", "reports", "cli"];
const PAGE = join(ROOT, "docs/how-to/extend.md");

/** Puts the lines of a `diff` block in: each `+` behind the line above it, which must be there once; `-` is taken out. */
function patched(text: string, diff: string): string {
  const lines = text.split("\n");
  let at = -1;
  for (const one of diff.split("\n")) {
    const line = one.slice(1);
    if (one.startsWith("+")) {
      lines.splice(at + 1, 0, line);
      at += 1;
      continue;
    }
    const places = lines.flatMap((other, i) => (other === line ? [i] : []));
    expect(places, `"${line}" stands once`).toHaveLength(1);
    [at] = places;
    if (one.startsWith("-")) lines.splice(at--, 1);
  }
  return lines.join("\n");
}

let folder: Awaited<ReturnType<typeof workFolder>>;
let copy: string;
beforeAll(async () => {
  folder = await workFolder();
  copy = join(folder.path, "tenure");
  for (const name of [...ROOMS, "index.ts", "package.json", "tsconfig.json"]) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const settings = JSON.parse(await readFile(join(copy, "tsconfig.json"), "utf8"));
  await writeFile(join(copy, "tsconfig.json"), JSON.stringify({ ...settings, include: [...ROOMS, "index.ts"] }));
  for (const [, kind, path = "", text = ""] of (await readFile(PAGE, "utf8")).matchAll(BLOCK)) {
    const file = join(copy, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, kind === "ts" ? `${text}\n` : patched(await readFile(file, "utf8"), text));
  }
  // All recipes at once: what is missing or misspelt does not compile.
  await run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", copy], { cwd: copy });
});
afterAll(() => folder.remove());

async function tenure(...args: string[]): Promise<string> {
  const main = join(copy, "dist/cli/main.js");
  const { stdout } = await run(process.execPath, [main, ...args], { cwd: folder.path, maxBuffer: 2 ** 27 });
  return stdout;
}

describe("the recipes of docs/how-to/extend.md", () => {
  it("add a multiplier rule, which runs and is explained", async () => {
    const sets = ["vesting.rule=softened", "vesting.softness=0.25", "time.days=2"].flatMap((set) => ["--set", set]);
    await tenure("run", "demo", ...sets, "--no-duckdb", "--quiet");
    const { terms } = JSON.parse(await tenure("show", "runs/demo", "--hotkey", "miner-007", "--json"));
    expect(terms.map(({ name }: { name: string }) => name)).toEqual(["held_share", "softness", "multiplier"]);
    expect(terms[2].value).toBe(Math.min(1, 0.25 + 0.75 * terms[0].value));
    await expect(tenure("run", "demo", "--set", "vesting.rule=softened", "--set", "vesting.softness=2")).rejects.toThrow(
      /vesting.softness[\s\S]*0 to 1/,
    );
  });

  it("add a stage and a curve, which run and are explained", async () => {
    const scenario = [
      "name: recipes",
      "time: { start: 2025-01-01T00:00:00Z, days: 3 }",
      "subnet: { netuid: 30 }",
      "streams: [{ synthetic: subnet, name: peers, miners: 8, coldkeys: 4 }]",
      "emission: redistribute",
      "stages: [{ patience: { days: 2 } }, { curve: { kind: halves } }]",
    ].join("\n");
    await writeFile(join(folder.path, "recipes.yaml"), scenario);
    await tenure("run", "recipes.yaml", "--no-duckdb", "--quiet");
    const [{ miners }] = JSON.parse(await tenure("show", "runs/recipes", "--json"));
    const { stages } = JSON.parse(await tenure("show", "runs/recipes", "--hotkey", miners[0].position.hotkey, "--json"));
    expect(stages.map(({ name, variant }: { name: string; variant: string }) => [name, variant])).toEqual([
      ["patience", null],
      ["curve", "halves"],
      ["residual", "normalise"],
    ]);
    const [{ terms, factor }, { share_after }] = stages;
    expect(factor).toBe(0.5 + 0.5 * Math.min(1, terms[0].value / 2));
    // The better half of those who hold anything gets twice what the other half gets; the best paid is among them.
    const ranked = stages[1].terms.find(({ name }: { name: string }) => name === "ranked").value;
    const better = Math.ceil(ranked / 2);
    expect(share_after).toBeCloseTo(2 / (2 * better + (ranked - better)), 12);
  });

  it("add a stake rule and a smoothing, which run and are explained", async () => {
    const scenario = [
      "name: stakes",
      "time: { start: 2025-01-01T00:00:00Z, days: 3 }",
      "subnet: { netuid: 30, tempo: 7200 }",
      "streams: [{ synthetic: subnet, name: peers, miners: 8 }]",
      "emission: redistribute",
      "stages: [{ smooth: { kind: lifetime } }, { multiplier: { rule: half_way, half: 50 } }, { residual: burn }]",
      "record: { tables: all, every_epochs: 1, stage_weights: every }",
    ].join("\n");
    await writeFile(join(folder.path, "stakes.yaml"), scenario);
    await tenure("run", "stakes.yaml", "--no-duckdb", "--quiet");
    const of = async (epoch: string) =>
      JSON.parse(await tenure("show", "runs/stakes", "--hotkey", "peers/miner-003", "--epoch", epoch, "--json")).stages;
    const epochs = [await of("1"), await of("2"), await of("3")];
    expect(epochs[0].map(({ name, variant }: { name: string; variant: string }) => [name, variant])).toEqual([
      ["smooth", "lifetime"],
      ["multiplier", "half_way"],
      ["residual", "burn"],
    ]);
    const before = epochs.map(([{ share_before }]) => share_before);
    expect(epochs[2][0].share_after).toBeCloseTo((before[0] + before[1] + before[2]) / 3, 12);
    const [, { terms, factor }] = epochs[2];
    const { stake } = Object.fromEntries(terms.map(({ name, value }: { name: string; value: number }) => [name, value]));
    expect(factor).toBe(1 + (0.5 * stake) / (stake + 50));
  });

  it("add a score, which ranks and is explained", async () => {
    const sets = ["formula=steady", "frequency_bonus=0.25"].flatMap((set) => ["--set", `index.rewards.score.${set}`]);
    await tenure("run", "tao20-crash", ...sets, "--set", "time.days=1", "--no-duckdb", "--quiet");
    const { score } = JSON.parse(await tenure("show", "runs/tao20-crash", "--hotkey", "desk-1", "--json"));
    expect(score.rank).toBeGreaterThan(0);
    expect(score.score).toBe(Math.sqrt(score.volume * score.consistency) + 0.25 * score.frequency);
    expect(await tenure("show", "runs/tao20-crash", "--hotkey", "desk-1")).toMatch(/score +[\d.]+ +sqrt\(volume \* consistency\) \+ 0\.25/);
  });

  it("add a slashing rule, under which small deviations are slashed", async () => {
    const slashes = async (...args: string[]) => {
      const ran = await tenure("run", "tao20-crash", "--set", "time.days=1", "--no-duckdb", "--quiet", "--json", ...args);
      return JSON.parse(ran).index.slashes.filter(({ cause }: { cause: string }) => cause === "deviation");
    };
    expect(await slashes()).toEqual([]);
    const strict = await slashes("--set", "index.consensus.severity.tolerated=0.001");
    expect(strict).not.toEqual([]);
    expect(strict.every(({ severity }: { severity: string }) => severity === "critical")).toBe(true);
    await expect(tenure("run", "tao20-crash", "--set", "index.consensus.severity.tolerated=2")).rejects.toThrow(
      /severity.tolerated[\s\S]*0 and at most 1|0 to 1/,
    );
  });

  it("add a price model, by which NAV moves", async () => {
    const model = ["model={ kind: steady_growth, drift_per_year: 36.5 }", "shocks=[]", "gaps=[]"].flatMap((set) => [
      "--set",
      `streams.0.${set}`,
    ]);
    const ran = await tenure("run", "tao20-crash", "--set", "time.days=1", ...model, "--no-duckdb", "--quiet", "--json");
    const { start_tao: start, end_tao: end } = JSON.parse(ran).index.nav;
    // exp(0.1) in a day, but for a day's management fee and rounding to whole rao.
    expect(end / start).toBeGreaterThan(Math.exp(0.0999));
    expect(end / start).toBeLessThan(Math.exp(0.1001));
    const wrong = ["--set", "streams.0.model={ kind: block_bootstrap }"];
    await expect(tenure("run", "tao20-crash", ...wrong)).rejects.toThrow(/one of geometric_brownian_motion[\s\S]*steady_growth/);
  });

  it("add a strategy of participants, which waits for its discount", async () => {
    const crash = await readFile(join(ROOT, "scenarios/tao20-crash.yaml"), "utf8");
    const hunters =
      "  participants:\n    - { name: hunter, count: 3, tao: 100, strategy: bargain_hunter, discount: DISCOUNT }\n  validators:";
    const orders = async (discount: string) => {
      const text = crash.replace(/ {2}participants:[\s\S]*?\n {2}validators:/, hunters.replace("DISCOUNT", discount));
      await writeFile(join(folder.path, "hunters.yaml"), text.replace("name: tao20-crash", `name: hunters-${discount.slice(2)}`));
      const ran = await tenure("run", "hunters.yaml", "--set", "time.days=1", "--no-duckdb", "--quiet", "--json");
      return JSON.parse(ran).index.groups.find(({ group }: { group: string }) => group === "hunter").orders;
    };
    expect(await orders("0.999")).toBe(0);
    expect(await orders("0.001")).toBeGreaterThan(0);
    await expect(orders("1.5")).rejects.toThrow(/discount[\s\S]*above 0 and below 1/);
  });

  it("add a strategy of miners, which buys when the price has fallen", async () => {
    const scenario = [
      "name: dips",
      "time: { start: 2026-01-01T00:00:00Z, days: 10 }",
      "subnet: { netuid: 30 }",
      "closed_loop:",
      "  market: { kind: pool, tao_reserve: 100, alpha_reserve: 2000 }",
      "  miners:",
      "    - { name: buyer, tao: 10, strategy: { kind: dip_buyer, dip: DIP } }",
      "    - { name: sellers, count: 4, stake: 100, strategy: sell_all }",
    ].join("\n");
    const bought = async (dip: string) => {
      await writeFile(join(folder.path, "dips.yaml"), scenario.replace("DIP", dip));
      const ran = await tenure("run", "dips.yaml", "--no-duckdb", "--quiet", "--json", "--force");
      return Number(JSON.parse(ran).closed_loop.subnets[0].strategies[0].bought_rao);
    };
    expect(await bought("0.999")).toBe(0);
    expect(await bought("0.05")).toBeGreaterThan(0);
    await expect(bought("1.5")).rejects.toThrow(/dip[\s\S]*above 0 and below 1/);
  });

  it("add a strategy of validators, which hands in nothing at first", async () => {
    const crash = await readFile(join(ROOT, "scenarios/tao20-crash.yaml"), "utf8");
    const validators = "  validators: [{ name: late, count: 4, stake: 1000, behaviour: { kind: late_riser, epochs: 5 } }]\n\nrecord:";
    const text = crash.replace(/ {2}validators:[\s\S]*?\nrecord:/, validators).replace("name: tao20-crash", "name: late");
    await writeFile(join(folder.path, "late.yaml"), text);
    const { index } = JSON.parse(await tenure("run", "late.yaml", "--set", "time.days=1", "--no-duckdb", "--quiet", "--json"));
    expect(index.consensus.reached).toBe(24 - 5);
  });

  it("add a strategy of validators who rate seats, by which all are paid alike", async () => {
    const scenario = [
      "name: levelled",
      "time: { start: 2026-01-01T00:00:00Z, days: 1 }",
      "subnet: { netuid: 30 }",
      "closed_loop:",
      "  market: { kind: pool, tao_reserve: 100, alpha_reserve: 2000 }",
      "  miners: [{ name: good, skill: 9 }, { name: bad, skill: 1 }]",
      "  validators: [{ name: levellers, count: 3, stake: 10, behaviour: BEHAVIOUR }]",
    ].join("\n");
    const paid = async (behaviour: string) => {
      await writeFile(join(folder.path, "levelled.yaml"), scenario.replace("BEHAVIOUR", behaviour));
      const { closed_loop } = JSON.parse(await tenure("run", "levelled.yaml", "--no-duckdb", "--quiet", "--json", "--force"));
      return closed_loop.subnets[0].strategies.map(({ paid_rao }: { paid_rao: string }) => Number(paid_rao));
    };
    const [good, bad] = await paid("leveller");
    expect(Math.abs(good - bad) / good).toBeLessThan(1e-6);
    const [better, worse] = await paid("honest");
    expect(better / worse).toBeGreaterThan(3);
  });

  it("add a sampler, whose points a search can ask for", async () => {
    const { bindSampler } = await import(join(copy, "dist/studies/tuning/samplers/index.js"));
    const axes = [3, null].map((levels) => ({ levels, isOrdered: true }));
    const problem = { axes, random: () => () => 0.25, budget: 4 };
    const points: number[][] = bindSampler("even_steps", { step: 0.5 }, problem).ask(4);
    expect(points.map(([u, v]) => [Math.floor(3 * u), v])).toEqual([
      [2, 0.5],
      [0, 0.75],
      [2, 0],
      [0, 0.25],
    ]);
    expect(() => bindSampler("even_steps", { step: 1 }, problem)).toThrow(/sampler.step[\s\S]*above 0 and below 1/);
  });

  it("add a figure, which a search may ask for", async () => {
    const vary = ["--vary", "vesting.max_multiplier=1,2", "--objective", "outflow_share=min"];
    const told = JSON.parse(await tenure("tune", "demo", "--set", "time.days=2", ...vary, "--quiet", "--json"));
    const set = ["--set", "time.days=2", "--set", "vesting.max_multiplier=2"];
    await tenure("run", "demo", ...set, "--no-duckdb", "--quiet", "--out", "runs/figure");
    const { summary } = JSON.parse(await readFile(join(folder.path, "runs/figure/manifest.json"), "utf8"));
    const share = Number(summary.outflow_rao) / Number(summary.emission_rao);
    expect(share).toBeGreaterThan(0);
    expect(told.trials[1].objectives.outflow_share.mean).toBeCloseTo(share, 12);
  });

  it("add a module, whose subnet is paid, shown and summed up beside others", async () => {
    const scenario = [
      "name: flat",
      "time: { start: 2025-01-01T00:00:00Z, days: 2 }",
      "subnet: { netuid: 30 }",
      "streams: [{ synthetic: subnet, name: peers, miners: 4, coldkeys: 2 }]",
      "emission: replay",
      "flat: { netuid: 40, miners: 3, pot: 100, hours: 6 }",
    ];
    await writeFile(join(folder.path, "flat.yaml"), scenario.join("\n"));
    await tenure("run", "flat.yaml", "--no-duckdb", "--quiet");
    const { summary } = JSON.parse(await readFile(join(folder.path, "runs/flat/manifest.json"), "utf8"));
    const each = 8 * Math.floor(100e9 / 3);
    expect(summary.flat).toEqual({ epochs: 8, each_rao: String(each) });
    const subnets = JSON.parse(await tenure("show", "runs/flat", "--json"));
    expect(subnets.map(({ netuid, miners }: { netuid: number; miners: [] }) => [netuid, miners.length])).toEqual([
      [30, 4],
      [40, 3],
    ]);
    expect(subnets[1].miners.map(({ pay }: { pay: { paid_rao: string } }) => pay.paid_rao)).toEqual(Array(3).fill(String(each)));
    expect(await tenure("show", "runs/flat", "--hotkey", "flat-1")).toMatch(/^hotkey +flat-1 +\(subnet 40\)/);
    await writeFile(join(folder.path, "none.yaml"), scenario.slice(0, 5).join("\n").replace("name: flat", "name: none"));
    await tenure("run", "none.yaml", "--no-duckdb", "--quiet");
    const none = JSON.parse(await readFile(join(folder.path, "runs/none/manifest.json"), "utf8"));
    expect(none.summary.flat).toBe(null);
    await expect(tenure("run", "flat.yaml", "--set", "flat.netuid=30", "--out", "runs/clash")).rejects.toThrow(/TEN-INDEX-113/);
  });

  it("add a ready-made query, which is listed and answers", async () => {
    await tenure("run", "demo", "--set", "time.days=2", "--no-duckdb", "--quiet", "--out", "runs/asked");
    expect(await tenure("sql", "runs/asked", "--list")).toMatch(/^busiest-positions +run +Which/m);
    const { rows } = JSON.parse(await tenure("sql", "runs/asked", "--query", "busiest-positions", "--json"));
    expect(rows.length).toBe(64);
    expect(rows[0].flows).toBeGreaterThanOrEqual(rows[63].flows);
  });

  it("add a command, with its help", async () => {
    expect((await tenure("names")).split("\n")).toContain("rank-decay");
    expect(await tenure("names", "--help")).toContain("$ tenure names");
    expect(await tenure("--help")).toMatch(/^ {2}names /m);
  });
});

/** Files of the sources whose text has a word, but for those of the folders that are its own. */
async function filesWith(word: RegExp, own?: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const room of ROOMS) {
    for (const name of await readdir(join(ROOT, room), { recursive: true })) {
      const path = `${room}/${name}`;
      if (!path.endsWith(".ts") || own?.test(path) === true) continue;
      if (word.test(await readFile(join(ROOT, path), "utf8"))) found.push(path);
    }
  }
  return found.sort();
}

/** The files that a section of the page names. */
async function filesOf(section: string): Promise<string[]> {
  const [, text = ""] = new RegExp(`\n## ${section}\n([\\s\\S]*?)(\n## |$)`).exec(await readFile(PAGE, "utf8")) ?? [];
  return [...text.matchAll(/`([a-z-]+\/[\w./-]+\.ts)`/g)].map(([, path = ""]) => path).sort();
}

describe("the lists of docs/how-to/extend.md", () => {
  it("name every file that knows the stream kind, and no other", async () => {
    expect(await filesOf("A stream kind")).toEqual(await filesWith(/epoch_marks|markedSubnets|EpochMarkEvents\(/));
  });

  it("name every file that knows the table, and no other", async () => {
    expect(await filesOf("A result table")).toEqual(await filesWith(/RESIDUALS_TABLE|tables\.residuals|"residuals"/, /chain|taostats/));
  });

  it("name every file that asks for the index subnet, and no other", async () => {
    const names =
      /index-subnet|modules\/index\/|\.\/index\/index-module|\b(configuration|resolved|scenario|summary|rules)\??\.index\b|[iI]ndexSummaryEntry|indexNetuid/;
    expect(await filesOf("A module")).toEqual(await filesWith(names, /\/index-subnet\/|modules\/index\//));
  });
});
