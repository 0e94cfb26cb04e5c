import { cp, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun, runScenario, verifyRun } from "../../../recorders/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { mergeStudies, type OpenStudy, openStudy, runStudy, verifyStudy } from "../../../studies/index.js";
import { refusalOf, useTemporaryFolders } from "../../recorders/temporary-folder.js";
import { replicatePath, resultsOf, SMALL, smallScenario } from "../small-study.js";

const folder = useTemporaryFolders();
const replicates = { from: 0, to: 3 };
const quick = { replicates, duckdb: false, jobs: 1 } as const;

/** All four replicates, and the same in two parts. */
let made: string;
beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), "tenure-test-"));
  await runStudy(smallScenario(), { ...quick, out: join(made, "one") });
  for (const index of [1, 2]) await runStudy(smallScenario(), { ...quick, out: join(made, `part-${index}`), shard: { index, count: 2 } });
});
afterAll(() => rm(made, { recursive: true }));

/** A copy of what was made, to be changed. */
async function copyOf(name: string): Promise<string> {
  const to = join(await folder(), name);
  await cp(join(made, name), to, { recursive: true });
  return to;
}

describe("many replicates of a scenario", () => {
  it("are the same bytes with one thread, with two, and joined from parts in any order; each is the run of its number", async () => {
    const dir = await folder();
    const at = (name: string) => join(dir, name);
    const one = await openStudy(join(made, "one"));
    const two = await runStudy(smallScenario(), { ...quick, out: at("two"), jobs: 2 });
    const joined = await mergeStudies([join(made, "part-2"), join(made, "part-1")], { out: at("joined"), duckdb: false });
    const expected = await resultsOf(join(made, "one"));
    expect(Object.keys(expected)).toContain("replicates/3/tables/positions.arrow");
    expect(await resultsOf(at("two"))).toEqual(expected);
    expect(await resultsOf(at("joined"))).toEqual(expected);
    for (const study of [two, joined]) {
      const { node: _n, timing: _t, ...manifest } = study.manifest;
      const { node: _m, timing: _s, ...first } = one.manifest;
      expect(manifest).toEqual(first);
    }
    expect(new Set(one.manifest.replicates.map((entry) => entry.status === "finished" && entry.digest)).size).toBe(4);

    const { manifest } = await runScenario(smallScenario({ replicate: 3 }), { out: at("single"), duckdb: false });
    expect((await one.openReplicate(3)).manifest).toMatchObject({ digest: manifest.digest, replicate: 3, summary: manifest.summary });
    expect(await verifyRun(replicatePath(join(made, "one"), 3))).toMatchObject({ ok: true });
    expect(await verifyStudy(at("joined"), { jobs: 1, replicate: 2 })).toMatchObject({ ok: true, repeated: 1, replicates: 4 });
  });

  it("that are finished are not run again, with more of them or another time; those of other identity are", async () => {
    const out = join(await folder(), "study");
    const inodes = async () => Promise.all([0, 1, 2].map(async (n) => (await stat(replicatePath(out, n))).ino));
    await runStudy(smallScenario(), { ...quick, out, replicates: { from: 0, to: 2 } });
    const before = await inodes();
    const more = await runStudy(smallScenario(), { ...quick, out });
    expect(more.finished).toEqual([0, 1, 2, 3]);
    expect(await inodes()).toEqual(before);
    const fewer = await runStudy(smallScenario(), { ...quick, out, replicates: { from: 1, to: 2 } });
    expect(fewer.finished).toEqual([1, 2]);
    expect((await stat(replicatePath(out, 1))).ino).toBe(before[1]);
    await expect(stat(replicatePath(out, 0))).rejects.toThrow(/ENOENT/);
    const other = await runStudy(smallScenario({ seed: 9 }), { ...quick, out, replicates: { from: 1, to: 2 } });
    expect((await stat(replicatePath(out, 1))).ino).not.toBe(before[1]);
    expect(other.manifest.digest).not.toBe(fewer.manifest.digest);
  });

  it("one of which was damaged since is run again, and only that one", async () => {
    const out = await copyOf("one");
    const { manifest } = await openStudy(out);
    const sound = (await stat(replicatePath(out, 0))).ino;
    await writeFile(join(replicatePath(out, 1), "tables/positions.arrow"), "damaged");
    expect(await verifyStudy(out, { jobs: 1, replicate: 1 })).toMatchObject({
      ok: false,
      changedFiles: [{ file: "replicates/1/tables/positions.arrow" }],
      differing: [{ replicate: 1, difference: { table: "positions" } }],
    });
    const again = await runStudy(smallScenario(), { ...quick, out });
    expect(again.manifest.digest).toBe(manifest.digest);
    expect((await stat(replicatePath(out, 0))).ino).toBe(sound);
    expect(await verifyStudy(out, { jobs: 1, replicate: 1 })).toMatchObject({ ok: true });
  });

  it("have figures that say what their summaries say, and one DuckDB file with all tables", async () => {
    const out = join(await folder(), "study");
    const study = await runStudy(smallScenario(), { out, replicates: { from: 0, to: 2 }, jobs: 1 });
    const rows = await study.readFigures();
    for (const replicate of study.finished) {
      const { manifest } = await study.openReplicate(replicate);
      const moved = rows.find((row) => row.replicate === replicate && row.figure === "pot_moved");
      expect(moved?.value).toBe(manifest.summary.metrics?.pot_moved);
    }
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(study.duckdbPath ?? "", { access_mode: "READ_ONLY" });
    const connection = await instance.connect();
    const all = async (sql: string) => (await connection.run(sql)).getRows();
    try {
      for (const [table, { rows: one }] of Object.entries((await study.openReplicate(0)).manifest.tables)) {
        expect(await all(`SELECT count(*) FROM ${table} WHERE replicate = 0`), table).toEqual([[BigInt(one)]]);
      }
      expect(await all("SELECT replicate, digest FROM runs ORDER BY replicate")).toEqual(
        study.manifest.replicates.map((entry) => [BigInt(entry.replicate), entry.status === "finished" && entry.digest]),
      );
      // A view pairs rows of one replicate alone: nobody is there three times.
      expect(await all("SELECT replicate, count(*) FROM miners GROUP BY replicate ORDER BY replicate")).toEqual([
        [0, 4n],
        [1, 4n],
        [2, 4n],
      ]);
      const [[tables, views]] = await all("SELECT (SELECT count(*) FROM holdings), (SELECT count(*) FROM holdings_view)");
      expect(views).toBe(tables);
      expect(await all("SELECT count(*) FROM figures")).toEqual([[BigInt(rows.length)]]);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    expect(await verifyStudy(out, { jobs: 1 })).toMatchObject({ ok: true, repeated: 3, duckdbFaults: [], foreignFiles: [] });
  });
});

describe("a replicate that fails", () => {
  const all = { from: 0, to: 3 };
  let least: readonly { readonly replicate: number; readonly heldShare: number }[];

  /** The smallest held share above 0 of each replicate, ascending: which of them a rule that cannot bear it fails in. */
  async function leastHeld(study: OpenStudy) {
    const found = study.finished.map(async (replicate) => {
      let heldShare = 1;
      for await (const { columns, rows, declaration } of (await study.openReplicate(replicate)).readTable("holdings")) {
        const at = declaration.columns.findIndex(({ name }) => name === "held_share");
        const shares = (columns[at] as Float64Array).slice(0, rows).filter((share) => share > 0);
        heldShare = Math.min(heldShare, ...shares);
      }
      return { replicate, heldShare };
    });
    return (await Promise.all(found)).sort((a, b) => a.heldShare - b.heldShare);
  }
  const text = (rule: string) => `${SMALL.replace("emission: redistribute", "emission: replay")}vesting: { rule: ${rule} }\n`;
  const rule = (limit: number) => `export default ({ multiplierRule }) => multiplierRule({
    name: "brittle", meaning: "m", parameters: {}, ceiling: () => 1,
    bind: () => (heldShare) => { if (heldShare > 0 && heldShare < ${limit}) throw new RangeError("too little is held"); return 1; } });`;

  const scenarios = useTemporaryFolders();
  async function brittle(limit: number) {
    const dir = await scenarios();
    await writeFile(join(dir, "brittle.yaml"), text("./brittle.ts"));
    await writeFile(join(dir, "brittle.ts"), rule(limit));
    return { dir, scenario: loadScenario(join(dir, "brittle.yaml")) };
  }

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), "tenure-test-"));
    await writeFile(join(dir, "plain.yaml"), text("geometric"));
    least = await leastHeld(await runStudy(loadScenario(join(dir, "plain.yaml")), { ...quick, out: join(dir, "out"), replicates: all }));
    await rm(dir, { recursive: true });
  });

  it("is told with code, cause and place, the others go on, and parts carry it over", async () => {
    const [lowest, second] = least;
    expect(lowest.heldShare).toBeLessThan(second.heldShare);
    const { dir, scenario } = await brittle((lowest.heldShare + second.heldShare) / 2);
    const study = await runStudy(scenario, { ...quick, out: join(dir, "out"), replicates: all, jobs: 2 });
    expect(study.finished).toEqual([0, 1, 2, 3].filter((replicate) => replicate !== lowest.replicate));
    expect(study.manifest.replicates[lowest.replicate]).toMatchObject({
      status: "failed",
      error: { code: expect.stringMatching(/^TEN-PLUGIN-\d{3}$/), what: expect.stringContaining("brittle") },
    });
    expect(JSON.stringify(study.manifest.replicates[lowest.replicate])).toContain("too little is held");
    expect(await refusalOf(() => study.openReplicate(lowest.replicate))).toMatchObject({ code: "TEN-STUDY-006" });
    for (const index of [1, 2]) {
      await runStudy(scenario, { ...quick, out: join(dir, `part-${index}`), replicates: all, shard: { index, count: 2 } });
    }
    const joined = await mergeStudies([join(dir, "part-1"), join(dir, "part-2")], { out: join(dir, "joined"), duckdb: false });
    expect(joined.manifest.digest).toBe(study.manifest.digest);
    expect(joined.manifest.replicates).toEqual(study.manifest.replicates);
    expect(await verifyStudy(join(dir, "joined"), { jobs: 1, replicate: lowest.replicate })).toMatchObject({ ok: true, repeated: 1 });
  });

  it("like all others is the refusal of the study, which leaves nothing", async () => {
    const { dir, scenario } = await brittle(2);
    const out = join(dir, "out");
    const refusal = await refusalOf(() => runStudy(scenario, { ...quick, out, replicates: { from: 0, to: 1 } }));
    expect(refusal.code).toMatch(/^TEN-PLUGIN-/);
    await expect(stat(out)).rejects.toThrow(/ENOENT/);
  });
});

describe("parts that make no whole are refused:", () => {
  const parts = useTemporaryFolders();
  const part = async (dir: string, index: number, count: number, options = {}) => {
    const out = join(dir, `part-${index}-${count}`);
    await runStudy(smallScenario(options), { ...quick, replicates: { from: 0, to: 3 }, out, shard: { index, count } });
    return out;
  };

  it("one that is missing, one that is given twice, one of another seed or rule, one that was damaged, and the folder of the whole", async () => {
    const dir = await parts();
    const [a, b] = [join(made, "part-1"), await copyOf("part-2")];
    const merged = (...dirs: string[]) => refusalOf(() => mergeStudies(dirs, { out: join(dir, "whole"), duckdb: false }));
    expect(await merged(a)).toMatchObject({
      code: "TEN-STUDY-014",
      found: "no replicate 1, 3",
      hint: expect.stringContaining("--shard 2/2"),
    });
    expect(await merged(a, b, a)).toMatchObject({ code: "TEN-STUDY-013", found: expect.stringContaining("replicate 0") });
    expect(await refusalOf(() => mergeStudies([a, b], { out: b }))).toMatchObject({ code: "TEN-STUDY-015" });
    const otherSeed = await part(await parts(), 2, 2, { seed: 5 });
    expect(await merged(a, otherSeed)).toMatchObject({ code: "TEN-STUDY-012", what: expect.stringMatching(/differ in seed\.$/) });
    const otherRule = await part(await parts(), 2, 2, { sets: ["vesting.max_multiplier=2"] });
    expect(await merged(a, otherRule)).toMatchObject({
      code: "TEN-STUDY-012",
      what: expect.stringMatching(/differ in scenario\.vesting\.$/),
    });
    await writeFile(join(replicatePath(b, 3), "tables/positions.arrow"), "damaged");
    expect(await merged(a, b)).toMatchObject({ code: "TEN-RESULT-006" });
    expect(await openStudy(a)).toMatchObject({ finished: [0, 2] });
    expect(await refusalOf(() => openRun(a))).toMatchObject({ code: "TEN-STUDY-001" });
    await expect(stat(join(dir, "whole"))).rejects.toThrow(/ENOENT/);
  });
});
