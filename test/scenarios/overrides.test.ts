import { describe, expect, it } from "vitest";
import { loadScenario, parseScenario } from "../../scenarios/index.js";
import { parse, RECORDED, refusals, SYNTHETIC } from "./scenario-text.js";

describe("--set", () => {
  it("replaces values, adds keys, and makes the sections they need", () => {
    const { configuration } = parse(RECORDED, {
      sets: ["vesting.max_multiplier=2", "vesting.minimum_stake=0.123456789", "ledger.on_invalid=stop"],
    });
    expect(configuration.vesting).toMatchObject({ maxMultiplier: 2, minimumStakeRao: 123_456_789 });
    expect(configuration.ledger.onInvalid).toBe("stop");
  });

  it("takes YAML: mappings, lists, null", () => {
    const sets = [
      "record={ tables: [exits], every_epochs: 5 }",
      "vesting.start=null",
      "emission=redistribute",
      "emission.withdrawals=absolute",
    ];
    const { configuration } = parse(RECORDED, { sets });
    expect(configuration.record).toEqual({ tables: ["positions", "epochs", "exits"], everyEpochs: 5 });
    expect(configuration.emission).toMatchObject({ mode: "redistribute", withdrawals: "absolute" });
  });

  it("keeps what a short form said", () => {
    const { configuration } = parse(`${RECORDED}emission: redistribute\n`, { sets: ["emission.withdrawals=proportional"] });
    expect(configuration.emission).toMatchObject({ mode: "redistribute", withdrawals: "proportional" });
  });

  it("names streams by number or by name", () => {
    for (const stream of [".0", "[0]", ".synthetic", "[synthetic]"]) {
      const [made] = parse(SYNTHETIC, { sets: [`streams${stream}.miners=7`] }).streams;
      expect(made).toMatchObject({ options: { miners: 7, coldkeys: 7 } });
    }
  });

  it("lets the last one win, and wins over presets", () => {
    const { configuration } = parse(`${RECORDED}preset: bettensor-live\n`, { sets: ["seed=2", "seed=3", "ledger.on_invalid=record"] });
    expect(configuration).toMatchObject({ seed: 3, ledger: { onInvalid: "record", equalTimes: "earlier_first" } });
  });

  it("reads amounts exactly, where a double could not", () => {
    const { configuration, resolved } = parse(RECORDED, { sets: ["vesting.minimum_stake=8999999.000000001"] });
    expect(configuration.vesting.minimumStakeRao).toBe(8_999_999_000_000_001);
    expect(resolved.vesting.minimum_stake).toBe("8999999.000000001");
  });

  it.each([
    ["vesting.retention_target=1.5", "TEN-SCENARIO-006", "vesting.retention_target", 1.5],
    ["vesting.retention_targt=1", "TEN-SCENARIO-004", "vesting.retention_targt", "retention_targt"],
    ["vestin.mode=on", "TEN-SCENARIO-004", "vestin", "vestin"],
    ["name.x=1", "TEN-SCENARIO-012", undefined, "test"],
    ["streams.5.role=miner", "TEN-SCENARIO-012", undefined, "5"],
    ["streams.minning.role=miner", "TEN-SCENARIO-012", undefined, "minning"],
    ["nothing", "TEN-SCENARIO-012", undefined, "nothing"],
    ["=1", "TEN-SCENARIO-012", undefined, "=1"],
    ["streams[5].role=miner", "TEN-SCENARIO-012", undefined, "5"],
    ["streams[].role=miner", "TEN-SCENARIO-012", undefined, "streams[].role=miner"],
    ["a..b=1", "TEN-SCENARIO-012", undefined, "a..b=1"],
    ["__proto__.x=1", "TEN-SCENARIO-012", undefined, "__proto__.x=1"],
    ["vesting={ mode: on, mode: off }", "TEN-SCENARIO-003", undefined, "mode"],
  ])("is what an error of %s points at", (set, code, path, found) => {
    const [error, ...rest] = refusals(RECORDED, { sets: [set] });
    expect(rest).toEqual([]);
    expect(error?.code).toBe(code);
    expect(error?.found).toEqual(found);
    expect(error?.place).toEqual({ file: `--set ${set}`, ...(path === undefined ? {} : { path }) });
  });

  it("takes the name of an entry of any list, where one alone is called so", () => {
    const text = `name: test\ntime: { start: 2026-01-01, days: 3 }\nsubnet: { netuid: 1 }\nclosed_loop:\n  market: { kind: pool, tao_reserve: 100, alpha_reserve: 1000 }\n  miners: [{ name: holders }, { name: weekly }]\n`;
    const counts = (set: string) => parseScenario(text, "test.yaml", { sets: [set] }).resolved;
    expect(counts("closed_loop.miners.weekly.count=2")).toEqual(counts("closed_loop.miners.1.count=2"));
    expect(counts("closed_loop.miners.weekly.count=2")).not.toEqual(counts("closed_loop.miners.0.count=2"));
    const [error] = refusals(text, { sets: ["closed_loop.miners.none.count=2"] });
    expect(error).toMatchObject({ code: "TEN-SCENARIO-012", found: "none", allowed: "0 to 1, holders, weekly" });
    expect(error.hint).toContain("tenure scenarios schema");
    const [twice] = refusals(text.replace("holders", "weekly"), { sets: ["closed_loop.miners.weekly.count=2"] });
    expect(twice).toMatchObject({ code: "TEN-SCENARIO-012", found: "weekly" });
  });

  it("points at the file for what it did not set", () => {
    const [error] = refusals(`${RECORDED}vesting: { max_multiplier: 0 }\n`, { sets: ["vesting.retention_target=0.5"] });
    expect(error?.place).toEqual({ file: "test.yaml", line: 3, column: 28, path: "vesting.max_multiplier" });
  });

  it("has short forms for seed and replicate", () => {
    expect(loadScenario("demo", { seed: 7, replicate: 2 }).configuration).toMatchObject({ seed: 7, replicate: 2 });
    expect(refusals(RECORDED, { seed: -1 })[0]).toMatchObject({ code: "TEN-SCENARIO-006", place: { file: "--seed -1", path: "seed" } });
  });
});
