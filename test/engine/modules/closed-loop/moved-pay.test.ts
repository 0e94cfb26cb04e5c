import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MovedPay } from "../../../../engine/modules/closed-loop/moved-pay.js";
import { EPOCH, group, LoopRun, loop, NETUID, strategy, TOKEN } from "../../agents/miners/small-loop.js";

describe("pay that the rule moves", () => {
  it("goes from who loses to who gains, in proportion, and elsewhere where nobody gains it", () => {
    const moved = new MovedPay(["a", "b", "c"]);
    moved.take(0, 100, 40);
    moved.take(1, 50, 30);
    moved.take(2, 10, 50);
    moved.take(2, 10, 20);
    moved.settle();
    // 80 are lost, 50 gained by c: of each loss 5/8 goes to c, 3/8 elsewhere.
    expect(moved.flows()).toEqual([
      { from: "a", to: "c", rao: 37.5 },
      { from: "a", to: "elsewhere", rao: 22.5 },
      { from: "b", to: "c", rao: 12.5 },
      { from: "b", to: "elsewhere", rao: 7.5 },
    ]);
  });

  it("comes from elsewhere where more is gained than lost", () => {
    const moved = new MovedPay(["a", "b"]);
    moved.take(0, 5, 4);
    moved.take(1, 0, 3);
    moved.settle();
    expect(moved.flows()).toEqual([
      { from: "elsewhere", to: "b", rao: 2 },
      { from: "a", to: "b", rao: 1 },
    ]);
  });

  it("is all that was lost and all that was gained, group by group", () => {
    const pay = fc.record({ group: fc.nat({ max: 3 }), entitled: fc.nat({ max: 1_000_000 }), paid: fc.nat({ max: 1_000_000 }) });
    fc.assert(
      fc.property(fc.array(fc.array(pay, { maxLength: 8 }), { maxLength: 6 }), (epochs) => {
        const names = ["a", "b", "c", "d"];
        const moved = new MovedPay(names);
        for (const epoch of epochs) {
          for (const { group: number, entitled, paid } of epoch) moved.take(number, entitled, paid);
          moved.settle();
        }
        const flows = moved.flows();
        for (const [number, name] of names.entries()) {
          const own = epochs.flat().filter((one) => one.group === number);
          const lost = own.reduce((all, { entitled, paid }) => all + Math.max(0, entitled - paid), 0);
          const gained = own.reduce((all, { entitled, paid }) => all + Math.max(0, paid - entitled), 0);
          const out = flows.reduce((all, { from, rao }) => all + (from === name ? rao : 0), 0);
          const into = flows.reduce((all, { to, rao }) => all + (to === name ? rao : 0), 0);
          expect(Math.abs(out - lost)).toBeLessThanOrEqual(1e-9 * (1 + lost));
          expect(Math.abs(into - gained)).toBeLessThanOrEqual(1e-9 * (1 + gained));
        }
      }),
    );
  });

  it("of a run is what its tables say, and seats that change hands are counted", () => {
    const nomads = group("nomad", strategy("rotate", { everyMs: 5 * EPOCH }), { tao: 4 });
    const holders = group("holder", strategy("hold"), { count: 3 });
    const world = new LoopRun(loop([nomads, group("seller", strategy("sell_all")), holders]), 13);
    const [subnet] = world.run.summary.closedLoop?.subnets ?? [];
    const agents = world.rows("agents");
    const net = (name: string) =>
      agents.filter((row) => row.group_name === name).reduce((all, row) => all + Number(row.paid_rao) - Number(row.entitled_rao), 0);
    for (const name of ["nomad", "seller", "holder"]) {
      const flow = subnet.moved.reduce((all, { from, to, rao }) => all + (to === name ? rao : 0) - (from === name ? rao : 0), 0);
      expect(Math.abs(flow - net(name))).toBeLessThanOrEqual(1);
    }
    expect(net("seller")).toBeLessThan(-TOKEN);
    const figures = new Map(subnet.strategies.map((one) => [one.group, one]));
    expect(figures.get("nomad")).toMatchObject({ seatsTaken: 2 });
    expect(subnet.strategies.reduce((all, one) => all + one.seatsLost, 0)).toBe(0);
    expect(subnet.churnPerDay).toBe(0);
  });

  it("counts who lost a seat to a registration on a full subnet", () => {
    const nomads = group("nomad", strategy("rotate", { everyMs: 5 * EPOCH }), { tao: 4, skill: 9 });
    const holders = group("holder", strategy("hold"), { count: 3 });
    const world = new LoopRun(loop([nomads, holders]), 13, {
      subnets: [{ netuid: NETUID, tempoBlocks: 300, capacity: 4, immunityMs: 0 }],
    });
    const [subnet] = world.run.summary.closedLoop?.subnets ?? [];
    const pruned = world.rows("registrations").filter(({ change }) => change === "replaced").length;
    expect(pruned).toBeGreaterThan(0);
    expect(subnet.strategies.reduce((all, one) => all + one.seatsLost, 0)).toBe(pruned);
    // 13 epochs of an hour with four seats.
    expect(subnet.churnPerDay).toBeCloseTo((pruned * 24) / (4 * 13), 12);
  });
});
