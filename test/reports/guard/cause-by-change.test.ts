import { describe, expect, it } from "vitest";
import { causesByChange, causesOrTold } from "../../../reports/guard/cause/cause-by-change.js";
import type { Parting } from "../../../reports/guard/cause/parting.js";
import { termLayout } from "../../../reports/guard/terms/term-layout.js";
import { parseScenario } from "../../../scenarios/index.js";

const { configuration } = parseScenario(
  JSON.stringify({
    name: "told",
    time: { start: "2026-01-01T00:00:00Z", days: 1 },
    subnet: { netuid: 7 },
    streams: [
      { synthetic: "subnet", miners: 2 },
      { synthetic: "collateral", rows: [{ hotkeys: ["synthetic/miner-000"], amount: 1 }] },
    ],
    emission: "redistribute",
    stages: [{ gate: { by: "collateral", at_least: 10 } }, { gate: { by: "stake", at_least: 1 } }],
  }),
  "told.yaml",
);
const order = termLayout(configuration);
const key = { netuid: 7, kind: "position", hotkey: "synthetic/miner-000", coldkey: "c" } as const;
const parting = (cause: string): Parting => ({ ...key, cause, rule: "gate", epoch: 1, endMs: 0, before: 1, after: 0 });
const byCollateral = new Map([["one", parting("stage.gate.factor")]]);
const byStake = new Map([["one", parting("stage.gate-2.factor")]]);

describe("a gate by collateral, which no term holds", () => {
  it("is named by what it is told where no stage was changed, and by its factor where one was", () => {
    const changed = (path: string) => causesByChange(byCollateral, [{ path }], order, [configuration]).get("one");
    expect(changed("streams.1.rows")).toMatchObject({
      cause: "stage.gate.collateral",
      rule: "collateral of the miner, which gate asks for",
      before: null,
    });
    expect(changed("stages.0.gate.at_least")).toEqual(parting("stage.gate.factor"));
  });

  it("is named by what it is told where the recording of that changed", () => {
    const input = (stream: string, source: "recorded" | "plug_in" = "recorded") => ({
      stream: `told/${stream}`,
      source,
      file: `r/${stream}.arrow`,
      sha256: "0",
    });
    const by = (...inputs: readonly ReturnType<typeof input>[]) => causesOrTold(byCollateral, order, inputs).get("one")?.cause;
    expect(causesOrTold(byCollateral, order, [input("stake"), input("collateral")]).get("one")).toMatchObject({
      cause: "stage.gate.collateral",
      rule: "collateral of the miner, which gate asks for: r/collateral.arrow is not that of the baseline",
      before: null,
    });
    expect([by(input("scores")), by(input("collateral", "plug_in"))]).toEqual(["stage.gate.factor", "stage.gate.factor"]);
  });

  it("and code or recordings that changed are not told apart: both are said", () => {
    expect(causesOrTold(byCollateral, order, []).get("one")).toMatchObject({
      cause: "stage.gate.factor",
      rule: "gate, or the collateral that it is told, which no term holds",
    });
  });

  it("is another one than a gate by stake, which is a term", () => {
    expect(causesByChange(byStake, [{ path: "streams.1.rows" }], order, [configuration])).toEqual(byStake);
    expect(causesOrTold(byStake, order, [])).toEqual(byStake);
  });
});
