import { describe, expect, it } from "vitest";
import type { Row } from "../../in-memory.js";
import { EPOCH, group, HOUR, LoopRun, loop, START, strategy, sum, TOKEN, validators } from "./small-loop.js";

const RULE = { vesting: { retentionWindowDays: 1, maxMultiplier: 2 } } as const;
const holders = group("holder", strategy("hold"), { count: 3 });
const epochOf = ({ time_ms }: Row) => (Number(time_ms) - START) / EPOCH;

/** Stake of a position after each of its flows, by sums of the table alone. */
function balances(
  world: LoopRun,
  position: number,
): readonly { readonly timeMs: number; readonly flow: string; readonly stakeRao: number }[] {
  let stakeRao = 0;
  return world
    .rows("flows")
    .filter((row) => row.position === position)
    .map(({ time_ms, flow, amount_rao }) => {
      stakeRao += (flow === "outflow" || flow === "moved_out" ? -1 : 1) * Number(amount_rao);
      return { timeMs: Number(time_ms), flow: String(flow), stakeRao };
    });
}

describe("sybil_split", () => {
  it("splits its work evenly, sells all on some keys and holds on the others", () => {
    const world = new LoopRun(loop([group("operator", strategy("sybil_split", { keys: 4, soldKeys: 1 })), holders]), 30, RULE);
    const positions = world.positions("operator");
    expect(positions).toHaveLength(4);
    const [first, second, third, sold] = positions.map((position) => world.pay(position));
    // While the rule has looked at nothing all are paid alike, the four of them as much as one.
    const firstPay = [first, second, third, sold].map((pay) => pay[0]);
    expect(Math.max(...firstPay) - Math.min(...firstPay)).toBeLessThanOrEqual(1);
    expect(firstPay.reduce((all, one) => all + one, 0)).toBeGreaterThanOrEqual(75 * TOKEN - 2);
    expect(new Set(world.orders("operator").map(({ position }) => position))).toEqual(new Set([positions[3]]));
    expect(
      world
        .holdings(positions[3])
        .slice(1)
        .every(({ stake_rao }) => stake_rao === 0),
    ).toBe(true);
    const last = (position: number) => world.holdings(position).at(-1) as Row;
    for (const position of positions.slice(0, 3)) expect(last(position).held_share).toBe(1);
    expect(Number(last(positions[0]).multiplier)).toBeGreaterThan(Number(last(positions[3]).multiplier));
    expect(world.refused()).toEqual([]);
  });
});

describe("just_in_time", () => {
  it("is staked when an epoch ends, and neither a block after nor until shortly before the next", () => {
    const leadMs = HOUR / 6;
    const world = new LoopRun(loop([group("sniper", strategy("just_in_time", { leadMs, share: 0.5 }), { tao: 100 }), holders]), 12, RULE);
    const [position] = world.positions("sniper");
    const steps = balances(world, position);
    for (let epoch = 1; epoch <= 12; epoch++) {
      const close = START + epoch * EPOCH;
      expect(steps.filter(({ timeMs }) => timeMs <= close).at(-1)?.stakeRao).toBe(0);
      const between = steps.filter(({ timeMs }) => timeMs > close && timeMs < close + EPOCH);
      if (epoch < 12) expect(between.map(({ timeMs, flow }) => [timeMs, flow])).toEqual([[close + EPOCH - leadMs, "inflow"]]);
    }
    const measured = world.holdings(position).slice(1);
    const bought = world.orders("sniper", "buy").map(({ alpha_rao }) => alpha_rao);
    expect(measured.map(({ stake_rao }) => stake_rao)).toEqual(bought);
    expect(Math.min(...bought.map(Number))).toBeGreaterThan(500 * TOKEN);
    expect(world.refused()).toEqual([]);
  });
});

describe("collude", () => {
  const rated = [validators("honest", { kind: "honest", deviation: 0 }, 60), validators("cartel", { kind: "colluder", deviation: 0 }, 40)];

  it("holds, or sells the part of its pay that is stated, while its validators rate it higher", () => {
    const ring = (changes: object) => group("ring", strategy("collude", { boost: 5, ...changes }), { count: 2 });
    for (const share of [0, 0.5, 1]) {
      const world = new LoopRun(loop([ring({ share }), holders], { validators: rated }), 10, { vesting: { mode: "off" } });
      const paid = Number(world.agent("ring-1").paid_rao);
      expect(Number(world.agent("ring-1").sold_rao)).toBe(sum(world.orders("ring-1", "sell"), "alpha_rao"));
      expect(Math.abs(Number(world.agent("ring-1").sold_rao) - share * paid)).toBeLessThanOrEqual(10);
      expect(paid).toBeGreaterThan(1.2 * Number(world.agent("holder-1").paid_rao));
      expect(world.refused()).toEqual([]);
    }
  });
});

describe("wash_cycle", () => {
  it("has bought what it had earned, within the instant, and no TAO less or more", () => {
    const world = new LoopRun(loop([group("washer", strategy("wash_cycle", { everyMs: 5 * EPOCH }), { tao: 3 }), holders]), 13, RULE);
    const [position] = world.positions("washer");
    expect(world.orders("washer").map((row) => [row.kind, epochOf(row)])).toEqual([
      ["sell", 6],
      ["buy", 6],
      ["sell", 11],
      ["buy", 11],
    ]);
    const [sold, bought] = world.orders("washer");
    expect(bought.tao_rao).toBe(sold.tao_rao);
    expect(Number(bought.alpha_rao) / Number(sold.alpha_rao)).toBeGreaterThan(0.998);
    expect(world.agent("washer").tao_end_rao).toBe(3 * TOKEN);
    const after = world.holdings(position).find(({ epoch }) => epoch === 7) as Row;
    expect([after.remaining_rao, after.held_days]).toEqual([0, 0]);
    expect(after.stake_rao).toBe(bought.alpha_rao);
    expect(world.refused()).toEqual([]);
  });
});

describe("rotate", () => {
  it("leaves nothing on the old key, and begins a history on a fresh one, for which it pays", () => {
    const world = new LoopRun(loop([group("nomad", strategy("rotate", { everyMs: 5 * EPOCH }), { tao: 4 }), holders]), 13, RULE);
    const positions = world.positions("nomad");
    expect(positions).toHaveLength(3);
    expect(world.orders("nomad", "register").map(epochOf)).toEqual([6, 11]);
    expect(world.agent("nomad").registrations_rao).toBe(String(2 * TOKEN));
    positions.forEach((position, i) => {
      const paid = world.rows("rewards").filter((row) => row.position === position && Number(row.paid_rao) > 0);
      const epochs = paid.map(({ epoch }) => Number(epoch));
      // It works on each key for as long as it is its last.
      expect([epochs[0], epochs.at(-1)]).toEqual(
        [
          [1, 6],
          [7, 11],
          [12, 13],
        ][i],
      );
      const measured = world.holdings(position);
      const fresh = measured.find(({ epoch }) => epoch === epochs[0]) as Row;
      expect([fresh.received_rao, fresh.multiplier]).toEqual([0, 1]);
      if (i < 2)
        expect(measured.filter(({ epoch }) => Number(epoch) > (epochs.at(-1) ?? 0)).every(({ stake_rao }) => stake_rao === 0)).toBe(true);
    });
    expect(world.refused()).toEqual([]);
  });

  it("goes on with the old key until it can pay the registration", () => {
    const poor = group("nomad", strategy("rotate", { everyMs: EPOCH }), { stake: 0, skill: 1 });
    // 75 alpha an epoch are worth 3.7 TAO.
    const world = new LoopRun(loop([poor, holders], { registrationCostRao: 12 * TOKEN }), 9, RULE);
    expect(world.orders("nomad", "register").map(epochOf)).toEqual([4, 7]);
    expect(world.refused()).toEqual([]);
  });
});

describe("threshold_drain", () => {
  it("falls by less than the threshold at each step, and by as much as the margin allows", () => {
    const drain = strategy("threshold_drain", { threshold: 0.05, margin: 0.001, everyMs: EPOCH });
    const world = new LoopRun(loop([group("drain", drain, { stake: 1_000, skill: 0.001 }), holders]), 60, RULE);
    const steps = balances(world, world.positions("drain")[0]);
    let falls = 0;
    for (let i = 1; i < steps.length; i++) {
      if (steps[i].flow !== "outflow") continue;
      const before = BigInt(steps[i - 1].stakeRao);
      expect(BigInt(steps[i].stakeRao)).toBe(before - (before * 49n) / 1000n);
      falls += 1;
    }
    expect(falls).toBe(59);
    expect(Number(world.agent("drain").stake_end_rao)).toBeLessThan(100 * TOKEN);
    expect(world.refused()).toEqual([]);
  });
});

describe("top_up_mask", () => {
  it("shows at each end of an epoch the stake it had after the last, and has sold its pay in between", () => {
    const world = new LoopRun(loop([group("mask", strategy("top_up_mask", { leadMs: HOUR / 6 }), { tao: 50 }), holders]), 20, RULE);
    const [position] = world.positions("mask");
    const measured = world.holdings(position).map(({ stake_rao }) => Number(stake_rao));
    const pay = world.pay(position);
    const steps = balances(world, position);
    for (let epoch = 0; epoch + 1 < measured.length; epoch++) {
      const shown = measured[epoch] + pay[epoch];
      // A rao of TAO buys about 20 of alpha.
      expect(measured[epoch + 1]).toBeGreaterThanOrEqual(shown);
      expect(measured[epoch + 1]).toBeLessThan(shown + 40);
      const between = steps.filter(({ timeMs }) => timeMs <= START + (epoch + 1) * EPOCH).at(-1);
      expect(between?.stakeRao).toBeLessThanOrEqual(10 * TOKEN);
    }
    expect(sum(world.orders("mask", "sell"), "alpha_rao")).toBeGreaterThan(20 * 75 * TOKEN);
    expect(world.refused()).toEqual([]);
  });

  it("shows what its TAO buys where that is less", () => {
    const world = new LoopRun(loop([group("mask", strategy("top_up_mask"), { tao: 0 }), holders]), 20, RULE);
    const spent = world.orders("mask", "buy");
    expect(spent).toHaveLength(19);
    expect(world.agent("mask").tao_end_rao).toBeGreaterThan(0);
    expect(world.refused()).toEqual([]);
  });
});

describe("price_push", () => {
  it("has sold its part when an epoch ends, and has it back at once, for the fee", () => {
    const push = strategy("price_push", { leadMs: HOUR / 6, share: 0.25 });
    const world = new LoopRun(loop([group("pusher", push, { stake: 8_000, tao: 1 }), holders]), 12, RULE);
    const [position] = world.positions("pusher");
    const pay = world.pay(position);
    const measured = world.holdings(position).map(({ stake_rao }) => Number(stake_rao));
    const steps = balances(world, position);
    let ownRao = measured[0];
    for (let epoch = 1; epoch < 12; epoch++) {
      ownRao += pay[epoch - 1];
      const part = Number((BigInt(ownRao) * 250_000_000n) / 1_000_000_000n);
      expect(measured[epoch]).toBe(ownRao - part);
      const sold = steps.filter(({ timeMs, flow }) => flow === "outflow" && timeMs === START + (epoch + 1) * EPOCH - HOUR / 6);
      expect(sold.map(({ stakeRao }) => stakeRao)).toEqual([measured[epoch]]);
      // A rao of TAO buys about 20 of alpha: what it has after its pay is what it had, and no more than that above it.
      const after = steps.filter(({ timeMs, flow }) => flow === "inflow" && timeMs === START + (epoch + 1) * EPOCH);
      if (epoch === 11) break;
      expect(after).toHaveLength(1);
      const backRao = after[0].stakeRao - pay[epoch];
      expect(backRao).toBeGreaterThanOrEqual(ownRao);
      expect(backRao).toBeLessThan(ownRao + 40);
      ownRao = backRao;
    }
    const spent = sum(world.orders("pusher", "buy"), "tao_rao") / sum(world.orders("pusher", "sell"), "tao_rao");
    expect(spent).toBeGreaterThan(1);
    expect(spent).toBeLessThan(1.0015);
    expect(world.refused()).toEqual([]);
  });

  it("buys back what its TAO pays for, and sells nothing where a sale brings nothing", () => {
    const world = new LoopRun(loop([group("pusher", strategy("price_push"), { stake: 8_000 }), holders]), 6, RULE);
    expect(world.orders("pusher", "buy").length).toBe(world.orders("pusher", "sell").length);
    expect(Number(world.agent("pusher").tao_end_rao)).toBeGreaterThanOrEqual(0);
    expect(world.refused()).toEqual([]);
    const idle = new LoopRun(loop([group("pusher", strategy("price_push"), { stake: 0, tao: 5, skill: 0.000001 }), holders]), 1, RULE);
    expect(idle.orders("pusher")).toEqual([]);
  });
});

describe("uid_inheritance", () => {
  const sellers = group("leaving", strategy("hold"), { count: 2, isForSale: true });
  const take = (afterwards: "sell_pay" | "sell_all" | "hold", tao = 1_000) => {
    const heir = strategy("uid_inheritance", { afterMs: EPOCH, premium: 0.25, afterwards });
    const arrivesAfter = { fromMs: 9 * EPOCH, toMs: 9 * EPOCH };
    return new LoopRun(loop([group("heir", heir, { tao, skill: 2, arrivesAfter }), sellers, holders]), 15, RULE);
  };

  it("goes on with the history of the best seat for sale, which it pays, and lets its own rest", () => {
    const world = take("sell_pay");
    const [order] = world.orders("heir", "take_over");
    expect(epochOf(order)).toBe(10);
    const [own, taken] = world.positions("heir");
    const seller = ["leaving-1", "leaving-2"].find((name) => Number(world.agent(name).seats_rao) > 0) as string;
    expect(Number(world.agent(seller).seats_rao)).toBe(Number(order.tao_rao));
    expect(world.agent("heir").seats_rao).toBe(String(-Number(order.tao_rao)));
    const [given] = world.positions(seller);
    const before = world.holdings(given).find(({ epoch }) => epoch === 10) as Row;
    const after = world.holdings(taken).find(({ epoch }) => epoch === 11) as Row;
    expect(Number(after.multiplier)).toBeGreaterThan(Number(before.multiplier));
    expect(Number(after.received_rao)).toBeGreaterThan(Number(before.received_rao));
    const paid = (position: number) =>
      world.rows("rewards").filter((row) => row.position === position && Number(row.epoch) > 10 && Number(row.paid_rao) > 0);
    expect([paid(own).length, paid(taken).length]).toEqual([0, 5]);
    expect(world.orders("heir", "sell").map(({ position, alpha_rao }) => [position, alpha_rao])).toEqual(
      paid(taken).map(({ paid_rao }) => [taken, paid_rao]),
    );
    expect(world.refused()).toEqual([]);
  });

  it("sells all, or holds, where it is told to", () => {
    expect(take("hold").orders("heir", "sell")).toEqual([]);
    const world = take("sell_all");
    const [, taken] = world.positions("heir");
    expect(
      world
        .holdings(taken)
        .filter(({ epoch }) => Number(epoch) > 11)
        .every(({ stake_rao }) => stake_rao === 0),
    ).toBe(true);
  });

  it("asks for no seat that it cannot pay", () => {
    const world = take("hold", 1);
    expect(world.orders("heir").map(({ kind }) => kind)).toEqual(["register"]);
  });
});

describe("tier_edge", () => {
  it("has the edge staked at every end of an epoch: sells what is above and buys what lacks", () => {
    const edgeRao = 100 * TOKEN;
    for (const stake of [10, 400]) {
      const world = new LoopRun(loop([group("edge", strategy("tier_edge", { edgeRao }), { stake, tao: 50 }), holders]), 15, RULE);
      const measured = world.holdings(world.positions("edge")[0]).slice(1);
      expect(measured).toHaveLength(14);
      for (const { stake_rao } of measured) {
        expect(Number(stake_rao)).toBeGreaterThanOrEqual(edgeRao);
        // What a rao of TAO buys.
        expect(Number(stake_rao)).toBeLessThan(edgeRao + 40);
      }
      expect(world.refused()).toEqual([]);
    }
  });

  it("buys what its TAO is enough for, where that is less", () => {
    const poor = group("edge", strategy("tier_edge", { edgeRao: 1_000_000 * TOKEN }), { stake: 1, tao: 2 });
    const world = new LoopRun(loop([poor, holders]), 3, RULE);
    expect(world.orders("edge", "buy")[0].tao_rao).toBe(2 * TOKEN);
    expect(world.agent("edge").tao_end_rao).toBe(0);
    expect(world.refused()).toEqual([]);
  });
});
