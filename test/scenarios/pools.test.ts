import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, places, RECORDED, refusals } from "./scenario-text.js";

const SIMULATED = `name: test
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 5 }
streams: [{ synthetic: subnet, name: peers, miners: 3 }]
`;
const LOOP = `name: test
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 5 }
closed_loop: { market: prices, miners: [{ name: holders, count: 2 }, { name: seller }] }
streams: [{ synthetic: prices, subnets: 5 }]
`;
/** A pool for half of the pot, and another for the rest. */
const pooled = (scenario: string, members: string, more = "") =>
  `${scenario}${scenario === LOOP ? "" : "emission: redistribute\n"}${more}stages:\n  - pools: [{ name: a, share: 0.5, members: ${members} }, { name: b, share: 0.5, members: rest }]\n`;

describe("a pool for whom there cannot be is refused, with who was meant:", () => {
  it.each([
    [
      "a name that no synthetic miner has",
      SIMULATED,
      "{ names: [peers/miner-000, peer/miner-001] }",
      "names.1",
      "Did you mean peers/miner-001?",
    ],
    ["one past the last", SIMULATED, "{ names: [peers/miner-003] }", "names.0", "Did you mean peers/miner-000?"],
    ["a group that a closed loop lacks", LOOP, "{ names: [holder, seller] }", "names.0", "Did you mean holders?"],
    ["a member that a group lacks", LOOP, "{ names: [holders-3] }", "names.0", "Did you mean holders"],
    ["a tag that nobody declares", SIMULATED, "{ tags: [gold] }", "tags.0", "Say under tags"],
  ])("%s", (_, scenario, members, at, hint) => {
    const [refusal, ...others] = refusals(pooled(scenario, members));
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({ code: "TEN-SCENARIO-008", place: { path: `stages.0.pools.0.members.${at}` } });
    expect(refusal.hint).toContain(hint);
  });

  it("a tag misspelt, also where a recording tells who there is, and the name of a tag", () => {
    const recorded = pooled(RECORDED, "{ tags: [gold, glod] }", "tags: { gold: [anybody] }\n");
    expect(refusals(recorded)).toMatchObject([{ place: { path: "stages.0.pools.0.members.tags.1" }, hint: "Did you mean gold?" }]);
    const named = pooled(SIMULATED, "{ tags: [gold] }", "tags: { gold: [peers/miner-000, nobody] }\n");
    expect(refusals(named)).toMatchObject([{ place: { path: "tags.gold.1" }, found: "nobody" }]);
  });

  it("and two pools of the rest are", () => {
    const text = pooled(SIMULATED, "rest");
    expect(places(text)).toEqual(["TEN-SCENARIO-008 7:53 stages.0.pools.1"]);
    expect(refusals(text)[0].message).toContain("two pools have `members: rest`");
  });
});

it("who may come is not refused", () => {
  const names = "{ names: [anybody, holders] }";
  for (const scenario of [RECORDED, SIMULATED.replace("streams: [", "streams: [{ recorded: mining }, ")]) parse(pooled(scenario, names));
  parse(pooled(LOOP, "{ names: [holders, holders-1, holders-2, seller, seller/key-1] }"));
  parse(pooled(SIMULATED, "{ tags: [gold] }", "tags: { gold: [peers/miner-002], unused: [nobody] }\n"));
});

/** The group of all, or one of them. */
const isCalled = (name: string, miners: number) =>
  name === "peers/miner" || (/^peers\/miner-\d{3}$/.test(name) && Number(name.slice(-3)) < miners);

it("of a synthetic subnet exactly the names of its miners are taken", () => {
  const name = fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((miner) => `peers/miner-${String(miner).padStart(3, "0")}`),
    fc.constantFrom(
      "peers",
      "peers/miner",
      "peers/miner-",
      "peers/miner-0",
      "__proto__",
      "constructor",
      "peers/miner-000 ",
      "ｐeers/miner-000",
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), (miners, names) => {
      const text = pooled(SIMULATED.replace("miners: 3", `miners: ${miners}`), JSON.stringify({ names }));
      const strangers = names.flatMap((one, at) => (isCalled(one, miners) ? [] : [at]));
      const found = strangers.length === 0 ? [] : refusals(text).map(({ place }) => place?.path);
      if (strangers.length === 0) parse(text);
      expect(found).toEqual(strangers.map((at) => `stages.0.pools.0.members.names.${at}`));
    }),
    { numRuns: 60 },
  );
});

it("what a rule of two forms does not take is told once", () => {
  const tiers = "tiers: [{ at_least: 10, value: 1.2 }, { at_least: 5, value: 1.1 }]";
  expect(places(`${RECORDED}emission: redistribute\nstages: [{ multiplier: { rule: stake_tiers, ${tiers} } }]\n`)).toEqual([
    "TEN-SCENARIO-006 4:95 stages.0.multiplier.tiers.1.at_least",
  ]);
});
