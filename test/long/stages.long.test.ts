import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "../e2e/tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());
const run = (...args: string[]) => tenure(args, folder.path);

interface Step {
  readonly stage: number;
  readonly name: string;
  readonly share_before: number;
  readonly factor: number | null;
  readonly share_after: number;
  readonly terms: readonly { readonly name: string; readonly value: number }[];
}

it("a run under a list of stages is explained stage by stage, and verified", async () => {
  const ran = await run("run", "burn-and-hold", "--set", "time.days=6", "--no-duckdb");
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/elsewhere +burn [\d,.]+ alpha/);
  const miner = ["show", "runs/burn-and-hold", "--hotkey", "peers/miner-007"];
  const { weight, stages } = JSON.parse((await run(...miner, "--json")).stdout) as {
    weight: { final_weight: number; multiplier: number };
    stages: readonly Step[];
  };
  expect(stages.map(({ stage, name }) => [stage, name])).toEqual([
    [1, "gate"],
    [2, "burn"],
    [3, "multiplier"],
    [4, "residual"],
  ]);
  const [gate, burn, multiplier] = stages;
  expect(burn).toMatchObject({ effect: "keep", kept: 0.8, factor: null, share_before: gate.share_after, share_after: gate.share_after });
  expect(multiplier.share_before).toBe(burn.share_after);
  // A share of 1.5, the largest multiplier, where the list ends with `residual: burn`; a fifth is burned before.
  expect(multiplier.share_after).toBeCloseTo((multiplier.share_before * (multiplier.factor ?? 0)) / 1.5, 12);
  expect(weight.final_weight).toBeCloseTo(0.8 * multiplier.share_after, 12);
  expect(multiplier.terms.at(-1)).toMatchObject({ name: "multiplier", value: multiplier.factor });
  const { stdout } = await run(...miner);
  expect(stdout).toMatch(/stage +before +factor +ceiling +after\n1 gate .*\n2 burn +\S+ % +leaves 80\.00 % .*\n3 multiplier geometric /);
  expect(stdout).toMatch(/multiplier .* product of the factors of its stages, as applied/);
  expect(await run("verify", "runs/burn-and-hold")).toMatchObject({ code: 0 });
});

it("tells the rank that a curve paid", async () => {
  await run("run", "rank-decay", "--set", "time.days=2", "--no-duckdb", "--quiet");
  const { stages } = JSON.parse((await run("show", "runs/rank-decay", "--hotkey", "peers/miner-007", "--json")).stdout) as {
    stages: readonly Step[];
  };
  const [{ terms, share_after: share, factor }] = stages;
  const rank = terms.find(({ name }) => name === "rank")?.value ?? 0;
  expect(factor).toBeNull();
  // 64 miners, none tied: 0.8^(rank - 1) of the sum of a geometric series.
  expect(share).toBeCloseTo((0.8 ** (rank - 1) * 0.2) / (1 - 0.8 ** 64), 12);
});

it("a penalty that everybody bears is cancelled by normalisation, and bites where it is burned", async () => {
  const moved = async (name: string) => {
    const ran = await run("run", name, "--set", "time.days=20", "--no-duckdb", "--quiet", "--json");
    return JSON.parse(ran.stdout) as { emission_rao: string; residual_rao: Record<string, string>; metrics: { pot_moved: number } };
  };
  const [normalised, burned] = [await moved("penalty-normalised"), await moved("penalty-burned")];
  expect(normalised.residual_rao.burn).toBe("0");
  // The same months, the same pot: what is burned in the one is paid in the other.
  expect(BigInt(burned.emission_rao) + BigInt(burned.residual_rao.burn)).toBe(BigInt(normalised.emission_rao));
  expect(BigInt(burned.residual_rao.burn)).toBeGreaterThan(0n);
  expect(burned.metrics.pot_moved).toBeGreaterThan(normalised.metrics.pot_moved);
});

it("on an index subnet a list shares the base pool, and is explained from score to pay", async () => {
  const crash = await readFile(join(ROOT, "scenarios/tao20-crash.yaml"), "utf8");
  const stages = "stages: [{ curve: { kind: geometric, ratio: 0.5 } }, { burn: { share: 0.2 } }]";
  await writeFile(join(folder.path, "staged.yaml"), `${crash.replace("name: tao20-crash", "name: staged")}\n${stages}\n`);
  const ran = await run("run", "staged.yaml", "--set", "time.days=1", "--no-duckdb");
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/elsewhere +burn [\d,.]+ alpha/);
  expect(ran.stdout).toMatch(/by the stages elsewhere [\d,.]+/);
  expect(ran.stdout).toMatch(/pot moved +[\d.]+ % of what miners share, in 24 epochs\n/);
  const miner = ["show", "runs/staged", "--hotkey", "maker-1"];
  const { stages: steps } = JSON.parse((await run(...miner, "--json")).stdout) as { stages: readonly Step[] };
  expect(steps.map(({ name }) => name)).toEqual(["curve", "burn", "residual"]);
  const { stdout } = await run(...miner);
  expect(stdout).toMatch(/1 curve geometric .* anew /);
  expect(stdout).toMatch(/base .* by stages/);
  expect(await run("verify", "runs/staged")).toMatchObject({ code: 0 });
  const both = await run("run", "staged.yaml", "--set", "index.vesting_multipliers=true");
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining("Put a multiplier among the stages") });
});
