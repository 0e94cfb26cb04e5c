import { describe, expect, it } from "vitest";
import { runToSummary } from "../../recorders/index.js";
import { loadScenario, randomParts, scenarioFromResolved } from "../../scenarios/index.js";
import { parse, refusals } from "./scenario-text.js";

const FROM = "from: 2026-01-02, strategy: hold";
const STREAMS = "  - { synthetic: subnet, name: peers, miners: 3 }\n  - { synthetic: prices, name: prices, subnets: 1 }";
const scenario = (handed: string, { top = "", streams = STREAMS, subnet = "subnet: { netuid: 1 }" } = {}) =>
  `name: test\ntime: { start: 2026-01-01, days: 3 }\n${subnet}\nstreams:\n${streams}\nhanded_over: ${handed}\n${top}`;
const CLOSED_LOOP = "closed_loop: { netuid: 1, market: { kind: pool, tao_reserve: 100, alpha_reserve: 1000 }, miners: [{ name: one }] }\n";

describe("a scenario with handed-over positions", () => {
  it("has its short forms written out, and is the same again", () => {
    const { resolved, configuration } = parse(scenario(`[{ hotkey: peers/miner-1, ${FROM}, tao: 1.5 }]`));
    expect(resolved.handed_over).toEqual([
      {
        name: "peers/miner-1",
        hotkey: ["peers/miner-1"],
        coldkey: null,
        netuid: 1,
        from: "2026-01-02T00:00:00Z",
        strategy: { kind: "hold" },
        tao: 1.5,
      },
    ]);
    expect(configuration.handedOver).toEqual([
      {
        name: "peers/miner-1",
        netuid: 1,
        hotkeys: ["peers/miner-1"],
        coldkey: null,
        fromMs: Date.UTC(2026, 0, 2),
        strategy: { kind: "hold" },
        taoRao: 1_500_000_000,
      },
    ]);
    expect(resolved.record.tables).toEqual(expect.arrayContaining(["agents", "agent_orders"]));
    expect(resolved.record.tables).not.toContain("pools");
    const again = scenarioFromResolved(resolved);
    expect([again.resolved, again.configuration]).toEqual([resolved, configuration]);
  });

  it("draws nothing for strategies that come with Tenure, and may for those of files", () => {
    const of = (strategy: string) =>
      randomParts(parse(scenario(`[{ hotkey: a, from: 2026-01-02, strategy: ${strategy} }]`, { streams: "  - recorded: mine" })));
    expect(of("hold")).toEqual([]);
    expect(of("{ rule: ./mine.ts }")).toEqual(["handed-over positions"]);
  });

  it("leaves scenarios without any as they were", () => {
    const { resolved, configuration } = loadScenario("demo");
    expect("handed_over" in resolved).toBe(false);
    expect(configuration.handedOver).toEqual([]);
  });

  it.each([
    ["no subnet that is named", scenario(`[{ hotkey: a, ${FROM} }]`, { subnet: "" }), "TEN-SCENARIO-008", "handed_over.0.netuid"],
    ["a subnet without prices", scenario(`[{ hotkey: a, netuid: 2, ${FROM} }]`), "TEN-SCENARIO-008", "handed_over.0"],
    [
      "prices alone",
      scenario(`[{ hotkey: a, ${FROM} }]`, { streams: "  - { synthetic: prices, name: prices, subnets: 1 }" }),
      "TEN-SCENARIO-008",
      "handed_over.0",
    ],
    ["a subnet of a closed loop", scenario(`[{ hotkey: a, ${FROM} }]`, { top: CLOSED_LOOP }), "TEN-SCENARIO-008", "handed_over.0.netuid"],
    ["no position", scenario("[]"), "TEN-SCENARIO-006", "handed_over"],
    ["no strategy", scenario("[{ hotkey: a, from: 2026-01-02 }]"), "TEN-SCENARIO-007", "handed_over.0.strategy"],
    ["an unknown strategy", scenario("[{ hotkey: a, from: 2026-01-02, strategy: hodl }]"), "TEN-SCENARIO-006", "handed_over.0.strategy"],
    ["no time", scenario("[{ hotkey: a, strategy: hold }]"), "TEN-SCENARIO-007", "handed_over.0.from"],
    ["no hotkey", scenario("[{ from: 2026-01-02, strategy: hold }]"), "TEN-SCENARIO-007", "handed_over.0.hotkey"],
    ["an empty hotkey", scenario(`[{ hotkey: "", ${FROM} }]`), "TEN-SCENARIO-006", "handed_over.0.hotkey"],
    ["a misspelt key", scenario(`[{ hotkeys: [a], hotkey: a, ${FROM} }]`), "TEN-SCENARIO-004", "handed_over.0.hotkeys"],
    ["a time after the end", scenario("[{ hotkey: a, from: 2026-02-01, strategy: hold }]"), "TEN-LOOP-123", "handed_over.0.from"],
    [
      "a strategy that needs seats",
      scenario("[{ hotkey: a, from: 2026-01-02, strategy: rotate }]"),
      "TEN-LOOP-124",
      "handed_over.0.strategy",
    ],
    [
      "a strategy that needs validators",
      scenario("[{ hotkey: a, from: 2026-01-02, strategy: collude }]"),
      "TEN-LOOP-124",
      "handed_over.0.strategy",
    ],
    ["a position twice", scenario(`[{ hotkey: a, ${FROM} }, { hotkey: [b, a], ${FROM} }]`), "TEN-LOOP-125", "handed_over.1"],
    ["instalments", scenario(`[{ hotkey: a, ${FROM} }]`, { top: "schedules: {}\n" }), "TEN-LOOP-122", "schedules"],
  ])("is refused with %s", (_, text, code, path) => {
    expect(refusals(text).map((error) => [error.code, error.place?.path])).toContainEqual([code, path]);
  });
});

it("lists the strategies once where one is not known", () => {
  const [error] = refusals(scenario("[{ hotkey: a, from: 2026-01-02, strategy: hodl }]"));
  expect(error.allowed).toMatch(/^one of hold, sell_all, .*, or a mapping with keys among rule, with$/);
  expect(error.allowed?.match(/sell_all/g)).toHaveLength(1);
  expect(error.hint).toBe("Did you mean hold?");
});

describe("the scenario handed-over", () => {
  it.each(["hold", "sell_all", "sell_schedule", "rational", "wash_cycle", "just_in_time", "top_up_mask"])(
    "with %s: nothing is made or lost, in either emission mode",
    async (strategy) => {
      const sets = ["time.days=5", "handed_over.0.from=2026-07-03", `handed_over.0.strategy=${strategy}`];
      for (const mode of ["replay", "redistribute"]) {
        const { handedOver } = await runToSummary(loadScenario("handed-over", { sets: [...sets, `emission=${mode}`] }), { audit: true });
        expect(handedOver?.decisions).toBeGreaterThanOrEqual(59);
        expect(handedOver?.miners[0].strategy).toBe(strategy);
        expect(handedOver?.miners[0].ordersDone).toBe(handedOver?.miners[0].orders);
      }
    },
  );
});
