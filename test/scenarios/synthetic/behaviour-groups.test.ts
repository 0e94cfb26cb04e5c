import { expect, it } from "vitest";
import { AddressBook, STAKE_ACTIONS } from "../../../engine/index.js";
import { behaviourGroups, loadScenario, makeSyntheticStreams } from "../../../scenarios/index.js";

it("are those by which the miners of a run behave: holders never sell, sweepers sell everything, trimmers not at intervals", () => {
  const scenario = loadScenario("demo", { seed: 5 });
  const groups = behaviourGroups(scenario);
  const [stream] = scenario.streams;
  if (stream?.source !== "synthetic") throw new Error("the demo has one synthetic stream");
  const { seed, replicate, startMs, endMs } = scenario.configuration;
  const addresses = new AddressBook();
  const { name, netuid, tempoBlocks, options } = stream;
  const context = { name, seed, replicate, netuid, tempoBlocks, addresses, startMs: startMs ?? 0, endMs: endMs ?? 0 };
  const [, stake, emission] = makeSyntheticStreams(options, context);
  const sellers = new Set<string>();
  const happened: { readonly timeMs: number; readonly hotkey: string; readonly rao: number; readonly removed: boolean }[] = [];
  for (const { columns, rows } of emission?.chunks ?? []) {
    for (let i = 0; i < rows; i++) {
      happened.push({
        timeMs: Number(columns[0][i]),
        hotkey: addresses.nameOf(Number(columns[3][i])),
        rao: Number(columns[7][i]),
        removed: false,
      });
    }
  }
  for (const { columns, rows } of stake?.chunks ?? []) {
    for (let i = 0; i < rows; i++) {
      const removed = STAKE_ACTIONS[Number(columns[4][i])] === "removed";
      happened.push({
        timeMs: Number(columns[0][i]),
        hotkey: addresses.nameOf(Number(columns[6][i])),
        rao: Number(columns[8][i]),
        removed,
      });
      if (removed) sellers.add(addresses.nameOf(Number(columns[6][i])));
    }
  }
  // Pay comes before the extrinsics of its instant; the sort keeps that order.
  happened.sort((a, b) => a.timeMs - b.timeMs);
  const held = new Map<string, number>();
  const sweeps = new Map<string, number>();
  for (const { hotkey, rao, removed } of happened) {
    const rest = (held.get(hotkey) ?? 0) + (removed ? -rao : rao);
    held.set(hotkey, rest);
    if (removed && rest === 0) sweeps.set(hotkey, (sweeps.get(hotkey) ?? 0) + 1);
  }
  const of = (group: string) => [...groups].filter(([, one]) => one === group).map(([hotkey]) => hotkey);
  expect([...groups.keys()].sort()).toEqual([...held.keys()].sort());
  expect([of("holder"), of("trimmer"), of("sweeper")].map(({ length }) => Math.abs(length - 64 / 3) < 8)).toEqual([true, true, true]);
  expect(of("holder").filter((hotkey) => sellers.has(hotkey))).toEqual([]);
  expect([...of("trimmer"), ...of("sweeper")].filter((hotkey) => !sellers.has(hotkey))).toEqual([]);
  // Slow sweepers sweep every 60 days, fast ones every 3: each at least once in 90 days.
  expect(of("sweeper").filter((hotkey) => !sweeps.has(hotkey))).toEqual([]);
  const mean = (hotkeys: readonly string[]) => hotkeys.reduce((sum, hotkey) => sum + (sweeps.get(hotkey) ?? 0), 0) / hotkeys.length;
  expect(mean(of("sweeper"))).toBeGreaterThan(2 * mean(of("trimmer")));
});

it("are none where nothing is made up", () => {
  expect(behaviourGroups(loadScenario("recorded-miner")).size).toBe(0);
});
