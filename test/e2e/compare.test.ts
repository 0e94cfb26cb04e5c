import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spreadOf } from "../../studies/index.js";
import { runInProcess } from "../cli/run-in-process.js";
import { type Ended, startTenure, tenure, waitUntil, workFolder } from "./tenure.js";

const SMALL = ["--set", "time.days=2", "--set", "streams.peers.miners=6", "--set", "streams.peers.coldkeys=3", "--jobs", "1"];
const RULE = ["--set-b", "vesting.max_multiplier=3"];
const REPLICATES = 4;

describe("two scenarios compared over replicates", () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let first: Ended;
  // biome-ignore lint/suspicious/noExplicitAny: what a command printed
  let report: any;
  const at = (...path: string[]) => join(folder.path, ...path);
  /** In this process: what is asked for was seen of the built command already. */
  const compare = (...args: string[]) => runInProcess(["compare", ...args], 80);
  const refusal = async (...args: string[]) => {
    const { code, out, err } = await compare(...args, "--json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    return JSON.parse(err);
  };
  const SIDES = () => [at("runs/compare-demo-demo/a"), at("runs/compare-demo-demo/b")];

  beforeAll(async () => {
    folder = await workFolder();
    first = await tenure(["compare", "demo", "demo", ...SMALL, ...RULE, "--replicates", String(REPLICATES), "--json"], folder.path);
    report = JSON.parse(first.stdout);
  });
  afterAll(() => folder.remove());

  it("pairs replicates of the same random numbers, into a folder named after both", async () => {
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(report).toMatchObject({ pairs: [0, 1, 2, 3], seed: 1, miners: 6, changed: [{ path: "vesting.max_multiplier", a: 1.5, b: 3 }] });
    expect(report.out).toBe(at("runs/compare-demo-demo"));
    const files = await readdir(report.out);
    expect(files.sort()).toEqual(["a", "b", "figures.arrow", "manifest.json", "miners.arrow", "results.duckdb"]);
    // What the rule does not touch is the same in all pairs.
    const verdictOf = (name: string) => report.figures.find((one: { name: string }) => one.name === name).difference.verdict;
    expect(verdictOf("gini_before")).toBe("same");
    expect(["told_apart", "not_told_apart"]).toContain(verdictOf("pot_moved"));
  });

  it("has the differences of the runs that it is made of, miner by miner and figure by figure", async () => {
    const changes = new Map<string, number[]>();
    const moved: number[] = [];
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      const { out } = await compare(...SIDES().map((side) => join(side, "replicates", String(replicate))), "--json");
      const pair = JSON.parse(out);
      for (const { hotkey, change_rao } of [...pair.winners, ...pair.losers]) {
        changes.set(hotkey, [...(changes.get(hotkey) ?? []), Number(change_rao)]);
      }
      moved.push(pair.figures.find(({ name }: { name: string }) => name === "pot_moved").change);
    }
    const told = [...report.winners, ...report.losers];
    expect(told.length).toBeGreaterThan(0);
    for (const { hotkey, difference_rao: difference } of told) {
      const sum = (changes.get(hotkey) ?? []).reduce((all, one) => all + one, 0);
      expect(difference.mean).toBeCloseTo(sum / REPLICATES, 3);
    }
    const { mean, interval } = spreadOf(moved);
    const figure = report.figures.find(({ name }: { name: string }) => name === "pot_moved");
    expect(figure.difference).toMatchObject({ mean, interval, pairs: REPLICATES });
  });

  it("goes on where it was killed, with the same bytes in the end", async () => {
    const args = ["compare", "demo", "demo", ...SMALL, ...RULE, "--replicates", String(REPLICATES), "--out", "killed", "--quiet"];
    const running = startTenure(args, folder.path);
    await waitUntil(running, () => existsSync(at("killed/a/.partial/replicates/1/manifest.json")) || existsSync(at("killed/b")));
    running.process.kill("SIGKILL");
    await running.ended;
    expect(existsSync(at("killed/manifest.json"))).toBe(false);
    expect(await tenure(args, folder.path)).toMatchObject({ code: 0, stdout: "", stderr: "" });
    for (const file of ["figures.arrow", "miners.arrow", "a/figures.arrow", "b/figures.arrow"]) {
      expect((await readFile(at("killed", file))).equals(await readFile(join(report.out, file))), file).toBe(true);
    }
    expect(await readdir(at("killed"))).toEqual(await readdir(report.out));
  });

  it("compares the folders of its two sides, as any two folders of replicates", async () => {
    const { code, out } = await compare(...SIDES(), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ out: null, figures: report.figures, winners: report.winners, losers: report.losers });
  });

  it("is told of in words, in lines of 80 columns at most", async () => {
    const { code, out } = await compare(...SIDES());
    expect(code).toBe(0);
    for (const part of ["4 pairs", "vesting.max_multiplier 1.5 -> 3", "95 % interval", "Who gains most", "The same in all pairs"]) {
      expect(out).toContain(part);
    }
    expect(out).toMatch(/told apart: \d+ replicates were enough|cannot be told apart with 4 replicates/);
    // A path has no place to be broken at.
    expect(out.split("\n").filter((line) => line.length > 80 && !line.includes(folder.path))).toEqual([]);
  });

  it("is refused where not the same streams meet the rules, stream by stream, and nothing is made", async () => {
    const { errors } = await refusal("demo", "demo", "--set-b", "seed=2", "--set-b", "streams.peers.miners=65", "--out", at("never"));
    expect(errors.map(({ code, place }: { code: string; place: { path: string } }) => [code, place.path])).toEqual([
      ["TEN-COMPARE-001", "seed"],
      ["TEN-COMPARE-001", "streams.peers"],
    ]);
    expect(errors[1].found).toBe("miners: 64 in a, 65 in b");
    expect(existsSync(at("never"))).toBe(false);
  });

  it("is refused for what is of two kinds, and options that folders have no use for", async () => {
    expect((await refusal("demo", SIDES()[0])).error.code).toBe("TEN-COMPARE-005");
    expect((await refusal(at("runs/compare-demo-demo"), "demo")).error.code).toBe("TEN-COMPARE-009");
    const { error } = await refusal(...SIDES(), "--seed", "1", "--no-duckdb");
    expect(error).toMatchObject({ code: "TEN-COMPARE-008", found: "--seed, --no-duckdb" });
  });

  it("takes no folder that holds something else, and none of other scenarios without --force", async () => {
    await mkdir(at("own/a"), { recursive: true });
    await writeFile(at("own/note.txt"), "mine");
    expect((await refusal("demo", "demo", ...SMALL, "--out", at("own"))).error).toMatchObject({
      code: "TEN-COMPARE-002",
      found: "note.txt",
    });
    const other = ["demo", "demo", ...SMALL, "--set-b", "name=other", "--out", at("runs/compare-demo-demo")];
    expect((await refusal(...other)).error).toMatchObject({ code: "TEN-COMPARE-003", found: "demo with demo" });
    expect((await refusal("demo", "demo", ...SMALL, "--out", at(".partial"))).error.code).toBe("TEN-COMPARE-007");
    expect(await readdir(at("own"))).toEqual(["a", "note.txt"]);
  });
});
