import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type MemoryStream, pay, START, stake } from "../engine/in-memory.js";
import { recordStreams } from "../recorders/importers/any-recorded-run.js";
import { runInProcess } from "./run-in-process.js";

const DAY = 86_400_000;
const ALPHA = 1_000_000_000;

let folder: string;
let demo: string;
let bare: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-explain-test-"));
  [demo, bare] = [join(folder, "demo"), join(folder, "bare")];
  const days = ["--set", "time.days=6", "--set", "vesting.retention_window_days=3", "--no-duckdb", "--quiet"];
  await tenure("run", "demo", ...days, "--out", demo);
  await tenure("run", "demo", ...days, "--set", "record.tables=[]", "--out", bare);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function tenure(...args: string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

async function refused(...args: string[]) {
  const { code, out, err } = await runInProcess([...args, "--json"]);
  expect([code, out]).toEqual([2, ""]);
  return JSON.parse(err).error;
}

const json = async (...args: string[]) => JSON.parse(await tenure("explain", ...args, "--json"));
type Step = { term: string; value: number | string | null; from: string[] };
const figure = (steps: readonly Step[], term: string) => steps.find((step) => step.term === term)?.value;
const sum = (amounts: readonly (number | string)[]) => amounts.reduce<bigint>((all, amount) => all + BigInt(amount), 0n);

describe("of one epoch", () => {
  it("prints a tree whose root is the pay, with every digit", async () => {
    const text = await tenure("explain", demo, "--hotkey", "miner-007", "--epoch", "100");
    const { derivation } = await json(demo, "--hotkey", "miner-007", "--epoch", "100");
    const lines = text.split("\n");
    const root = lines.findIndex((line) => line.startsWith("pay.paid "));
    expect(lines[root - 2]).toBe("Derivation, from what was paid down to what it is made of");
    for (const { term, value, unit } of derivation.steps) {
      const line = lines.find((one) => one.replace(/^[ │├└]+/, "").startsWith(`${term} `));
      expect(line, term).toBeDefined();
      if (!unit.startsWith("rao")) expect(line).toContain(String(value));
    }
    expect(text).toMatch(/^│ │ +└ holdings\.|^│.* holdings\.received /m);
  });

  it("sums up the tranches as they were then, with what opened and consumed them", async () => {
    for (const epoch of [40, 119]) {
      const { tranches_then: then, derivation } = await json(demo, "--hotkey", "miner-046", "--epoch", String(epoch));
      expect(then.agree).toBe(true);
      const earned = then.tranches.filter(({ source }: { source: string }) => source === "emission");
      expect(sum(earned.map((one: { received_rao: number }) => one.received_rao))).toBe(
        BigInt(figure(derivation.steps, "holdings.received") ?? -1),
      );
      expect(sum(earned.map((one: { remaining_rao: number }) => one.remaining_rao))).toBe(
        BigInt(figure(derivation.steps, "holdings.remaining") ?? -1),
      );
      for (const { received_rao: received, remaining_rao: remaining, used } of then.tranches)
        expect(received - remaining).toBe(used.reduce((all: number, { amount_rao }: { amount_rao: number }) => all + amount_rao, 0));
    }
  });

  it("is what `show` prints of it, to the byte", async () => {
    const last = await tenure("explain", demo, "--hotkey", "miner-007", "--epoch", "last", "--no-again");
    expect(await tenure("show", demo, "--hotkey", "miner-007")).toBe(last);
    expect(await tenure("show", demo, "--hotkey", "miner-007", "--epoch", "120")).toBe(last);
    expect(await tenure("show", demo, "--position", "7", "--epoch", "50", "--tranches", "--limit", "3")).toBe(
      await tenure("explain", demo, "--position", "7", "--epoch", "50", "--tranches", "--limit", "3", "--no-again"),
    );
    expect(await tenure("show", demo, "--position", "7", "--json")).toBe(
      await tenure("explain", demo, "--position", "7", "--epoch", "last", "--no-again", "--json"),
    );
  });
});

describe("of the whole run", () => {
  it("the parts of the pay of every miner sum to it, and the ranges cover all epochs", async () => {
    const { miners } = JSON.parse(await tenure("show", demo, "--json"))[0];
    for (const { position } of miners.slice(0, 6)) {
      const whole = await json(demo, "--position", String(position.position));
      expect(whole).toMatchObject({ kind: "run", epochs: 120, weighed_epochs: 120, lacks: null, ran_again: false, note: null });
      expect(sum(whole.parts.map((part: { amount_rao: number }) => part.amount_rao))).toBe(BigInt(whole.paid_rao));
      expect(BigInt(whole.paid_rao)).toBe(BigInt(position.at_end.paid_rao));
      let next = 1;
      for (const { from_epoch: from, to_epoch: to } of whole.ranges) {
        expect(from).toBe(next);
        next = to + 1;
      }
      expect(next).toBe(121);
      expect(sum(whole.ranges.map((range: { paid_rao: number }) => range.paid_rao))).toBe(BigInt(whole.paid_rao));
    }
  });

  it("of two miners is what one works out by hand, with the event that changed it", async () => {
    // Both are paid 1,000; a sells half and has 5 / 9 then, so that of 1,400 to be shared 500 : 900 it gets 1,400 * 25 / 106.
    const streams: readonly MemoryStream[] = [
      {
        kind: "emission",
        rows: [
          ...["a", "b"].map((miner) => pay(START + DAY, miner, 1_000 * ALPHA)),
          pay(START + 3 * DAY, "a", 500 * ALPHA),
          pay(START + 3 * DAY, "b", 900 * ALPHA),
        ],
      },
      { kind: "stake", rows: [stake(START + 2 * DAY, "removed", "a", 500 * ALPHA)] },
    ];
    await recordStreams(join(folder, "data", "rec"), streams);
    const vesting = "{ rule: linear_retention, retention_target: 0.9, max_multiplier: 1 }";
    const scenario = `name: two\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: redistribute\nvesting: ${vesting}\nrecord: { tables: all }\n`;
    await writeFile(join(folder, "two.yaml"), scenario);
    const out = join(folder, "two");
    await tenure("run", join(folder, "two.yaml"), "--data", join(folder, "data"), "--out", out, "--quiet");
    const { parts, ranges } = await json(out, "--hotkey", "a");
    const amounts = Object.fromEntries(
      parts.map(({ term, amount_rao }: { term: string; amount_rao: number }) => [term, Number(amount_rao)]),
    );
    const share = 500 / 1_400;
    const alone = (share * 5) / 9 / ((share * 5) / 9 + 1 - share);
    expect(amounts.base_weight).toBe(1_500 * ALPHA);
    expect(amounts.multiplier / ALPHA).toBeCloseTo(1_400 * alone - 500, 6);
    // b holds all, and has 1: it takes nothing by a factor of its own.
    expect(amounts["others.multiplier"] ?? 0).toBe(0);
    expect(ranges.at(-1)).toMatchObject({
      from_epoch: 2,
      term: "multiplier",
      change: "down",
      before: 1,
      event: { event: "withdraw", amount_rao: 500 * ALPHA, tranches: 1, time_ms: START + 2 * DAY },
    });
  });
});

describe("of the whole run of which not every epoch was recorded", () => {
  it.each([
    ["all", 6],
    ["[positions]", 0],
    ["[rewards]", 6],
  ])("with the tables %s tells of which epochs it speaks, and what was paid in all", async (tables, told) => {
    const out = join(folder, `thin-${tables}`);
    const sets = ["time.days=6", "vesting.retention_window_days=3", `record.tables=${tables}`, "record.every_epochs=20"];
    await tenure("run", "demo", ...sets.flatMap((set) => ["--set", set]), "--no-duckdb", "--quiet", "--out", out);
    const asked = ["--hotkey", "miner-007", "--no-again"];
    const some = await json(out, ...asked);
    const whole = await json(demo, "--hotkey", "miner-007");
    expect(some).toMatchObject({ epochs: 120, told_epochs: told, whole_run_paid_rao: whole.paid_rao });
    const paid = whole.ranges.length > 0 && told > 0 ? sum(some.parts.map((part: { amount_rao: number }) => part.amount_rao)) : null;
    expect(some.paid_rao === null ? null : BigInt(some.paid_rao)).toBe(paid);
    const text = await tenure("explain", out, ...asked);
    expect(text).toMatch(/^Paid [\d.,]+ alpha over the whole run, in all roles\./m);
    if (told > 0) expect(text.replaceAll("\n", " ")).toMatch(/as a miner in the 6 epochs that were recorded, made of:/);
    else expect(text).not.toContain("100.00 %");
  });
});

describe("who is paid for something else than mining", () => {
  it("is told as what, and how much; beside the pay of a miner it is told, too", async () => {
    const validator = (time: number, key: string, alpha: number) => ({ ...pay(time, key, alpha * ALPHA), role: "validator" as const });
    const rows = [1, 2].flatMap((day) => [
      validator(START + day * DAY, "a", 7),
      pay(START + day * DAY, "b", 30 * ALPHA),
      validator(START + day * DAY, "b", 5),
    ]);
    await recordStreams(join(folder, "roles", "rec"), [{ kind: "emission", rows }]);
    const scenario = "name: roles\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: redistribute\nrecord: { tables: all }\n";
    await writeFile(join(folder, "roles.yaml"), scenario);
    const out = join(folder, "roles-run");
    await tenure("run", join(folder, "roles.yaml"), "--data", join(folder, "roles"), "--out", out, "--quiet");
    const alone = await json(out, "--hotkey", "a");
    expect(alone).toMatchObject({ paid_rao: "0", other_roles: [{ role: "validator", paid_rao: String(14 * ALPHA) }], weighed_epochs: 0 });
    const text = await tenure("explain", out, "--hotkey", "a");
    expect(text).toMatch(/^hotkey +a {2}\(subnet 1, paid as a validator\)$/m);
    expect(text).toContain(
      "Paid 14 alpha as a validator over the whole run, which no rule for miners changes. As a miner it is paid nothing.",
    );
    expect(text).not.toContain("base_weight");
    const both = await json(out, "--hotkey", "b");
    expect(both).toMatchObject({ paid_rao: String(60 * ALPHA), other_roles: [{ role: "validator", paid_rao: String(10 * ALPHA) }] });
    expect(both.whole_run_paid_rao).toBe(String(70 * ALPHA));
    expect(await tenure("explain", out, "--hotkey", "b")).toContain("Beside that it was paid 10 alpha as a validator,");
    const { derivation } = await json(out, "--hotkey", "a", "--epoch", "last");
    expect(figure(derivation.steps, "pay.other_roles")).toBe(7 * ALPHA);
  });

  it("is told apart from what was not recorded", async () => {
    const rows = [pay(START + DAY, "c", 3 * ALPHA), pay(START + DAY, "d", ALPHA), pay(START + 2 * DAY, "d", ALPHA)];
    await recordStreams(join(folder, "once", "rec"), [{ kind: "emission", rows }]);
    const scenario = "name: once\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: redistribute\nrecord: { tables: all }\n";
    await writeFile(join(folder, "once.yaml"), scenario);
    const out = join(folder, "once-run");
    await tenure("run", join(folder, "once.yaml"), "--data", join(folder, "once"), "--out", out, "--quiet", "--no-duckdb");
    const root = async (dir: string, key: string) =>
      (await json(dir, "--hotkey", key, "--epoch", "last", "--no-again")).derivation.steps.at(-1).words;
    expect(await root(out, "c")).toBe("not paid as a miner in this epoch");
    expect(await root(out, "d")).not.toContain("not paid");
    expect(await root(bare, "miner-007")).toContain("not recorded (record.tables: rewards)");
  });

  it("as a validator of an index subnet is told first that one epoch is explained, by what made its pay alone", async () => {
    const out = join(folder, "crash");
    await tenure("run", "tao20-crash", "--set", "time.days=1", "--no-duckdb", "--quiet", "--out", out);
    const text = await tenure("explain", out, "--hotkey", "keeper-1");
    expect(text.replaceAll("\n", " ")).toMatch(
      /^Of a validator one epoch is explained, not the whole run: .*hotkey +keeper-1 {2}\(a validator of the group keeper,/,
    );
    expect(text).not.toContain("pot.base");
    const { derivation } = await json(out, "--hotkey", "keeper-1");
    const steps: readonly Step[] = derivation.steps;
    const used = new Set(steps.flatMap(({ from }) => from));
    expect(steps.filter(({ term }) => !used.has(term)).map(({ term }) => term)).toEqual(["pay.paid"]);
    const [share, emission, pool] = ["parameter.pools.validators", "pot.emission", "pot.validators"].map((term) =>
      Number(figure(steps, term)),
    );
    expect(Math.abs(share * emission - pool)).toBeLessThan(1);
  });
});

describe("a counterfactual", () => {
  it("of what can be stated in two ways takes the place of the other, and of both is refused", async () => {
    const asked = ["explain", demo, "--hotkey", "miner-058"];
    const told = async (...changes: string[]) => {
      const out = await tenure(...asked, ...changes.flatMap((change) => ["--counterfactual", change]), "--json");
      return JSON.parse(out).counterfactual.explanation.whole_run_paid_rao;
    };
    const shorter = await told("time.days=2");
    expect(BigInt(shorter)).toBeLessThan(BigInt(await told("time.days = 6")));
    expect(await told("time.end=2025-01-03T00:00:00Z")).toBe(shorter);
    expect(await told("subnet.tempo=720")).toBe(await told("subnets.0.tempo=720"));
    const both = ["--counterfactual", "time.days=2", "--counterfactual", "time.end=2025-01-03T00:00:00Z"];
    expect(await refused(...asked, ...both)).toMatchObject({ what: expect.stringContaining("stated twice") });
    const listed = "stages=[{ multiplier: { rule: geometric, retention_window_days: 3 } }]";
    expect(await told(listed)).toBe(await told("vesting.minimum_stake=0"));
    const rules = ["--counterfactual", listed, "--counterfactual", "vesting.max_multiplier=1.2"];
    expect(await refused(...asked, ...rules)).toMatchObject({ what: expect.stringContaining("stated twice") });
  });

  it("is what the run with that value would have said", async () => {
    const out = join(folder, "target");
    const days = ["--set", "time.days=6", "--set", "vesting.retention_window_days=3"];
    await tenure("run", "demo", ...days, "--set", "vesting.retention_target=0.5", "--no-duckdb", "--quiet", "--out", out);
    const asked = ["--hotkey", "miner-058", "--epoch", "110"];
    const { counterfactual, derivation } = await json(demo, ...asked, "--counterfactual", "vesting.retention_target=0.5");
    const other = await json(out, ...asked);
    expect(counterfactual.explanation.derivation).toEqual(other.derivation);
    const target = counterfactual.lines.find(({ term }: Step) => term === "parameter.retention_target");
    expect(target).toMatchObject({ value: 0.9, counterfactual: 0.5, difference: 0.5 - 0.9 });
    const paid = counterfactual.lines.at(-1);
    expect(paid.term).toBe("pay.paid");
    expect(BigInt(paid.difference)).toBe(
      BigInt(figure(other.derivation.steps, "pay.paid") ?? 0) - BigInt(figure(derivation.steps, "pay.paid") ?? 0),
    );
    const text = await tenure("explain", demo, ...asked, "--counterfactual", "vesting.retention_target=0.5");
    expect(text).toMatch(/^parameter\.retention_target +0\.9 +0\.5 +-0\.4$/m);
  });

  it("of the whole run shows both columns of its parts, and what only one has", async () => {
    const text = await tenure("explain", demo, "--hotkey", "miner-058", "--counterfactual", "vesting.mode=off");
    expect(text).toMatch(/^others\.multiplier +(-[\d.,]+) +- +\+[\d.,]+$/m);
    const { counterfactual } = await json(demo, "--hotkey", "miner-058", "--counterfactual", "vesting.mode=off");
    const changes = counterfactual.lines.map(({ difference }: { difference: string | number }) => BigInt(difference));
    expect(changes.slice(0, -1).reduce((all: bigint, one: bigint) => all + one, 0n)).toBe(changes.at(-1));
    expect(text).toMatch(/^paid +[\d.,]+ +[\d.,]+ +[-+][\d.,]+ \([-+][\d.]+ %\)$/m);
  });

  it("is of the same hotkey where another draw gives it another coldkey; of a few rao there is no percentage", async () => {
    const { counterfactual, position } = await json(demo, "--hotkey", "miner-058", "--counterfactual", "seed=3");
    expect(counterfactual.explanation.position.hotkey).toBe(position.hotkey);
    expect(counterfactual.explanation.position.coldkey).not.toBe(position.coldkey);
    expect(counterfactual.lines.at(-1)).toMatchObject({ term: "paid", counterfactual: counterfactual.explanation.paid_rao });
    const text = await tenure("explain", demo, "--hotkey", "miner-058", "--counterfactual", "seed=3");
    expect(text).toMatch(/^rounding .* rao$/m);
    expect(text).toMatch(/^paid .* %\)$/m);
  });

  it("of whom is not there is told so, of the whole run and of an epoch", async () => {
    const asked = ["--hotkey", "miner-058", "--counterfactual", "streams.peers.miners=6", "--counterfactual", "streams.peers.coldkeys=3"];
    expect(await tenure("explain", demo, ...asked)).toContain("Then its hotkey has no position in the run");
    expect(await tenure("explain", demo, ...asked, "--epoch", "last")).toContain("Then it is not there in this epoch, or not at all.");
  });

  it("that is misspelt, not allowed or a file of other code is refused", async () => {
    const asked = ["explain", demo, "--hotkey", "miner-058", "--counterfactual"];
    expect(await refused(...asked, "vesting.retention_targt=1")).toMatchObject({ code: "TEN-SCENARIO-004" });
    expect(await refused(...asked, "vesting.retention_target=7")).toMatchObject({ code: "TEN-SCENARIO-006" });
    expect(await refused(...asked, "vesting.rule=./own.js")).toMatchObject({ code: "TEN-REPORT-052" });
  });
});

describe("what a run did not record", () => {
  it("is had by running it again, to the same terms, and leaves nothing behind", async () => {
    const temporary = join(folder, "temporary");
    await mkdir(temporary);
    // Others run again at the same time.
    vi.stubEnv("TMPDIR", temporary);
    const again = await json(bare, "--hotkey", "miner-007", "--epoch", "60");
    expect(again.ran_again).toBe(true);
    expect(again.note).toContain("record.tables: weights, rewards, holdings, exits, tranches");
    expect(again.derivation).toEqual((await json(demo, "--hotkey", "miner-007", "--epoch", "60")).derivation);
    const whole = await json(bare, "--hotkey", "miner-007");
    expect(whole.parts).toEqual((await json(demo, "--hotkey", "miner-007")).parts);
    vi.unstubAllEnvs();
    expect(await readdir(temporary)).toEqual([]);
  });

  it("is told with --no-again, and of a run whose inputs are gone", async () => {
    const text = await tenure("explain", bare, "--hotkey", "miner-007", "--epoch", "60", "--no-again");
    expect(text).toContain("The run did not record all of it (record.tables: weights, rewards, holdings, exits, tranches).");
    const whole = await tenure("explain", bare, "--hotkey", "miner-007", "--no-again");
    expect(whole).toMatch(/^epochs +120, of which 0 with their pay recorded, weights not recorded$/m);
    expect(whole.match(/record\.tables/g)).toHaveLength(1);
    expect(await tenure("explain", bare, "--hotkey", "miner-007", "--no-again", "--quiet")).toMatch(/record\.tables/);
    expect(await json(bare, "--hotkey", "miner-007", "--no-again")).toMatchObject({ weighed_epochs: null, other_roles: [] });
    const moved = join(folder, "moved");
    await recordStreams(join(moved, "rec"), [{ kind: "emission", rows: [pay(START + DAY, "a", ALPHA)] }]);
    const scenario = "name: gone\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nrecord: { tables: [] }\n";
    await writeFile(join(folder, "gone.yaml"), scenario);
    const out = join(folder, "gone");
    await tenure("run", join(folder, "gone.yaml"), "--data", moved, "--out", out, "--quiet");
    await copyFile(join(moved, "rec", "emission.arrow"), join(folder, "kept.arrow"));
    await rm(moved, { recursive: true });
    const gone = await json(out, "--hotkey", "a");
    expect(gone).toMatchObject({ ran_again: false, kind: "run" });
    expect(gone.note).toContain("are not where its manifest says");
    expect(await refused("explain", out, "--hotkey", "a", "--data", moved)).toMatchObject({ code: "TEN-REPORT-050" });
  });

  it("looks at the folder that was given, also where all was recorded", async () => {
    const [data, none] = [join(folder, "whole-data"), join(folder, "whole-none")];
    await recordStreams(join(data, "rec"), [{ kind: "emission", rows: [pay(START + DAY, "a", ALPHA)] }]);
    await mkdir(none);
    await writeFile(
      join(folder, "whole.yaml"),
      "name: whole\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nrecord: { tables: all }\n",
    );
    const out = join(folder, "whole");
    await tenure("run", join(folder, "whole.yaml"), "--data", data, "--out", out, "--quiet", "--no-duckdb");
    expect(await json(out, "--hotkey", "a", "--data", data)).toMatchObject({ ran_again: false });
    const other = await refused("explain", out, "--hotkey", "a", "--data", none);
    expect(other).toMatchObject({ code: "TEN-REPORT-050", found: expect.stringContaining("no such file") });
  });

  it("names where a second run cannot be written, and what to do", async () => {
    const file = join(folder, "no-folder");
    await writeFile(file, "");
    vi.stubEnv("TMPDIR", file);
    try {
      const { note, ran_again: ranAgain } = await json(bare, "--hotkey", "miner-007");
      expect(ranAgain).toBe(false);
      expect(note).toContain(`cannot be written where temporary files go (${file}: `);
      expect(note).toContain("Set TMPDIR to such a folder");
      const error = await refused("explain", demo, "--hotkey", "miner-007", "--epoch", "60", "--counterfactual", "vesting.mode=off");
      expect(error).toMatchObject({ code: "TEN-REPORT-057", place: { file } });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("is not explained by a run that gives something else now", async () => {
    const other = join(folder, "other");
    await tenure("run", "demo", "--set", "time.days=1", "--set", "record.tables=[]", "--no-duckdb", "--quiet", "--out", other);
    const { withRunAgain } = await import("../../reports/index.js");
    const { openRun } = await import("../../recorders/index.js");
    const run = await openRun(other);
    const table = run.manifest.tables.positions;
    const manifest = {
      ...run.manifest,
      tables: { ...run.manifest.tables, positions: { ...table, sha256: "0".repeat(64) } },
    } as typeof run.manifest;
    const asked = withRunAgain({ ...run, manifest }, { everyEpochs: 1, without: [], changes: [] }, {}, async () => 0);
    await expect(asked).rejects.toMatchObject({ code: "TEN-REPORT-051" });
  });
});

describe("who is not meant", () => {
  it("is refused, and the nearest hotkey is named", async () => {
    expect(await refused("explain", demo)).toMatchObject({ code: "TEN-REPORT-053" });
    const misspelt = await refused("explain", demo, "--hotkey", "minr-058");
    expect(misspelt).toMatchObject({ code: "TEN-REPORT-001", found: "minr-058" });
    expect(misspelt.hint).toContain("Did you mean peers/miner-058?");
    expect((await refused("explain", demo, "--hotkey", "qqqqqq")).hint).not.toContain("Did you mean");
    expect(await refused("explain", demo, "--hotkey", "miner-058", "--epoch", "121")).toMatchObject({
      code: "TEN-REPORT-003",
      allowed: "1 to 120",
      hint: "`--epoch last` is the last one.",
    });
    expect(await refused("explain", demo, "--position", "64")).toMatchObject({ code: "TEN-REPORT-004" });
    expect(await refused("explain", join(folder, "none"), "--hotkey", "a")).toMatchObject({ code: "TEN-RESULT-003" });
  });

  it("of many replicates is asked which", async () => {
    const out = join(folder, "many");
    await tenure("run", "demo", "--set", "time.days=1", "--replicates", "2", "--jobs", "1", "--no-duckdb", "--quiet", "--out", out);
    expect(await refused("explain", out, "--hotkey", "miner-001")).toMatchObject({ code: "TEN-STUDY-018", place: { path: "--hotkey" } });
    const { epochs } = await json(out, "--hotkey", "miner-001", "--replicate", "1");
    expect(epochs).toBe(20);
    expect(await readFile(join(out, "manifest.json"), "utf8")).toContain("finished");
  });
});

it("names the subnets of the run where --netuid is of none", async () => {
  const asked = ["--hotkey", "miner-007", "--netuid"];
  expect(await refused("explain", demo, ...asked, "99")).toMatchObject({ code: "TEN-REPORT-056", found: 99, allowed: "30" });
  expect(await refused("explain", demo, ...asked, "65536")).toMatchObject({ code: "TEN-CLI-026" });
});
