import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workFolder } from "../e2e/tenure.js";
import { runInProcess } from "./run-in-process.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

const scenario = (emission: string, ...stages: string[]) => `name: tuned
time: { start: 2025-01-01, days: 1 }
subnet: { netuid: 30 }
streams: [{ synthetic: subnet, name: peers, miners: 4, behaviours: { holders: 1, sweepers: 1 } }]
emission: ${emission}
stages: [${stages.join(", ")}, { multiplier: { rule: geometric, max_multiplier: 1.5 } }]
`;

interface Told {
  readonly warnings: readonly string[];
  readonly ended: string;
}

async function jsonOf(args: readonly string[]): Promise<Told> {
  const { code, out } = await runInProcess([...args, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(out) as Told;
}

const inFull = ({ warnings }: Told) => warnings.filter((one) => one.startsWith("Every trial is a whole run"));

it("parts that are joined say it as one tuning does", async () => {
  const file = join(folder.path, "parts.yaml");
  await writeFile(file, scenario("replay", "{ smooth: { kind: ema, alpha: 0.5 } }"));
  const args = ["tune", file, "--vary", "stages.1.multiplier.max_multiplier=1.2,2"];
  const whole = await jsonOf([...args, "--out", join(folder.path, "whole")]);
  const parts = [1, 2].map((part) => join(folder.path, `part-${part}`));
  for (const [at, out] of parts.entries()) {
    expect((await jsonOf([...args, "--shard", `${at + 1}/2`, "--out", out])).ended).toBe("shard");
  }
  const joined = await jsonOf(["merge", ...parts, "--out", join(folder.path, "joined")]);
  expect(inFull(joined)).toHaveLength(1);
  expect(joined.warnings).toEqual(whole.warnings);
});

it.each([
  [
    "a stage that remembers",
    scenario("replay", "{ smooth: { kind: ema, alpha: 0.5 } }"),
    "3 in all",
    "stage smooth goes by more than a tape holds.",
  ],
  ["pay by the rule", scenario("redistribute", "{ burn: { share: 0.1 } }"), "3 in all", "emission: redistribute pays by the rule"],
  ["a list that a tape can be of", scenario("replay", "{ burn: { share: 0.1 } }"), null, null],
])("a tuning over %s says where every trial is a whole run, why, and how many there were", async (name, text, runs, why) => {
  const file = join(folder.path, "tuned.yaml");
  await writeFile(file, text);
  const args = ["tune", file, "--vary", "stages.1.multiplier.max_multiplier=1.2,2", "--out", join(folder.path, name)];
  const told = inFull(await jsonOf(args));
  if (runs === null) expect(told).toEqual([]);
  else for (const words of [runs, why ?? ""]) expect(told.join("; ")).toContain(words);
});
