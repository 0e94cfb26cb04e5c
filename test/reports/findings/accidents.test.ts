import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accidentOf, ACCIDENTS as WARNED } from "../../../engine/index.js";
import { openRun } from "../../../recorders/index.js";
import type { Finding } from "../../../reports/findings/finding.js";
import { runFindings } from "../../../reports/findings/run-findings.js";
import { runInProcess } from "../../cli/run-in-process.js";
import { workFolder } from "../../e2e/tenure.js";
import { ACCIDENTS, type Accident, importsOf, type Subnet, writeSubnet } from "./accidents.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

interface Looked {
  readonly findings: readonly Finding[];
  /** Accidents that the run itself warns of. */
  readonly warned: readonly string[];
}

/** Imports, runs and checks a subnet, by the commands that a person would type. */
async function lookedAt(name: string, subnet: Subnet): Promise<Looked> {
  const dir = join(folder.path, name);
  await writeSubnet(dir, name, subnet);
  const run = ["run", join(dir, `${name}.yaml`), "--data", dir, "--out", join(dir, "run"), "--no-duckdb", "--quiet"];
  for (const args of [...importsOf(subnet, dir), run]) {
    const { code, err } = await runInProcess(args);
    expect(err.split("\n").filter((line) => !line.startsWith("Warning") && !/^\s/.test(line) && line !== "")).toEqual([]);
    expect(code).toBe(0);
  }
  const opened = await openRun(join(dir, "run"));
  const warned = opened.manifest.summary.warnings.flatMap((warning) => accidentOf(warning) ?? []);
  return { findings: await runFindings(opened), warned };
}

const OF_ACCIDENTS = ACCIDENTS.map(({ code }) => code);

describe.each(ACCIDENTS)("$says", ({ name, code, follows = [], broken, healthy }: Accident) => {
  it(`raises ${code}, and no other cause`, async () => {
    const { findings, warned } = await lookedAt(name, broken);
    expect(warned).toEqual(WARNED.filter((one) => one === code || follows.includes(one)));
    const causes = findings.map((finding) => finding.code).filter((one) => OF_ACCIDENTS.includes(one));
    expect(causes).toEqual([code]);
    const found = findings.find((finding) => finding.code === code) as Finding;
    expect(found.evidence.length).toBeGreaterThan(0);
    expect(found.tries.length).toBeGreaterThan(0);
    expect(found).toMatchSnapshot();
  });

  it("is not raised by the same subnet without the fault", async () => {
    expect(await lookedAt(`${name}-healthy`, healthy)).toEqual({ findings: [], warned: [] });
  });
});

const LASTING = ACCIDENTS.flatMap(({ lasting, ...accident }) => (lasting === undefined ? [] : [{ ...accident, lasting }]));

it.each(LASTING)("$says, to the end of the run: that raises $code, too", async ({ name, code, lasting }) => {
  const found = (await lookedAt(`${name}-lasting`, lasting)).findings.find((finding) => finding.code === code);
  expect(found?.evidence[0]).toMatch(/^In epochs 40 to 96 /);
  expect(found).toMatchSnapshot();
});
