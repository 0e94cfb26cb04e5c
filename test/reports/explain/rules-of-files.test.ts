import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-own-rules-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tenure(...args: string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

interface Step {
  readonly term: string;
  readonly value: number;
}

const RULE = `export default ({ multiplierRule, number }) =>
  multiplierRule({
    name: "loyal",
    meaning: "1 + strength * held share",
    parameters: { strength: number({ range: { atLeast: 0, atMost: 10 }, default: 1, meaning: "What holding all adds." }) },
    ceiling: ({ strength }) => 1 + strength,
    bind: ({ strength }) => (heldShare, heldDays, exactly, trace) => {
      const bonus = strength * heldShare;
      trace?.input("held_share", heldShare);
      trace?.term("bonus", bonus, "strength * held_share");
      trace?.term("multiplier", 1 + bonus, "1 + bonus");
      return 1 + bonus;
    },
  });
`;

it("a rule of a file tells its terms beside a counterfactual, too, on each of several subnets", async () => {
  const [file, out] = [join(folder, "loyal.yaml"), join(folder, "run")];
  await writeFile(join(folder, "loyal.js"), RULE);
  const subnet = (netuid: number) => `  - { synthetic: subnet, name: s${netuid}, netuid: ${netuid}, miners: 6, coldkeys: 6 }`;
  await writeFile(
    file,
    `name: loyal\ntime: { start: 2025-01-01, days: 1 }\nsubnets: [{ netuid: 7 }, { netuid: 9 }]\nstreams:\n${subnet(7)}\n${subnet(9)}\nemission: redistribute\nvesting: { rule: ./loyal.js, with: { strength: 0.5 } }\nrecord: { tables: [] }\n`,
  );
  await tenure("run", file, "--no-duckdb", "--quiet", "--out", out);
  const subnets: { netuid: number; miners: { position: { position: number } }[] }[] = JSON.parse(await tenure("show", out, "--json"));
  expect(subnets.map(({ netuid }) => netuid)).toEqual([7, 9]);
  for (const { netuid, miners } of subnets) {
    const [
      {
        position: { position },
      },
    ] = miners;
    const asked = ["--position", String(position), "--counterfactual", "vesting.with.strength=2", "--json"];
    const told = JSON.parse(await tenure("explain", out, ...asked, "--epoch", "10"));
    expect(told.derivation.netuid).toBe(netuid);
    for (const [{ steps }, strength] of [
      [told.derivation, 0.5],
      [told.counterfactual.explanation.derivation, 2],
    ] as const) {
      const of = (term: string) => steps.find((step: Step) => step.term === term)?.value;
      expect(of("multiplier.bonus")).toBe(strength * of("holdings.held_share"));
      expect(of("multiplier.answer")).toBe(1 + of("multiplier.bonus"));
    }
    const whole = JSON.parse(await tenure("explain", out, ...asked));
    const sum = whole.parts.reduce((all: bigint, { amount_rao }: { amount_rao: string }) => all + BigInt(amount_rao), 0n);
    expect([String(sum), whole.position.netuid]).toEqual([String(whole.paid_rao), netuid]);
    expect(whole.ranges.length).toBeGreaterThan(0);
  }
});

it("stages are named where runs are shown, and where they are compared with what each takes and gives more", async () => {
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  const record = ["record.tables=[stage_weights]", "record.every_epochs=1", "record.stage_weights=every"];
  const sets = ["time.days=1", ...record].flatMap((set) => ["--set", set]);
  await tenure("run", "burn-and-rank", ...sets, "--no-duckdb", "--quiet", "--out", a);
  await tenure("run", "burn-and-rank", ...sets, "--set", "stages.1.burn.share=0.5", "--no-duckdb", "--quiet", "--out", b);
  const [{ stages }] = JSON.parse(await tenure("show", a, "--json"));
  expect(stages.map(({ name, path }: { name: string; path: string | null }) => [name, path])).toEqual([
    ["curve", "stages.0"],
    ["burn", "stages.1"],
    ["residual", null],
  ]);
  expect(stages[0].taken).toBeCloseTo(stages[0].given, 12);
  expect(stages[1].taken).toBeCloseTo(0.3, 12);
  expect(await tenure("show", a)).toMatch(/^2 burn +stages\.1 +30\.00 % +0\.00 %$/m);
  const compared = JSON.parse(await tenure("compare", a, b, "--json"));
  expect(compared.stages.map(({ stage }: { stage: string }) => stage)).toEqual(["burn", "curve geometric"]);
  expect(compared.stages[0].taken_change).toBeCloseTo(0.2, 12);
  // The curve moves as much of what is left, which is half of the pot instead of seven tenths.
  expect(compared.stages[1].taken_b / compared.stages[1].taken_a).toBeCloseTo(0.5 / 0.7, 12);
  expect(await tenure("compare", a, b)).toMatch(/^burn +30\.00 % +50\.00 % +\+20\.00 percentage points/m);
});
