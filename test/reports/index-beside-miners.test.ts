import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";

/** An index subnet, and beside it a subnet of made-up miners. */
const SCENARIO = `name: both
time: { start: 2025-01-01, days: 3 }
subnet: { netuid: 7, capacity: 16 }
emission: replay
streams:
  - { synthetic: prices, subnets: 4, sample_every: 30 min }
  - { synthetic: subnet, name: peers, netuid: 7, miners: 5, coldkeys: 3, removes_per_day: 3 }
index:
  netuid: 99
  epoch: 6 h
  fund: { constituents: 2 }
  founding: { supply: 5000, source: given, weights: [{ netuid: 1, weight: 0.75 }, { netuid: 2, weight: 0.25 }] }
  rebalancing: never
  market: { kind: pool, tao_reserve: 1000 }
  participants:
    - { name: desk, count: 2, tao: 1000, max_transaction_size: 20, sizing: best }
  validators:
    - { name: keeper, count: 3, stake: 5000 }
record: { tables: all }
`;
/** The same miners alone. */
const ALONE = SCENARIO.replace("name: both", "name: alone")
  .replace(/ {2}- \{ synthetic: prices.*\n/, "")
  .replace(/index:\n[\s\S]*(?=record:)/, "");

let folder: string;
let ended: string;

const tenure = (...args: string[]) => runInProcess(args, 120);

async function shown(run: "both" | "alone", ...args: string[]): Promise<string> {
  const { code, out, err } = await tenure("show", join(folder, run), ...args);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
}

async function json(run: "both" | "alone", ...args: string[]) {
  return JSON.parse(await shown(run, ...args, "--json"));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-both-"));
  for (const [name, text] of Object.entries({ both: SCENARIO, alone: ALONE })) {
    await writeFile(join(folder, `${name}.yaml`), text);
    const { code, out, err } = await tenure("run", join(folder, `${name}.yaml`), "--out", join(folder, name), "--no-duckdb");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    if (name === "both") ended = out;
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe("a run of an index subnet and of miners beside it", () => {
  it("ends with both: how the token followed NAV, and what the rule did to the miners' pay", async () => {
    for (const part of [
      "NAV          1.0000 ->",
      "By group",
      "(would be; pay is as recorded)",
      "--hotkey desk-1",
      "--hotkey peers/miner-",
    ]) {
      expect(ended).toContain(part);
    }
    const { miners } = (await json("alone"))[0];
    const multipliers: number[] = miners.map(({ multiplier }: Line) => multiplier).sort((a: number, b: number) => a - b);
    expect(multipliers[0]).toBeLessThan(multipliers[4] ?? 0);
    const [lowest, median, highest] = [0, 2, 4].map((at) => `${(multipliers[at] ?? 0).toFixed(4)}`);
    expect(ended).toContain(`${lowest} lowest, ${median} median, ${highest} highest`);
  });

  it("shows the participants, then the miners as a run of them alone does", async () => {
    const { subnets, participants, netuid } = await json("both");
    expect(netuid).toBe(99);
    expect(participants).toHaveLength(2);
    // Numbers of positions are those of the run.
    const named = (all: readonly { readonly miners: readonly Line[] }[]) =>
      all.map(({ miners, ...subnet }) => ({
        ...subnet,
        miners: miners.map(({ position: { position: _, ...position }, ...line }) => ({ ...line, position })),
      }));
    const unnumbered = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (key, one) => (key === "position" && typeof one === "number" ? 0 : one)));
    expect(unnumbered(named(subnets))).toEqual(unnumbered(named(await json("alone"))));
    const text = await shown("both");
    expect(text).toMatch(/desk-1[\s\S]*\n\nSubnet 7: whole run/);
    expect(text.slice(text.indexOf("Subnet 7"))).toBe(await shown("alone"));
  });

  it("sorts the miners", async () => {
    const { subnets } = await json("both", "--sort", "hotkey:asc");
    const keys = subnets[0].miners.map(({ position }: Line) => position.hotkey);
    expect(keys).toEqual([...keys].sort());
  });

  it("finds either by a hotkey or a position", async () => {
    expect(await shown("both", "--hotkey", "desk-1")).toContain("desk-1");
    const desk = await json("both", "--hotkey", "desk-1");
    expect(desk).toMatchObject({ kind: "participant", participant: { name: "desk-1" } });
    expect(await json("both", "--position", String(desk.participant.position))).toEqual(desk);
    expect(await json("both", "--hotkey", "keeper-2")).toMatchObject({ kind: "validator" });
    const miner = await json("both", "--hotkey", "miner-003");
    const alone = await json("alone", "--hotkey", "miner-003");
    expect(miner.rules).toEqual(alone.rules);
    expect(miner.terms).toEqual(alone.terms);
    expect(await json("both", "--position", String(miner.position.position))).toEqual(miner);
    expect(await shown("both", "--hotkey", "miner-003")).toBe(await shown("alone", "--hotkey", "miner-003"));
  });

  it("shows an epoch that only one of them has", async () => {
    const both = await json("both", "--epoch", "2");
    expect([both.epoch.epoch, both.subnets[0].epoch.epoch]).toEqual([2, 2]);
    const late = await json("both", "--epoch", "30");
    expect(late).not.toHaveProperty("netuid");
    expect(late.subnets[0].epoch.epoch).toBe(30);
    expect(await tenure("show", join(folder, "both"), "--epoch", "5000")).toMatchObject({ code: 2 });
  });

  it("names nobody where a key fits nobody, and whoever it fits where it fits several", async () => {
    const none = await tenure("show", join(folder, "both"), "--hotkey", "nobody");
    expect(none.code).toBe(2);
    expect(none.err).toContain("TEN-REPORT-001");
    const several = await tenure("show", join(folder, "both"), "--hotkey", "e");
    expect(several.err).toMatch(/TEN-REPORT-002[\s\S]*desk-1[\s\S]*miner-00/);
  });
});

interface Line {
  readonly position: { readonly hotkey: string; readonly position: number };
  readonly multiplier: number;
}
