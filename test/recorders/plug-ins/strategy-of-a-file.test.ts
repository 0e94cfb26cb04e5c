import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScenario, runToSummary, verifyRun } from "../../../recorders/index.js";
import { loadScenario } from "../../../scenarios/index.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const scenario = (strategy: string) => `name: own
time: { start: 2026-01-01T00:00:00Z, days: 3 }
subnet: { netuid: 7 }
closed_loop:
  market: { kind: pool, tao_reserve: 1000, alpha_reserve: 20000 }
  miners:
    - { name: mine, count: 3, tao: 50, stake: 10, strategy: ${strategy} }
    - { name: sellers, count: 6, strategy: sell_all }
`;
const strategy = (bind: string, more = "") =>
  `export default ({ number, partFloor, minerStrategy }) => minerStrategy({ name: "mine", meaning: "own words",
    parameters: { share: number({ range: { above: 0, atMost: 1 }, default: 0.5, meaning: "m" }) }, ${more} bind: ${bind} });`;
/** \`sell_fraction\`, once more. */
const SELLS = `({ share }) => ({ decide({ keys }, orders) {
  for (const { key, paidRao, stakeRao } of keys) {
    const wantedRao = partFloor(paidRao, share);
    orders.sell(key, wantedRao < stakeRao ? wantedRao : stakeRao);
  }
} })`;

async function project(rule: string, acts = "{ rule: ./mine.ts, with: { share: 0.25 } }") {
  const dir = await folder();
  await writeFile(join(dir, "mine.ts"), rule);
  await writeFile(join(dir, "own.yaml"), scenario(acts));
  return { file: join(dir, "own.yaml"), out: join(dir, "run") };
}
const loopOf = async (file: string, sets: readonly string[] = []) => (await runToSummary(loadScenario(file, { sets }))).closedLoop;

describe("a strategy of a file", () => {
  it("does what the built-in one with the same decisions does, to the rao", async () => {
    const { file, out } = await project(strategy(SELLS));
    const own = await runScenario(loadScenario(file), { out, duckdb: false });
    const [entry] = own.manifest.summary.closed_loop?.subnets ?? [];
    expect(entry?.strategies[0]?.strategy).toBe("mine");
    const builtIn = (await project("", "{ kind: sell_fraction, share: 0.25 }")).file;
    const named = JSON.parse(JSON.stringify(await loopOf(builtIn)).replace('"sell_fraction"', '"mine"'));
    expect(await loopOf(file)).toEqual(named);
    expect(own.manifest.inputs).toContainEqual({
      stream: "closed_loop.miners.0.strategy",
      source: "plug_in",
      kind: "miner_strategy",
      file: "../mine.ts",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await verifyRun(out)).toMatchObject({ ok: true, rerunDigest: own.manifest.digest });
  });

  it("may be one of the alternatives of a group, and begins with the keys it asks for", async () => {
    const { file } = await project(strategy(SELLS, "keys: () => 3,"), "hold");
    const alternatives =
      "closed_loop.alternatives={ group: mine, strategies: [hold, { rule: ./mine.ts }, { rule: ./mine.ts, with: { share: 1 } }] }";
    const dir = join(file, "..");
    await writeFile(
      join(dir, "with.yaml"),
      `${scenario("hold")}  alternatives: ${alternatives.slice("closed_loop.alternatives=".length)}\n`,
    );
    const loops = (await loopOf(join(dir, "with.yaml")))?.subnets ?? [];
    expect(loops.map(({ alternative }) => alternative?.name)).toEqual(["hold", "mine share=0.5", "mine share=1"]);
    expect(loops.map(({ strategies }) => strategies[0].sellPressure > 0)).toEqual([false, true, true]);
    expect(loops[2].strategies[0].sellPressure).toBeGreaterThan(loops[1].strategies[0].sellPressure);
  });

  it.each([
    [
      "throws",
      "() => ({ decide() { throw new Error('no idea'); } })",
      "TEN-PLUGIN-011",
      /Agent mine-\d \(mine\), epoch 1, 2026-01-01T01:12:00Z/,
    ],
    [
      "sells what is no amount",
      "() => ({ decide({ keys }, orders) { orders.sell(0, NaN); } })",
      "TEN-AGENT-121",
      /`sell`.*Agent mine-\d \(mine\), epoch 1/,
    ],
    ["sells of a key of nobody", "() => ({ decide(seen, orders) { orders.sell(9, 1); } })", "TEN-AGENT-121", /Agent mine-\d \(mine\)/],
  ])("that %s ends the run, saying who and when", async (_, bind, code, what) => {
    const { file } = await project(strategy(bind));
    expect(await refusalOf(() => runToSummary(loadScenario(file)))).toMatchObject({ code, what: expect.stringMatching(what) });
  });

  it.each([
    ["gives no agent", strategy("() => 1"), "TEN-PLUGIN-012"],
    ["asks for no number of keys", strategy(SELLS, "keys: () => 0.5,"), "TEN-PLUGIN-012"],
    [
      "is a rule of another kind",
      'export default ({ scoreRule }) => scoreRule({ name: "x", meaning: "m", parameters: {}, bind: () => () => 1 });',
      "TEN-PLUGIN-009",
    ],
    ["has the name of a built-in one", strategy(SELLS).replace('"mine"', '"hold"'), "TEN-PLUGIN-017"],
    ["has no default export", "export const a = 1;", "TEN-PLUGIN-008"],
  ])("that %s is refused before the run", async (_, rule, code) => {
    const { file } = await project(rule);
    expect(await refusalOf(() => runToSummary(loadScenario(file)))).toMatchObject({ code });
  });

  it("can change nothing that anybody else is shown or reckons with, nor keep it", async () => {
    const tampering = `() => { let kept; return { decide(seen, orders) {
      const own = [Object.getPrototypeOf(seen), Object.getPrototypeOf(seen.keys), Object.getPrototypeOf(seen.keys[0]), Object.getPrototypeOf(orders)];
      for (const one of own) if (one !== null) { one.stakeRao = 1; one.push = () => { throw 1; }; one.includes = () => false; one.sort = () => []; }
      for (const one of [seen, seen.keys, seen.keys[0], orders]) if (!Object.isFrozen(one)) throw new Error("it can be written on");
      if (kept !== undefined) { let isOver = false; try { kept.taoRao; } catch { isOver = true; } if (kept !== seen && !isOver) throw new Error("it lasts"); }
      kept = seen;
    } }; }`;
    const idle = "() => ({ decide() {} })";
    const [harmful, harmless] = [(await project(strategy(tampering))).file, (await project(strategy(idle))).file];
    expect(await loopOf(harmful)).toEqual(await loopOf(harmless));
    expect(await loopOf(harmless)).toEqual(await loopOf(harmless));
  });

  it.each([
    ["a time that is no whole ms", "orders.wakeAt(seen.timeMs + 0.5)", "TEN-AGENT-121", /wakeAt/],
    ["a key that it has not", "seen.multiplierAfterSale(3, 0)", "TEN-AGENT-121", /multiplierAfterSale/],
    ["what means nothing, and catches it", "try { orders.sell(0, -1); } catch {}", "TEN-AGENT-121", /sell/],
    [
      "nothing, and throws what cannot be looked at",
      "throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } })",
      "TEN-PLUGIN-011",
      /mine/,
    ],
  ])("ends the run where it asks for %s", async (_, does, code, what) => {
    const { file } = await project(strategy(`() => ({ decide(seen, orders) { ${does}; } })`));
    expect(await refusalOf(() => loopOf(file))).toMatchObject({ code, what: expect.stringMatching(what) });
  });
});
