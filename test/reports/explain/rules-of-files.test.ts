import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openRun } from "../../../recorders/index.js";
import { derivationsOf, withRunAgain } from "../../../reports/index.js";
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

const SHARES = `export default ({ shareStage, number }) =>
  shareStage({
    name: "loyal_shares",
    meaning: "of all the part of share^power * (1 + bonus * what is held)",
    parameters: {
      power: number({ range: { above: 0, atMost: 9 }, default: 2, meaning: "Exponent." }),
      bonus: number({ range: { atLeast: 0, atMost: 9 }, default: 1, meaning: "What holding all adds." }),
    },
    bind: ({ power, bonus }) => ({
      share({ count, heldShare }, before, weights, { trace }) {
        let sum = 0;
        const worth = Array.from({ length: count }, (_, k) => before[k] ** power * (1 + bonus * (heldShare[k] || 0)));
        for (const one of worth) sum += one;
        for (let k = 0; k < count; k++) weights[k] = sum > 0 ? worth[k] / sum : 0;
        TELL
      },
    }),
  });
`;

it.each([
  ["nothing", "", []],
  [
    "its own terms",
    'for (let k = 0; k < count; k++) trace?.of(k).term("worth", worth[k], "share_before^power * (1 + bonus * held_share)");',
    ["worth"],
  ],
  ["of who is not there", 'trace?.of(count + 5).input("nobody", 1);', []],
])("a stage of a file that gives out shares tells what it read and wrote, where it tells %s", async (name, tell, own) => {
  const [rule, file, out] = ["js", "yaml", "run"].map((end) => join(folder, `shares-${own.length}-${tell.length}.${end}`));
  await writeFile(rule, SHARES.replace("TELL", tell));
  await writeFile(
    file,
    `name: shares\ntime: { start: 2025-01-01, days: 1 }\nsubnet: { netuid: 7 }\nstreams: [{ synthetic: subnet, name: s, miners: 6, coldkeys: 6 }]\nemission: redistribute\nstages: [{ plug_in: { rule: ${rule}, with: { power: 3 } } }]\nrecord: { tables: [] }\n`,
  );
  await tenure("run", file, "--no-duckdb", "--quiet", "--out", out);
  const traced = { everyEpochs: 15, without: [], changes: [], traced: { netuid: 7, epoch: 15 } };
  const all = await withRunAgain(await openRun(out), traced, {}, (again) => derivationsOf(again, 7, 15));
  expect([name, all.length]).toEqual([name, 6]);
  const of = (steps: readonly { term: string; value: unknown }[], term: string) => {
    const step = steps.find((one) => one.term === term);
    if (step === undefined) throw new Error(`no ${term}`);
    return Number(step.value);
  };
  const worth = all.map(({ steps }) => {
    const [power, bonus] = [of(steps, "parameter.stage.1.power"), of(steps, "parameter.stage.1.bonus")];
    expect([power, bonus]).toEqual([3, 1]);
    return of(steps, "weight.base_share") ** power * (1 + bonus * of(steps, "holdings.held_share"));
  });
  const sum = worth.reduce((whole, one) => whole + one, 0);
  const prefix = "stage.1.loyal_shares.";
  for (const [k, { steps }] of all.entries()) {
    expect(of(steps, `${prefix}weight`)).toBeCloseTo(worth[k] / sum, 12);
    expect(of(steps, `${prefix}share`)).toBeCloseTo(worth[k] / sum, 12);
    const told = steps.flatMap(({ term }) => (term.startsWith(prefix) ? [term.slice(prefix.length)] : []));
    expect(told).toEqual([...own, "weight", "share"]);
    for (const term of own) expect(of(steps, prefix + term)).toBeCloseTo(worth[k], 12);
    const weight = steps.find(({ term }) => term === `${prefix}weight`);
    expect(weight?.words).toBe("of all the part of share^power * (1 + bonus * what is held)");
    expect(weight?.from).toEqual(expect.arrayContaining(["parameter.stage.1.power", "parameter.stage.1.bonus"]));
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
