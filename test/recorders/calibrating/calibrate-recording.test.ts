import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { instantText } from "../../../engine/index.js";
import { type CalibrateOptions, calibratedFit, calibrateRecording, calibrationRange } from "../../../recorders/calibrating/index.js";
import { importTao20, importTaostats } from "../../../recorders/importers/index.js";
import { calibrationReport } from "../../../reports/calibration-report.js";
import { PLAIN_STYLE } from "../../../reports/style.js";
import { calibrationText } from "../../../reports/text/calibration-text.js";
import { parseScenario } from "../../../scenarios/index.js";
import { type Row, writeRows } from "../streams/recordings.js";
import { refusalOf, sharedData, useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const EPOCH_MS = 4_320_000;
const START = Date.UTC(2026, 0, 1);
const ALPHA = 1_000_000_000;
const POOL = { taoReserveRao: 1_000 * ALPHA, alphaReserveRao: 20_000 * ALPHA };
const [ADDED, REMOVED, TRANSFERRED, HOTKEY_SWAPPED] = [0, 1, 5, 7];
const at = (epoch: number, afterMs = 0) => START + epoch * EPOCH_MS + afterMs;

const paid = (epoch: number, netuid: number, hotkey: string, alpha: number, uid = -1, role = 0): Row => [
  at(epoch),
  epoch * 360,
  netuid,
  hotkey,
  `${hotkey}-owner`,
  uid,
  role,
  alpha * ALPHA,
];
const staked = (timeMs: number, action: number, netuid: number, hotkey: string, alpha: number, toHotkey: string | null = null): Row => [
  timeMs,
  Math.floor((timeMs - START) / 12_000),
  0,
  0,
  action,
  netuid,
  hotkey,
  `${hotkey}-owner`,
  alpha * ALPHA,
  -1,
  toHotkey,
  null,
  0,
  0,
];
const price = (epoch: number, netuid: number, tao: number): Row => [at(epoch), epoch * 360, netuid, tao];

const inOrder = (rows: readonly Row[]): Row[] => [...rows].sort((a, b) => Number(a[0]) - Number(b[0]));
const epochs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => from + k);

/** Two miners of subnet 3, one of them from the sixth epoch on, and a validator; one miner of subnet 4. Prices of subnet 3. */
const EMISSION = inOrder(
  epochs(1, 20).flatMap((epoch) => [
    paid(epoch, 3, "old", epoch < 6 ? 4 : 3),
    ...(epoch < 6 ? [] : [paid(epoch, 3, "new", 1)]),
    paid(epoch, 3, "validator", 9, -1, 1),
    paid(epoch, 4, "elsewhere", 2),
  ]),
);
const STAKE = [staked(at(0, 1), ADDED, 3, "old", 5), staked(at(8, 1), REMOVED, 3, "old", 7), staked(at(9, 1), ADDED, 3, "old", 2)];
const PRICES = epochs(0, 20).map((epoch) => price(epoch, 3, 0.02 + epoch / 1000));

async function recorded(streams: Parameters<typeof writeRows>[1], name = "mine"): Promise<string> {
  const path = join(await folder(), "recordings", name);
  await mkdir(dirname(path), { recursive: true });
  await writeRows(path, streams);
  return path;
}

const commandOf = (name: string, data: string | null) => `run ${name} ${data}`;
const calibrate = (path: string, options: CalibrateOptions = {}) => calibrateRecording(path, options, commandOf);

describe("calibration", () => {
  it("takes pay, stake, arrivals and sales of the miners of one subnet, and its prices", async () => {
    const path = await recorded({ emission: EMISSION, stake: STAKE, price: PRICES });
    const { world, scenario, data, name, market, text } = await calibrate(path, { netuid: 3 });
    expect(name).toBe("mine-calibrated");
    expect(market).toEqual({ kind: "prices" });
    expect(text).toContain(`#   run mine-calibrated ${data}`);
    expect(scenario.streams).toEqual([expect.objectContaining({ folder: "mine", kinds: ["price"] })]);
    expect(world.observed.prices).toEqual({
      ...{ count: 21, firstMs: START, firstTao: 0.02, lastMs: at(20), lastTao: 0.04, longestGapMs: EPOCH_MS },
    });
    expect(world).toMatchObject({ startMs: START, endMs: at(20), tempoBlocks: 360, paidRao: 80 * ALPHA });
    const [old, late] = world.miners;
    expect(old).toMatchObject({
      paidRao: 65 * ALPHA,
      soldRao: 7 * ALPHA,
      arrivesAfterMs: 0,
      observed: { hotkey: "old", heldAtStartRao: 5 * ALPHA, broughtRao: 2 * ALPHA, givenRao: 0, heldAtEndRao: 65 * ALPHA },
    });
    expect(late).toMatchObject({ paidRao: 15 * ALPHA, soldRao: 0, arrivesAfterMs: 5 * EPOCH_MS, observed: { hotkey: "new" } });
    // Alone it has the whole pot, then three quarters.
    expect([old.skill, late.skill]).toEqual([75, 25]);
    const fit = await calibratedFit(await calibrate(path, { netuid: 3 }), {});
    expect(fit.simulated.priceEndTao).toBe(0.04);
    // Rounded to whole rao a block.
    expect(Math.abs(Number(fit.simulated.paidRao) - 80 * ALPHA)).toBeLessThanOrEqual(world.blocks / 2);
    expect(fit.simulated.largestShareDifference).toBeLessThan(1e-9);
  });

  it("sees the window alone, but what was held before it", async () => {
    const path = await recorded({ emission: EMISSION, stake: STAKE, price: PRICES });
    const { world } = await calibrate(path, { netuid: 3, fromMs: at(10), toMs: at(15) });
    expect(world.observed.epochEndsMs).toHaveLength(5);
    expect(world).toMatchObject({ startMs: at(10), endMs: at(15), paidRao: 20 * ALPHA });
    expect(world.miners[0]).toMatchObject({ paidRao: 15 * ALPHA, soldRao: 0, observed: { heldAtStartRao: 35 * ALPHA } });
    expect(world.miners[1]).toMatchObject({ arrivesAfterMs: 0, observed: { heldAtStartRao: 5 * ALPHA } });
  });

  it("notes prices that end early, and what was sold later", async () => {
    const early = PRICES.slice(0, 8);
    const path = await recorded({ emission: EMISSION, stake: STAKE, price: early });
    const calibrated = await calibrate(path, { netuid: 3 });
    const report = calibrationReport(calibrated, null, "x.yaml");
    expect(report).toMatchObject({
      last_price: instantText(at(7)),
      prices_end_early: true,
      sold_after_last_price_rao: String(7 * ALPHA),
    });
    expect(calibrated.text).toContain(`; sales after the last, ${instantText(at(7))}, are at that one`);
    expect(calibrationText(report, "run", PLAIN_STYLE).replaceAll(/\s+/g, " ")).toContain(
      `note: No price is recorded after ${instantText(at(7))}, and epochs go on to ${instantText(at(20))}: what is sold later is sold at that one price; as recorded, that was 7.0000 alpha.`,
    );
    const whole = await calibrate(await recorded({ emission: EMISSION, stake: STAKE, price: PRICES }), { netuid: 3 });
    expect(calibrationReport(whole, null, "x.yaml")).toMatchObject({ prices_end_early: false, sold_after_last_price_rao: "0" });
    expect(whole.text).not.toContain("sales after the last");
  });

  it("looks at what was recorded of a position that a scenario hands over", async () => {
    const observed = async (handedOver: string) => {
      const path = join(await folder(), "peers.yaml");
      const streams = "streams: [{ synthetic: subnet, name: peers, miners: 4 }, { synthetic: prices, name: prices, subnets: 1 }]";
      await writeFile(path, `name: peers\ntime: { start: 2026-07-01, days: 6 }\nsubnet: { netuid: 1 }\n${streams}\n${handedOver}`);
      return (await calibrate(path)).world.observed.miners;
    };
    const handedOver = "handed_over: [{ hotkey: peers/miner-0, from: 2026-07-03, strategy: sell_all }]\n";
    expect(await observed(handedOver)).toEqual(await observed(""));
  });

  it("follows a miner through a swap of its keys, and tells what it gave away", async () => {
    const emission = inOrder(
      epochs(1, 12).flatMap((epoch) => [
        [at(epoch), epoch * 360, 3, epoch < 7 ? "first" : "second", "owner", 5, 0, ALPHA] as Row,
        paid(epoch, 3, "other", 1, 6),
      ]),
    );
    const swap: Row = [at(6, 1), 2_200, 0, 0, HOTKEY_SWAPPED, 3, "first", "owner", 0, -1, "second", null, 0, 0];
    const given: Row = [at(8, 1), 2_900, 0, 0, TRANSFERRED, 3, "second", "owner", 2 * ALPHA, -1, null, "friend", 0, 0];
    const path = await recorded({ emission, stake: [swap, given] });
    const { world } = await calibrate(path, { pool: POOL });
    expect(world.miners).toHaveLength(2);
    expect(world.miners.find(({ observed }) => observed.hotkey === "second")).toMatchObject({
      paidRao: 12 * ALPHA,
      soldRao: 0,
      leftMs: null,
      observed: { firstEpoch: 0, heldAtStartRao: 0, givenRao: 2 * ALPHA, heldAtEndRao: 10 * ALPHA, broughtRao: 0 },
    });
  });

  it("says who left, keeps the best paid apart, and takes the recorded pot where it is asked to", async () => {
    const emission = inOrder(
      epochs(1, 20).flatMap((epoch) => [
        paid(epoch, 3, "a", 5),
        ...(epoch <= 10 ? [paid(epoch, 3, "b", 3)] : []),
        paid(epoch, 3, "c", 2 + (epoch % 2)),
        paid(epoch, 3, "d", 1),
      ]),
    );
    const path = await recorded({ emission, stake: [staked(at(12, 1), REMOVED, 3, "d", 5)], price: PRICES });
    const { world, scenario, text } = await calibrate(path, { emission: "recorded", mostMiners: 3 });
    expect(world.miners.map(({ observed, leftMs }) => [observed.hotkey, leftMs])).toEqual([
      ["a", null],
      ["c", null],
      ["b", at(10)],
    ]);
    expect(text).toContain("# Nobody leaves a closed loop: 1 ");
    expect(world.others).toMatchObject({ count: 1, paidRao: 20 * ALPHA, soldRao: 5 * ALPHA, soldShare: 0.25 });
    expect(scenario.configuration.closedLoops[0].emission).toEqual({ kind: "recorded" });
    expect(scenario.streams).toEqual([expect.objectContaining({ kinds: ["emission", "price"] })]);
    const { simulated } = await calibratedFit(await calibrate(path, { emission: "recorded", mostMiners: 3 }), {});
    expect(simulated.paidRao).toBe(String(world.paidRao));
    expect(simulated.largestShareDifference).toBeLessThan(1e-9);
  });

  it("writes a file that means the same, whatever hotkeys and folders are called", async () => {
    const evil = 'x\n    - { name: evil, strategy: sell_all } # "\u001b[31m\u202e';
    const emission = inOrder(epochs(1, 6).flatMap((epoch) => [paid(epoch, 3, evil, 1), paid(epoch, 3, "good", 2)]));
    const path = await recorded({ emission, price: PRICES }, "my: recording # 'é\u202e");
    const { text, scenario, world } = await calibrate(path);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(scenario.configuration.closedLoops[0].miners.map(({ name }) => name)).toEqual(["miner-1", "miner-2"]);
    expect(scenario.streams[0]).toMatchObject({ folder: "my: recording # 'é\u202e" });
    expect(world.miners[1].observed.hotkey).toBe(evil);
    expect(parseScenario(text, "again.yaml").resolved).toEqual(scenario.resolved);
    await calibratedFit(await calibrate(path), {});
  });

  it("takes the streams of a scenario, recorded or made up", async () => {
    const dir = await folder();
    await writeRows(join(dir, "pay"), { emission: EMISSION });
    await writeRows(join(dir, "prices"), { price: PRICES });
    const file = join(dir, "mine.yaml");
    await writeFile(file, "name: mine\nsubnet: { netuid: 3 }\nstreams: [{ recorded: pay }, { recorded: prices }]\n");
    const { world, scenario, data } = await calibrate(file, { data: dir });
    expect(world.observed.netuid).toBe(3);
    expect(data).toBe(dir);
    expect(scenario.streams).toEqual([expect.objectContaining({ folder: "prices", kinds: ["price"] })]);
    const demo = await calibrate("demo", { pool: POOL, toMs: Date.UTC(2025, 0, 5) });
    expect(demo.world.miners).toHaveLength(64);
    expect(demo).toMatchObject({ data: null, name: "demo-calibrated", scenario: { streams: [] } });
  });
});

describe("calibration refuses", () => {
  const code = async (work: () => Promise<unknown>) => (await refusalOf(work)).code;

  it("what has no pay of miners, another subnet, and several without a choice", async () => {
    const path = await recorded({ emission: EMISSION, price: PRICES });
    expect(await refusalOf(() => calibrate(path))).toMatchObject({ code: "TEN-CALIBRATE-003", found: "subnets 3, 4" });
    expect(await refusalOf(() => calibrate(path, { netuid: 9 }))).toMatchObject({ code: "TEN-CALIBRATE-002", allowed: "subnets 3, 4" });
    expect(await code(() => calibrate(path, { netuid: 4 }))).toBe("TEN-CALIBRATE-004");
    const none = await recorded({ price: PRICES, stake: STAKE });
    expect(await code(() => calibrate(none))).toBe("TEN-CALIBRATE-001");
    const validators = await recorded({ emission: [paid(1, 3, "v", 1, -1, 1), paid(2, 3, "v", 1, -1, 1)] });
    expect(await code(() => calibrate(validators))).toBe("TEN-CALIBRATE-001");
  });

  it("no prices, a pool that cannot be, and a recorded pot that is none", async () => {
    const path = await recorded({ emission: EMISSION });
    expect(await code(() => calibrate(path, { netuid: 3 }))).toBe("TEN-CALIBRATE-004");
    expect(await code(() => calibrate(path, { netuid: 3, pool: { taoReserveRao: ALPHA } }))).toBe("TEN-CALIBRATE-004");
    const priced = await recorded({ emission: EMISSION, price: PRICES });
    const { market } = await calibrate(priced, { netuid: 3, pool: { taoReserveRao: 1_000 * ALPHA } });
    expect(market).toEqual({ kind: "pool", taoReserveRao: 1_000 * ALPHA, alphaReserveRao: 50_000 * ALPHA });
    expect(await code(() => calibrate(priced, { netuid: 3, pool: { taoReserveRao: 9e15 } }))).toBe("TEN-CALIBRATE-004");
    expect(await code(() => calibrate("demo", { pool: POOL, emission: "recorded" }))).toBe("TEN-CALIBRATE-006");
  });

  it("a time without epochs, or that is none, and names that cannot be", async () => {
    const path = await recorded({ emission: EMISSION, price: PRICES });
    expect(await code(() => calibrate(path, { netuid: 3, fromMs: at(19) }))).toBe("TEN-CALIBRATE-005");
    // Nothing is paid by then, so that no subnet is known.
    expect(await refusalOf(() => calibrate(path, { netuid: 3, toMs: at(1) }))).toMatchObject({
      code: "TEN-CALIBRATE-005",
      found: `1 epoch of 1 that ends up to ${instantText(at(1))}`,
      hint: `Rows are recorded from ${instantText(START)} to ${instantText(at(20))}. Choose another --from or --to, or record a longer time.`,
    });
    expect(await refusalOf(() => calibrate(path, { netuid: 3, fromMs: at(30) }))).toMatchObject({
      found: `no epoch of 20 that ends after ${instantText(at(30))}`,
    });
    const refused = (from?: string, to?: string) => refusalOf(async () => calibrationRange(from, to));
    expect(await refused("yesterday")).toMatchObject({ code: "TEN-CALIBRATE-007", found: "yesterday" });
    expect(await refused("2026-01-02", "2026-01-02")).toMatchObject({ code: "TEN-CALIBRATE-007" });
    expect(calibrationRange("2026-01-01", undefined)).toEqual({ fromMs: START, toMs: undefined });
    expect(await code(() => calibrate(path, { netuid: 3, name: "../up" }))).toBe("TEN-SCENARIO-006");
    expect(await code(() => calibrate("no-such"))).toBe("TEN-CALIBRATE-008");
    expect(await code(async () => calibrate(await folder()))).toBe("TEN-STREAM-002");
  });
});

describe("on real data", () => {
  const [mining, contract, tao20] = ["taostats/mining", "taostats/contract", "tao20"].map(sharedData);

  it.skipIf(mining === undefined)("a miner whose pay only its balances show holds all of it", async () => {
    const out = join(await folder(), "mining");
    await importTaostats(mining as string, { out, addresses: "any" });
    const calibrated = await calibrate(out, { pool: POOL });
    const { world } = calibrated;
    expect(world).toMatchObject({ paidRao: 270_542_639_501, tempoBlocks: 361, spread: { basis: "too_little" } });
    expect(world.miners).toEqual([expect.objectContaining({ skill: 100, soldRao: 0, habit: { strategy: { kind: "hold" }, miss: 0 } })]);
    const { recorded: was, simulated } = await calibratedFit(calibrated, {});
    expect(Math.abs(Number(simulated.heldEndRao) / Number(was.heldEndRao) - 1)).toBeLessThan(1e-5);
  });

  it.skipIf(contract === undefined || tao20 === undefined)("a position and prices of two recordings", async () => {
    const dir = await folder();
    await importTaostats(contract as string, { out: join(dir, "contract"), addresses: "any" });
    await importTao20(tao20 as string, { out: join(dir, "prices") });
    const file = join(dir, "both.yaml");
    await writeFile(file, "name: both\nsubnet: { netuid: 64 }\nstreams: [{ recorded: contract }, { recorded: prices, kinds: [price] }]\n");
    const calibrated = await calibrate(file, { data: dir, fromMs: Date.UTC(2025, 8, 6), toMs: Date.UTC(2025, 9, 4) });
    expect(calibrated.market).toEqual({ kind: "prices" });
    expect(calibrated.world.miners[0].observed.heldAtStartRao).toBeGreaterThan(13 * ALPHA);
    const { recorded: was, simulated } = await calibratedFit(calibrated, {});
    expect(simulated.priceEndTao).toBe(was.priceEndTao);
    expect(Math.abs(Number(simulated.heldEndRao) / Number(was.heldEndRao) - 1)).toBeLessThan(0.01);
  });
});
