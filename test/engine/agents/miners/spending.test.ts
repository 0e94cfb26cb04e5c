import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../../../cases.js";
import type { Row } from "../../in-memory.js";
import type { LoopRun } from "./small-loop.js";
import { EPOCH, START } from "./small-loop.js";
import { runWorld, type SmallWorld, smallWorld } from "./small-worlds.js";

const big = (value: number | string | undefined) => BigInt(value ?? 0);
const total = (values: Iterable<bigint>) => [...values].reduce((sum, one) => sum + one, 0n);

/**
 * Who has what, by the orders that were carried out, by pay, and by what each began with: nothing here knows of markets, ledgers or
 * accounts. Refuses an order that its miner did not have the means for.
 */
class Purses {
  readonly tao = new Map<number, bigint>();
  readonly stake = new Map<number, bigint>();
  readonly #owner = new Map<number, number>();
  readonly #hotkey = new Map<number, string>();
  /** Of each hotkey the position that has its stake, where it has changed hands. */
  readonly #current = new Map<string, number>();
  burntRao = 0n;

  constructor(world: LoopRun) {
    const numbers = new Map(world.rows("agents").map((row) => [row.name, Number(row.agent)]));
    for (const { position, hotkey, coldkey } of world.rows("positions")) {
      this.#owner.set(Number(position), numbers.get(coldkey) as number);
      this.#hotkey.set(Number(position), String(hotkey));
      this.stake.set(Number(position), 0n);
    }
    for (const row of world.rows("agents")) this.tao.set(Number(row.agent), big(row.tao_start_rao));
  }

  add(position: number, amountRao: bigint): void {
    this.stake.set(position, (this.stake.get(position) as bigint) + amountRao);
    const hotkey = this.#hotkey.get(position) as string;
    if (!this.#current.has(hotkey)) this.#current.set(hotkey, position);
  }

  carryOut({ agent, kind, position, alpha_rao, tao_rao }: Row): void {
    const who = Number(agent);
    const at = Number(position);
    const [alphaRao, taoRao] = [big(alpha_rao), big(tao_rao)];
    if (kind !== "register" || at >= 0) expect(this.#owner.get(at)).toBe(who);
    if (kind === "sell") {
      this.#takeStake(at, alphaRao);
      this.#pay(who, -taoRao);
    } else if (kind === "buy") {
      this.#pay(who, taoRao);
      this.add(at, alphaRao);
    } else if (kind === "register") {
      this.#pay(who, taoRao);
      this.burntRao += taoRao;
    } else if (kind === "take_over") {
      const hotkey = this.#hotkey.get(at) as string;
      const from = this.#current.get(hotkey) ?? [...this.#hotkey].find(([one, name]) => name === hotkey && one !== at)?.[0];
      if (from === undefined) throw new Error(`nobody had ${hotkey}`);
      this.#pay(who, taoRao);
      this.#pay(this.#owner.get(from) as number, -taoRao);
      expect(this.stake.get(from)).toBe(alphaRao);
      this.#takeStake(from, alphaRao);
      this.add(at, alphaRao);
      this.#current.set(hotkey, at);
    } else expect(kind).toBe("assign");
  }

  #pay(agent: number, amountRao: bigint): void {
    const left = (this.tao.get(agent) as bigint) - amountRao;
    expect(left >= 0n).toBe(true);
    this.tao.set(agent, left);
  }

  #takeStake(position: number, amountRao: bigint): void {
    const left = (this.stake.get(position) as bigint) - amountRao;
    expect(left >= 0n).toBe(true);
    this.stake.set(position, left);
  }
}

/** What each began with: inflows that no purchase made, with their times. */
function openings(world: LoopRun): readonly Row[] {
  const bought = new Map<string, number>();
  const nameOf = (position: unknown, timeMs: unknown, amountRao: unknown) => `${position}/${timeMs}/${amountRao}`;
  for (const { kind, refusal, position, time_ms, alpha_rao } of world.rows("agent_orders")) {
    if (kind !== "buy" || refusal !== "none") continue;
    const name = nameOf(position, time_ms, alpha_rao);
    bought.set(name, (bought.get(name) ?? 0) + 1);
  }
  return world.rows("flows").filter(({ flow, position, time_ms, amount_rao }) => {
    if (flow !== "inflow") return false;
    const name = nameOf(position, time_ms, amount_rao);
    const left = bought.get(name) ?? 0;
    if (left > 0) bought.set(name, left - 1);
    return left === 0;
  });
}

function check(small: SmallWorld): void {
  const world = runWorld(small);
  const { market } = small.closedLoop;
  const purses = new Purses(world);
  // Of an instant: pay, then who begins, then orders, in the order in which they were written.
  const events = [
    ...world.rows("rewards").map((row) => ({ timeMs: START + Number(row.epoch) * EPOCH, phase: 0, row })),
    ...openings(world).map((row) => ({ timeMs: Number(row.time_ms), phase: 1, row })),
    ...world.rows("agent_orders").map((row) => ({ timeMs: Number(row.time_ms), phase: 2, row })),
  ].sort((a, b) => a.timeMs - b.timeMs || a.phase - b.phase);
  let paidRao = 0n;
  for (const { phase, row } of events) {
    if (phase === 0) {
      purses.add(Number(row.position), big(row.paid_rao));
      paidRao += big(row.paid_rao);
    } else if (phase === 1) purses.add(Number(row.position), big(row.amount_rao));
    else if (row.refusal === "none") purses.carryOut(row);
    else expect(isNamed(row), JSON.stringify(row)).toBe(true);
  }
  const agents = world.rows("agents");
  for (const { agent, tao_end_rao } of agents) expect(purses.tao.get(Number(agent))).toBe(big(tao_end_rao));
  for (const { position, stake_rao } of world.rows("positions")) expect(purses.stake.get(Number(position))).toBe(big(stake_rao));
  const begun = total(agents.map((row) => big(row.stake_start_rao)));
  expect(total(openings(world).map((row) => big(row.amount_rao)))).toBe(begun);
  if (market.kind !== "pool") return;
  const pool = world.rows("pools").at(-1) as Row;
  const taoStart = total(agents.map((row) => big(row.tao_start_rao))) + BigInt(market.taoReserveRao) + big(pool.tao_in_rao);
  expect(total(purses.tao.values()) + purses.burntRao + big(pool.tao_rao)).toBe(taoStart);
  const alphaStart = begun + paidRao + BigInt(market.alphaReserveRao) + big(pool.alpha_in_rao);
  expect(total(purses.stake.values()) + big(pool.alpha_rao)).toBe(alphaStart);
}

/**
 * Who comes or registers again by the rules of its group may lack the fee, which is no order of its strategy. Who sells on several keys
 * at once knows what each sale would bring, but not after the ones before: the last rao of it may be worth nothing by then.
 */
function isNamed({ kind, refusal }: Row): boolean {
  // More than anybody can count is nothing that a miner could know of before it asks.
  if (refusal === "too_large") return kind === "buy" || kind === "sell";
  return (kind === "register" && refusal === "funds_short") || (kind === "sell" && refusal === "too_small");
}

describe("miners who decide for themselves", () => {
  it("never spend what they do not have, and nothing is lost or made: to the rao, whatever the strategies, the market and the rule", () => {
    fc.assert(fc.property(smallWorld, check), { numRuns: cases(60, 1_500) });
  });
});
