import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../cases.js";
import { byCause, GuardedFolder, MADE, type Row, type Settings } from "./guarded.js";

let folder: GuardedFolder;
beforeAll(async () => {
  folder = await GuardedFolder.make();
});
afterAll(() => folder.remove());

type Stages = readonly Settings[];

describe("what is kept from all, or paid to all together", () => {
  const START = Date.UTC(2026, 0, 1);
  const EPOCH = 4_320_000;
  const EPOCHS = 10;

  /** Each is paid 1 alpha an epoch: `first` until its key is swapped to `swapped`, `fresh` from the seventh epoch on. */
  beforeAll(async () => {
    const paid = [["time_ms", "netuid", "hotkey", "coldkey", "uid", "role", "amount_rao"]];
    for (let epoch = 1; epoch <= EPOCHS; epoch++) {
      const keys = [[epoch > 4 ? "swapped" : "first", "0"], ["other", "1"], ...(epoch > 6 ? [["fresh", "2"]] : [])];
      for (const [hotkey, uid] of keys) paid.push([`${START + epoch * EPOCH}`, "5", hotkey, `cold-${uid}`, uid, "miner", "1000000000"]);
    }
    const stake = [
      ["time_ms", "action", "netuid", "hotkey", "coldkey", "amount_rao", "to_hotkey"],
      [`${START + 4 * EPOCH + 1000}`, "hotkey_swapped", "5", "first", "cold-0", "0", "swapped"],
      [`${START + 5 * EPOCH + 1000}`, "removed", "5", "other", "cold-1", "2000000000", ""],
    ];
    await folder.record({ emission: paid, stake });
  });

  const recorded = (name: string, stages: Stages): Settings => ({
    name,
    streams: ["emission", "stake"].map((stream) => ({ recorded: stream, coverage: "subnet" })),
    subnet: { netuid: 5 },
    emission: "redistribute",
    stages,
  });
  const multiplier = { multiplier: { rule: "geometric" } };

  it.each<{ readonly name: string; readonly cause: string; readonly before: Stages; readonly after: Stages }>([
    {
      name: "burn",
      cause: "stage.burn.share",
      before: [{ burn: { share: 0.1 } }, { residual: "recycle" }],
      after: [{ burn: { share: 0.2 } }, { residual: "recycle" }],
    },
    {
      name: "burn-behind",
      cause: "stage.burn.share",
      before: [multiplier, { multiplier: { rule: "stake_share", bonus: 1 } }, { burn: { share: 0.1 } }],
      after: [multiplier, { multiplier: { rule: "stake_share", bonus: 1 } }, { burn: { share: 0.2 } }],
    },
    { name: "burn-comes", cause: "stage.burn.share", before: [multiplier], after: [multiplier, { burn: { share: 0.2 } }] },
    {
      name: "residual",
      cause: "stage.residual.goes_to",
      before: [multiplier, { residual: "burn" }],
      after: [multiplier, { residual: "normalise" }],
    },
    {
      name: "budget",
      cause: "stage.budget.share",
      before: [multiplier, { budget: { per_epoch: 1 } }, { residual: "burn" }],
      after: [multiplier, { budget: { per_epoch: 0.8 } }, { residual: "burn" }],
    },
  ])("$name: all are hit, also who came later, and whose key was swapped", async ({ name, cause, before, after }) => {
    await folder.update(recorded(name, before), { data: folder.path });
    const report = await folder.run(recorded(name, after), { data: folder.path });
    expect(Object.keys(byCause(report))).toEqual([cause]);
    expect(byCause(report)[cause].filter((hotkey) => !hotkey.startsWith("("))).toEqual(["first", "fresh", "other", "swapped"]);
  });

  it("a curve that goes: whoever it gave another share, also who came later, and whose key was swapped", async () => {
    const [before, after] = [[multiplier, { curve: { kind: "power", exponent: 2 } }], [multiplier]];
    await folder.update(recorded("curve-goes", before), { data: folder.path });
    const report = await folder.run(recorded("curve-goes", after), { data: folder.path });
    // Of two with equal shares a curve changes nothing: one sells when the key of the other has been swapped, so nothing of the first differs.
    expect(byCause(report)).toEqual({ "stage.curve.share": ["fresh", "other", "swapped"] });
    expect(report.groups[0].first?.epoch).toBe(6);
  });
});

describe("one changed constant of a list of stages", () => {
  interface Drawn {
    readonly gate: number | null;
    readonly target: number;
    readonly most: number;
    readonly shares: { readonly cap: number } | { readonly exponent: number } | null;
    readonly burn: number;
    readonly residual: "burn" | "normalise";
  }

  const NOTHING: Drawn = { gate: null, target: 0.9, most: 1.5, shares: null, burn: 0.1, residual: "burn" };

  const stagesOf = ({ gate, target, most, shares, burn, residual }: Drawn): Stages => [
    ...(gate === null ? [] : [{ gate: { at_least: gate, below: "scale" } }]),
    { multiplier: { rule: "geometric", retention_target: target, retention_window_days: 3, max_multiplier: most } },
    ...(shares === null ? [] : [listed(shares)]),
    { burn: { share: burn } },
    { residual },
  ];
  const listed = (shares: NonNullable<Drawn["shares"]>) =>
    "cap" in shares ? { cap: { max_share: shares.cap } } : { curve: { kind: "power", exponent: shares.exponent } };
  const settings = (name: string, drawn: Drawn): Settings => ({
    ...MADE,
    name,
    time: { start: "2025-01-01T00:00:00Z", days: 1 },
    streams: [{ ...(MADE.streams as Settings[])[0], miners: 7, coldkeys: 7, share_jitter: 0.4 }],
    stages: stagesOf(drawn),
  });

  const drawn: fc.Arbitrary<Drawn> = fc.record({
    gate: fc.constantFrom(null, 40),
    target: fc.constant(0.9),
    most: fc.constant(1.5),
    shares: fc.constantFrom(null, { cap: 0.16 }, { cap: 0.3 }, { exponent: 2 }),
    burn: fc.constant(0.1),
    residual: fc.constantFrom("burn", "normalise"),
  });
  const changes: Readonly<Record<string, (of: Drawn) => Drawn>> = {
    gate: (of) => ({ ...of, gate: of.gate === null ? null : 100 }),
    target: (of) => ({ ...of, target: 0.6 }),
    most: (of) => ({ ...of, most: 1.8 }),
    shares: (of) => ({ ...of, shares: of.shares === null ? null : "cap" in of.shares ? { cap: of.shares.cap + 0.02 } : { exponent: 1.5 } }),
    burn: (of) => ({ ...of, burn: 0.25 }),
  };

  /** Whom the stage that changed hits, by the formulas of the page and what the baseline held and shared in each epoch. */
  async function hitBy(name: string, before: Drawn, after: Drawn, change: string): Promise<readonly string[]> {
    const { rows: holdings, hotkeys } = await folder.rowsIn(settings(name, before), "holdings");
    const { rows: weights } = await folder.rowsIn(settings(name, before), "stage_weights");
    const hit = new Set<number>();
    const gateOf = ({ stake_rao }: Row, { gate }: Drawn) => (gate === null ? 1 : Math.min(1, stake_rao / 1e9 / gate));
    const bonus = ({ received_rao, held_share, held_days }: Row, { target, most }: Drawn) =>
      received_rao === 0 ? 1 : 1 + Math.sqrt(Math.min(1, held_share / target) * Math.min(1, held_days / 3)) * (most - 1);
    const isOther = (a: number, b: number) => Math.abs(a - b) > 1e-12;
    for (const held of holdings) {
      if (change === "gate" && isOther(gateOf(held, before), gateOf(held, after))) hit.add(held.position);
      if ((change === "target" || change === "most") && isOther(bonus(held, before), bonus(held, after))) hit.add(held.position);
      // Whoever is measured against a higher ceiling gets less, unless a curve gives out all anew.
      const isMeasured = before.residual === "burn" && !(before.shares !== null && "exponent" in before.shares);
      if (change === "burn" || (change === "most" && isMeasured)) hit.add(held.position);
    }
    const multiplied = before.gate === null ? 1 : 2;
    const soFar = weights.filter(({ stage }) => change === "shares" && stage === multiplied);
    for (const epoch of byEpoch(soFar.map((row): Row => ({ ...row, share_before: row.share_after }))).values()) {
      const [was, is] = [before, after].map(({ shares }) => sharedBy(epoch, shares));
      for (const [miner, { position }] of epoch.entries()) if (isOther(was[miner], is[miner])) hit.add(position);
    }
    return [...hit].map((position) => hotkeys[position]).sort();
  }

  function byEpoch(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
    const epochs = new Map<number, Row[]>();
    for (const row of rows) epochs.set(row.epoch, [...(epochs.get(row.epoch) ?? []), row]);
    return epochs;
  }

  function sharedBy(epoch: readonly Row[], shares: Drawn["shares"]): readonly number[] {
    const before = epoch.map(({ share_before }) => share_before);
    if (shares === null) return before;
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    if ("exponent" in shares) {
      const values = before.map((share) => share ** shares.exponent);
      return values.map((value) => value / sum(values));
    }
    // The one factor that keeps the sum, by halving.
    const capped = (times: number) => before.map((share) => Math.min(shares.cap, times * share));
    let [low, high] = [1, 1e6];
    for (let step = 0; step < 200; step++) {
      const middle = (low + high) / 2;
      if (sum(capped(middle)) < sum(before)) low = middle;
      else high = middle;
    }
    return capped(low);
  }

  const capped: Drawn = { ...NOTHING, shares: { cap: 0.22 } };
  it.each<{ readonly name: string; readonly before: Drawn; readonly after: Drawn; readonly change: string }>([
    { name: "cap-comes", before: NOTHING, after: capped, change: "shares" },
    { name: "cap-goes", before: { ...capped, residual: "normalise" }, after: { ...NOTHING, residual: "normalise" }, change: "shares" },
    { name: "curve-comes", before: NOTHING, after: { ...NOTHING, shares: { exponent: 2 } }, change: "shares" },
    { name: "gate-comes-first", before: capped, after: { ...capped, gate: 40 }, change: "gate" },
    { name: "gate-goes", before: { ...NOTHING, gate: 40 }, after: NOTHING, change: "gate" },
  ])("$name: whoever it gives something else of what came before it, and nobody else", async ({ name, before, after, change }) => {
    await folder.update(settings(name, before));
    const report = await folder.run(settings(name, after));
    const causes = Object.keys(byCause(report)).filter((cause) => cause !== "others_weights");
    expect(causes).toEqual([expect.stringMatching(change === "gate" ? /^stage\.gate\.factor$/ : /^stage\.(cap|curve)\.share$/)]);
    const named = byCause(report)[causes[0]].filter((hotkey) => !hotkey.startsWith("("));
    expect(named).toEqual(await hitBy(name, before, after, change));
  });

  it("a cap in a pool by ranks: whoever it cuts, or gives more, at any time, also long after pay has moved", async () => {
    const behind = (cap: number): Stages => [
      { multiplier: { rule: "linear_retention", retention_target: 0.9 } },
      {
        pools: [
          { name: "best", share: 0.5, members: { ranks: [1, 3] }, stages: [{ cap: { max_share: cap } }] },
          { name: "others", share: 0.5, members: "rest" },
        ],
      },
      { residual: "burn" },
    ];
    const of = (cap: number): Settings => ({ ...settings("ranked", NOTHING), stages: behind(cap) });
    await folder.update(of(0.5));
    const report = await folder.run(of(0.38));
    const { rows, hotkeys } = await folder.rowsIn(of(0.5), "stage_weights");
    const first = new Map<string, number>();
    for (const epoch of byEpoch(rows.filter(({ stage }) => stage === 2)).values()) {
      // No two have the same share.
      const best = epoch.toSorted((a, b) => b.share_before - a.share_before).slice(0, 3);
      const sum = best.reduce((all, { share_before }) => all + share_before, 0);
      const members = best
        .filter(({ share_before }) => share_before > 0)
        .map((row): Row => ({ ...row, share_before: row.share_before / sum }));
      const [was, is] = [0.5, 0.38].map((cap) => sharedBy(members, { cap }));
      for (const [at, { position, epoch }] of members.entries()) {
        if (Math.abs(was[at] - is[at]) > 1e-12 && !first.has(hotkeys[position])) first.set(hotkeys[position], epoch);
      }
    }
    expect(first.size).toBeLessThan(7);
    expect(new Set(first.values()).size).toBeGreaterThan(1);
    expect(Object.keys(byCause(report)).filter((cause) => cause !== "others_weights")).toEqual(["stage.pools.best.cap.share"]);
    const named = byCause(report)["stage.pools.best.cap.share"].filter((hotkey) => !hotkey.startsWith("("));
    expect(named).toEqual([...first.keys()].sort());
  });

  it("whoever a stage gives something else of what it was given is named by it, and nobody else", async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom(...Object.keys(changes)), async (before, change) => {
        const after = changes[change](before);
        fc.pre(JSON.stringify(before) !== JSON.stringify(after));
        const name = `drawn-${made++}`;
        await folder.update(settings(name, before));
        const report = await folder.run(settings(name, after));
        const hit = await hitBy(name, before, after, change);
        const named = report.groups.flatMap(({ cause, lines }) =>
          cause === "others_weights" ? [] : lines.filter(({ kind }) => kind === "position").map(({ hotkey }) => hotkey),
        );
        expect(named.sort()).toEqual(hit);
        const stage = { gate: "gate", target: "multiplier", most: "multiplier", burn: "burn" }[change] ?? "(cap|curve)";
        for (const { cause } of report.groups) expect(cause).toMatch(new RegExp(`^(others_weights|stage\\.${stage}\\..*)$`));
      }),
      { numRuns: cases(2, 6), seed: 5 },
    );
  });
});
