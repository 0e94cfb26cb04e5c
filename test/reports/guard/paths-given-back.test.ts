import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { scenarioChanges } from "../../../reports/guard/cause/scenario-changes.js";
import { parseScenario, shippedFile } from "../../../scenarios/index.js";

/** Subnets by netuids that are no places, and not in their order; streams and miners with names and without. */
const MADE = {
  name: "made",
  time: { start: "2025-01-01T00:00:00Z", days: 2 },
  subnets: [{ netuid: 9, tempo: 99 }, { netuid: 3, capacity: 12 }, { netuid: "others" }],
  streams: [
    { synthetic: "subnet", netuid: 9, miners: 6, coldkeys: 3 },
    { synthetic: "subnet", netuid: 3, name: "peers", miners: 4 },
    { synthetic: "collateral", netuid: 9, rows: [{ hotkeys: ["synthetic-1"], amount: 10 }] },
    { recorded: "recordings/subnet.64", kinds: ["stake"] },
  ],
  stages: [
    {
      pools: [
        { name: "1", share: 0.4, members: { names: ["synthetic-1"] } },
        { name: "0", share: 0.6, members: "rest" },
      ],
    },
    { gate: { by: "collateral", at_least: 5 } },
    { residual: "burn" },
  ],
};
const ONE = { name: "one", time: MADE.time, subnet: { netuid: 9, tempo: 99 }, streams: [MADE.streams[0]] };
const OF_INDEX: unknown = parse(readFileSync(shippedFile("collateral-crown"), "utf8"));

type Step = string | number;
function withValue(data: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = (data as Record<Step, unknown>)[step];
  if (Array.isArray(data)) return data.with(Number(step), withValue(inner, rest, value));
  return { ...(data as object), [step]: withValue(inner, rest, value) };
}

const read = (settings: unknown, sets: readonly string[] = []) => parseScenario(JSON.stringify(settings), "made.yaml", { sets }).resolved;

describe("the paths of values that changed", () => {
  it.each<readonly [string, unknown, readonly Step[], unknown]>([
    ["subnets.netuid-9.tempo", MADE, ["subnets", 0, "tempo"], 100],
    ["subnets.netuid-3.capacity", MADE, ["subnets", 1, "capacity"], 16],
    ["subnets.netuid-others.tempo", MADE, ["subnets", 2, "tempo"], 50],
    ["subnets.netuid-9.tempo", ONE, ["subnet", "tempo"], 100],
    ["subnets.netuid-9.immunity_blocks", ONE, ["subnet", "immunity_blocks"], 11],
    ["streams.0.miners", MADE, ["streams", 0, "miners"], 5],
    ["streams.prices.subnets", OF_INDEX, ["streams", 0, "subnets"], 4],
    ["streams.collateral.rows.0.amount", OF_INDEX, ["streams", 1, "rows", 0, "amount"], 11],
    ["index.founding.weights.netuid-2.weight", OF_INDEX, ["index", "founding", "weights", 1, "weight"], 0.4000000001],
    ["index.participants.deep.count", OF_INDEX, ["index", "participants", 0, "count"], 4],
    ["stages.0.pools.1.empty", MADE, ["stages", 0, "pools", 1, "empty"], "residual"],
    ["stages.1.gate.at_least", MADE, ["stages", 1, "gate", "at_least"], 6],
  ])("are what --set takes: %s", (path, settings, at, value) => {
    const changed = read(withValue(settings, at, value));
    const [difference, ...others] = scenarioChanges(read(settings), changed);
    expect(others).toEqual([]);
    expect(difference.path).toBe(path);
    expect(JSON.parse(JSON.stringify(read(settings, [`${difference.path}=${JSON.stringify(difference.b)}`])))).toEqual(
      JSON.parse(JSON.stringify(changed)),
    );
  });

  it("say which entry of a list is new or gone by its netuid", () => {
    const fewer = { ...ONE, subnet: undefined, subnets: MADE.subnets.slice(0, 1) };
    const more = { ...fewer, subnets: [...fewer.subnets, { netuid: 3, capacity: 12 }] };
    expect(scenarioChanges(read(fewer), read(more)).map(({ path, a }) => [path, a])).toEqual([["subnets.netuid-3", undefined]]);
    expect(scenarioChanges(read(more), read(fewer)).map(({ path, b }) => [path, b])).toEqual([["subnets.netuid-3", undefined]]);
  });
});
