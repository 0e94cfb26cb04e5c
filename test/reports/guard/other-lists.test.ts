import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byCause, GuardedFolder, MADE, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

type Stages = readonly Settings[];
const idle = { gate: { by: "stake", at_least: 0 } };
const unused = { selling_penalty: { steps: [{ drop: 1, factor: 1, hours: 1 }] } };
const cap = { cap: { max_share: 0.3 } };
const smooth = { smooth: { kind: "ema", alpha: 0.5 } };
const burn = { burn: { share: 0.1 } };
const rest = { residual: "burn" };

async function guarded(name: string, before: Stages, after: Stages) {
  await folder.update({ ...MADE, name, stages: before });
  return folder.run({ ...MADE, name, stages: after });
}

describe("a stage that does nothing", () => {
  it.each<readonly [string, Stages, Stages, readonly string[]]>([
    ["goes", [idle, cap, burn, rest], [cap, burn, rest], ["stages.0.gate (went)"]],
    ["comes", [cap, smooth, burn, rest], [cap, unused, smooth, burn, rest], ["stages.1.selling_penalty (came)"]],
    ["moves", [idle, cap, burn, rest], [cap, burn, idle, rest], ["stages.2.gate (place)"]],
    [
      "goes, where another one comes",
      [cap, idle, burn, rest],
      [unused, cap, burn, rest],
      ["stages.0.selling_penalty (came)", "stages.1.gate (went)"],
    ],
  ])("%s: the guard passes and names it alone", async (name, before, after, paths) => {
    const report = await guarded(name.replace(/\W+/g, "-"), before, after);
    expect(report.changed.map(({ path }) => path)).toEqual(paths);
    expect(report).toMatchObject({ ok: true, outcome: "equal", groups: [], lines: [] });
  });

  it("goes, and another one changes: only that is a cause, of whom it hits", async () => {
    const report = await guarded("beside", [idle, cap, burn, rest], [cap, { burn: { share: 0.2 } }, rest]);
    expect(report.changed.map(({ path }) => path)).toEqual(["stages.0.gate (went)", "stages.1.burn.share"]);
    expect(Object.keys(byCause(report))).toEqual(["stage.burn.share"]);
    expect(report.groups[0].changed.map(({ path }) => path)).toEqual(["stages.1.burn.share"]);
    expect(report.groups[0].figures).toMatchObject({ together: 0, gainers: 0 });
  });
});

describe("a stage that stands elsewhere", () => {
  const gate = (at_least: number) => ({ gate: { by: "stake", at_least } });

  it("is one change: its figures are what is paid otherwise, and only like stages are set side by side", async () => {
    const report = await guarded("moved", [gate(60), unused, smooth, burn, rest], [unused, smooth, gate(60), burn, rest]);
    expect(report.changed).toEqual([{ path: "stages.2.gate (place)", a: 0, b: 2 }]);
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual(["stage.gate.factor"]);
    const [group] = report.groups;
    const moved = group.lines.filter(({ kind }) => kind === "position").reduce((sum, { changeRao }) => sum + changeRao, 0n);
    expect(group.figures.gainedRao - group.figures.lostRao).toBe(moved);
    expect(report.trace?.notes).toEqual([]);
    const { a, b, column } = report.trace?.event ?? {};
    expect([a?.values.stage, b?.values.stage, column]).toEqual([2, 1, "share_before"]);
  });

  it("and has another parameter: the place by itself, and the parameter by itself", async () => {
    const report = await guarded("moved-and-set", [gate(60), smooth, burn, rest], [smooth, gate(90), burn, rest]);
    expect(report.changed.map(({ path }) => path)).toEqual(["stages.1.gate (place)", "stages.1.gate.at_least"]);
    expect(report.trace?.each.map(({ changed }) => changed.map(({ path }) => path))).toEqual([
      ["stages.1.gate (place)"],
      ["stages.1.gate.at_least"],
    ]);
  });
});

it("a stage of a pool that goes is named with its pool, by what it was", async () => {
  const pools = (stages: Stages) => [
    {
      pools: [
        { name: "best", share: 0.5, members: { ranks: [1, 3] }, stages },
        { name: "others", share: 0.5, members: "rest" },
      ],
    },
  ];
  const curve = { curve: { kind: "power", exponent: 2 } };
  const report = await guarded("of-a-pool", pools([{ cap: { max_share: 0.4 } }, curve]), pools([curve]));
  expect(report.changed.map(({ path }) => path)).toEqual(["stages.0.pools.best.stages.0.cap (went)"]);
  expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual(["stage.pools.best.cap.share"]);
});
