import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStudy, readStudyState } from "../../studies/index.js";
import { callsOf, killedAt } from "../e2e/kills/kill-at-call.js";
import { tenure } from "../e2e/tenure.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";
import { resultsOf, SMALL } from "../studies/small-study.js";

const temporaryFolder = useTemporaryFolders();

/** Each thread counts its own calls: whichever comes to the one asked for first ends them all. */
const EVERY = 4;
const ARGS = ["run", "made.yaml", "--replicates", "2", "--jobs", "1", "--no-duckdb", "--out", "out", "--quiet"];

describe("many replicates, killed at a call that changes the disk", () => {
  it.each([
    ["into a new folder", [], ["none", "incomplete", "complete"]],
    ["over finished ones of another seed", ["--seed", "7"], ["complete", "incomplete"]],
  ] as const)("%s, go on to the same bytes", async (_, earlier, allowed) => {
    const folder = await temporaryFolder();
    const [start, whole] = [join(folder, "start"), join(folder, "whole")];
    await mkdir(start);
    await writeFile(join(start, "made.yaml"), SMALL.replace("name: small", "name: made"));
    if (earlier.length > 0) expect(await tenure([...ARGS, ...earlier], start)).toMatchObject({ code: 0 });
    await cp(start, whole, { recursive: true });
    const calls = await callsOf(ARGS, whole);
    const expected = await resultsOf(join(whole, "out"));
    const { digest } = (await openStudy(join(whole, "out"))).manifest;
    for (let call = 1; call <= calls.length; call += EVERY) {
      const at = join(folder, `at-${call}`);
      await cp(start, at, { recursive: true });
      await killedAt(call, ARGS, at);
      const told = `after a kill at call ${call}, ${calls[call - 1]}`;
      expect(allowed, told).toContain((await readStudyState(join(at, "out"))).kind);
      // The same command: what is built has an identity of its own, and takes what it finished before.
      expect(await tenure(ARGS, at), told).toMatchObject({ code: 0, stderr: "" });
      expect((await openStudy(join(at, "out"))).manifest.digest, told).toBe(digest);
      expect(await resultsOf(join(at, "out")), told).toEqual(expected);
      expect((await readdir(join(at, "out"))).sort(), told).toEqual(["figures.arrow", "manifest.json", "replicates"]);
      await rm(at, { recursive: true });
    }
  });
});
