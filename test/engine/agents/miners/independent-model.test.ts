import { describe, expect, it } from "vitest";
import type { Row } from "../../in-memory.js";
import { DAY, EPOCH, group, LoopRun, loop, START, strategy, TOKEN } from "./small-loop.js";

/*
 * One small world reckoned once more, from docs/explanation/closed-loop.md alone: a holder, a seller and one that sells half of its pay,
 * a pool, the geometric rule. Amounts are big integers; nothing of the engine is used.
 */
const EPOCHS = 30;
const POT = 300n * BigInt(TOKEN) + 7n * 300n;
const FEE_PARTS = 500_000n;
const BILLION = 1_000_000_000n;
const WINDOW_DAYS = 0.5;
const TARGET = 0.9;
const MAX = 1.8;
const MINIMUM = 300_000_000n;

interface Lot {
  readonly atMs: number;
  readonly isPay: boolean;
  leftRao: bigint;
}

class Modelled {
  readonly lots: Lot[] = [];
  paidSoFarRao = 0n;
  taoRao: bigint;
  payRao = 0n;

  constructor(
    readonly skill: number,
    stakeRao: bigint,
    taoRao: bigint,
  ) {
    this.taoRao = taoRao;
    this.lots.push({ atMs: START, isPay: false, leftRao: stakeRao });
  }

  get stakeRao(): bigint {
    return this.lots.reduce((sum, { leftRao }) => sum + leftRao, 0n);
  }

  /** 1 + sqrt(held share / target * mean age / window) * (max - 1), of what was paid to it; each factor at most 1. */
  multiplier(nowMs: number): number {
    if (this.stakeRao < MINIMUM || this.paidSoFarRao === 0n) return 1;
    const pay = this.lots.filter(({ isPay }) => isPay);
    const left = pay.reduce((sum, { leftRao }) => sum + leftRao, 0n);
    if (left === 0n) return 1;
    const ages = pay.reduce((sum, { leftRao, atMs }) => sum + leftRao * BigInt(nowMs - atMs), 0n);
    const share = Number(left) / Number(this.paidSoFarRao);
    const days = Number(ages) / Number(left) / DAY;
    return 1 + Math.sqrt(Math.min(1, share / TARGET) * Math.min(1, days / WINDOW_DAYS)) * (MAX - 1);
  }

  /** The newest first. */
  take(amountRao: bigint): void {
    let wanted = amountRao;
    for (let i = this.lots.length - 1; wanted > 0n; i--) {
      const lot = this.lots[i];
      const [part] = [wanted, lot.leftRao].sort((a, b) => (a < b ? -1 : 1));
      lot.leftRao -= part;
      wanted -= part;
    }
  }
}

/** Whole rao by weight: rounded down, and what is left over a rao each to the largest remainders, equal ones to the lower uid. */
function shareOut(potRao: bigint, weights: readonly number[]): bigint[] {
  // Weights are 1 or more, so 2^52 of one is a whole number.
  const parts = weights.map((weight) => BigInt(weight * 2 ** 52));
  const all = parts.reduce((sum, one) => sum + one, 0n);
  const whole = parts.map((part) => (potRao * part) / all);
  let left = potRao - whole.reduce((sum, one) => sum + one, 0n);
  const order = parts
    .map((part, i) => ({ i, rest: (potRao * part) % all }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1));
  for (const { i } of order) {
    if (left === 0n) break;
    whole[i] += 1n;
    left -= 1n;
  }
  return whole;
}

describe("a small world, reckoned independently", () => {
  it("has the same pay, stake, TAO and pool, to the rao", () => {
    const miners = [
      group("holder", strategy("hold"), { stake: 10, skill: 2, priority: 0 }),
      group("seller", strategy("sell_all"), { stake: 5, tao: 1, skill: 1, priority: 1 }),
      group("half", strategy("sell_fraction", { share: 0.5 }), { stake: 0.1, skill: 3, priority: 2 }),
    ];
    const world = new LoopRun(
      loop(miners, {
        emission: { kind: "schedule", minerPotRaoPerBlock: Number(POT / 300n), halvesEveryMs: null },
        market: {
          kind: "pool",
          pool: { fee: 0.0005 },
          taoReserveRao: 2_000 * TOKEN + 123,
          alphaReserveRao: 40_000 * TOKEN + 7,
          taoRaoPerBlock: 1_000_003,
          feedback: null,
        },
      }),
      EPOCHS,
      { vesting: { retentionWindowDays: WINDOW_DAYS, retentionTarget: TARGET, maxMultiplier: MAX, minimumStakeRao: Number(MINIMUM) } },
    );

    const token = BigInt(TOKEN);
    const all = [new Modelled(2, 10n * token, 0n), new Modelled(1, 5n * token, token), new Modelled(3, token / 10n, 0n)];
    let poolTao = 2_000n * token + 123n;
    let poolAlpha = 40_000n * token + 7n;
    const sell = (miner: Modelled, alphaRao: bigint) => {
      const fee = (alphaRao * FEE_PARTS + BILLION - 1n) / BILLION;
      const out = (poolTao * (alphaRao - fee)) / (poolAlpha + alphaRao - fee);
      if (alphaRao === 0n || out === 0n) return;
      miner.take(alphaRao);
      miner.taoRao += out;
      poolTao -= out;
      poolAlpha += alphaRao;
    };

    const pools = world.rows("pools");
    const names = ["holder", "seller", "half"];
    const position = names.map((name) => world.positions(name)[0]);
    for (let epoch = 1; epoch <= EPOCHS; epoch++) {
      const nowMs = START + epoch * EPOCH;
      const measured = all.map((miner) => miner.multiplier(nowMs));
      const paid = shareOut(
        POT,
        all.map(({ skill }, i) => skill * measured[i]),
      );
      const of = (table: string, i: number) => world.rows(table).find((row) => row.epoch === epoch && row.position === position[i]) as Row;
      all.forEach((miner, i) => {
        expect(Number(of("holdings", i).multiplier)).toBeCloseTo(measured[i], 12);
        expect(BigInt(of("holdings", i).stake_rao)).toBe(miner.stakeRao);
        expect(BigInt(of("rewards", i).paid_rao), `${names[i]} in epoch ${epoch}`).toBe(paid[i]);
        miner.payRao = paid[i];
        miner.paidSoFarRao += paid[i];
        miner.lots.push({ atMs: nowMs, isPay: true, leftRao: paid[i] });
      });
      const taoIn = 1_000_003n * 300n;
      const alphaIn = (taoIn * poolAlpha) / poolTao;
      poolTao += taoIn;
      poolAlpha += alphaIn;
      sell(all[1], all[1].stakeRao);
      sell(all[2], all[2].payRao / 2n);
      const { tao_rao, alpha_rao } = pools[epoch - 1];
      expect([BigInt(tao_rao), BigInt(alpha_rao)]).toEqual([poolTao, poolAlpha]);
    }
    names.forEach((name, i) => {
      const { tao_end_rao, stake_end_rao } = world.agent(name);
      expect([BigInt(tao_end_rao), BigInt(stake_end_rao)]).toEqual([all[i].taoRao, all[i].stakeRao]);
    });
  });
});
