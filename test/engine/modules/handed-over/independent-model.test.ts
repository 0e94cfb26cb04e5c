import { describe, expect, it } from "vitest";
import { defaultMinerStrategy } from "../../../../engine/index.js";
import { act, DAY, figures, HOUR, handed, handedRun, hourlyPay, hourlyPrices, START, stakes, TOKEN } from "./small-recording.js";

/*
 * One handed-over position reckoned once more, from docs/explanation/closed-loop.md alone: it sells half of what each epoch pays it, a
 * transfer arrives, and its own recorded acts are passed over and valued. Amounts are big integers; nothing of the engine is used.
 */
const HOURS = 60;
const FROM = 20;
const TARGET = 0.9;
const WINDOW_DAYS = 0.5;
const MAX = 1.8;

const pay = (hour: number) => 3 * TOKEN + 7 * hour;
/** Prices are exact in binary, so that a product with whole rao can be reckoned in whole numbers. */
const PRICE_PARTS = 1024n;
const priceParts = (hour: number) => 64n + BigInt((hour * 37) % 91);

const OWN = [
  { hour: 1, action: "added", rao: 50 * TOKEN + 3 },
  { hour: 9, action: "removed", rao: 20 * TOKEN + 1 },
  { hour: 21, action: "added", rao: 5 * TOKEN + 11 },
  { hour: 25, action: "removed", rao: 30 * TOKEN + 5 },
  { hour: 33, action: "burned", rao: 2 * TOKEN },
  { hour: 47, action: "removed", rao: 44 * TOKEN + 9 },
] as const;
const TRANSFER = { hour: 40, rao: 12 * TOKEN + 77 };

interface Lot {
  readonly atMs: number;
  readonly isPay: boolean;
  leftRao: bigint;
}

/** Lots of stake, of which the newest is taken first. */
class Stake {
  readonly lots: Lot[] = [];
  paidSoFarRao = 0n;

  get rao(): bigint {
    return this.lots.reduce((sum, { leftRao }) => sum + leftRao, 0n);
  }

  add(hour: number, rao: bigint, isPay: boolean): void {
    this.lots.push({ atMs: START + hour * HOUR, isPay, leftRao: rao });
    if (isPay) this.paidSoFarRao += rao;
  }

  take(rao: bigint): void {
    let wanted = rao;
    for (let i = this.lots.length - 1; wanted > 0n; i--) {
      const [part] = [wanted, this.lots[i].leftRao].sort((a, b) => (a < b ? -1 : 1));
      this.lots[i].leftRao -= part;
      wanted -= part;
    }
  }

  multiplier(nowMs: number): number {
    const paid = this.lots.filter(({ isPay }) => isPay);
    const left = paid.reduce((sum, { leftRao }) => sum + leftRao, 0n);
    if (this.paidSoFarRao === 0n || left === 0n) return 1;
    const ages = paid.reduce((sum, { leftRao, atMs }) => sum + leftRao * BigInt(nowMs - atMs), 0n);
    const share = Number(left) / Number(this.paidSoFarRao);
    const days = Number(ages) / Number(left) / DAY;
    return 1 + Math.sqrt(Math.min(1, share / TARGET) * Math.min(1, days / WINDOW_DAYS)) * (MAX - 1);
  }
}

describe("a handed-over position, reckoned independently", () => {
  it("has the same pay, sales, TAO, stake and recorded course, to the rao", () => {
    const own = OWN.map(({ hour, action, rao }) => act(hour, action, "a", rao));
    const gift = act(TRANSFER.hour, "transferred", "b", TRANSFER.rao, { hotkey: "a", to_hotkey: "a", to_coldkey: "a-owner" });
    const opening = act(1, "added", "b", 100 * TOKEN, { hotkey: "a" });
    const result = handedRun(
      [handed("a", FROM, { ...defaultMinerStrategy("sell_fraction"), share: 0.5 } as never, { coldkey: "a-owner", taoRao: 3 * TOKEN })],
      [
        hourlyPay(HOURS, { a: pay, c: () => 5 * TOKEN }),
        stakes([...own, gift, opening].sort((one, other) => Number(one.time_ms) - Number(other.time_ms))),
        hourlyPrices((hour) => Number(priceParts(hour)) / 1024, HOURS),
      ],
      HOURS,
      { vesting: { retentionTarget: TARGET, retentionWindowDays: WINDOW_DAYS, maxMultiplier: MAX } },
    );

    const run = new Stake();
    const recorded = new Stake();
    const worth = (rao: bigint, hour: number) => (rao * priceParts(hour)) / PRICE_PARTS;
    let taoRao = BigInt(3 * TOKEN);
    let recordedTaoRao = 0n;
    let [soldRao, cameRao, leftRao, paidRao] = [0n, 0n, 0n, 0n];
    let startRao = 0n;
    const id = result.tables.positions.find(({ hotkey, coldkey }) => hotkey === "a" && coldkey === "a-owner")?.position;
    for (let hour = 1; hour <= HOURS; hour++) {
      if (hour === FROM) {
        expect(run.rao).toBe(recorded.rao);
        startRao = run.rao;
      }
      const isHanded = hour >= FROM;
      const measured = result.tables.holdings.find((row) => row.epoch === hour && row.position === id);
      // Somebody who was never met has nothing to be measured.
      if (measured !== undefined) {
        expect(Number(measured.multiplier)).toBeCloseTo(run.multiplier(START + hour * HOUR), 12);
        expect(BigInt(measured.stake_rao)).toBe(run.rao);
      }
      for (const stake of [run, recorded]) stake.add(hour, BigInt(pay(hour)), true);
      if (isHanded) paidRao += BigInt(pay(hour));
      for (const { action, rao } of OWN.filter((one) => one.hour === hour)) {
        const amount = BigInt(rao);
        for (const stake of isHanded ? [recorded] : [run, recorded]) {
          if (action === "added") stake.add(hour, amount, false);
          else stake.take(amount);
        }
        if (!isHanded) continue;
        recordedTaoRao += action === "added" ? -worth(amount, hour) : worth(amount, hour);
        if (action === "added") cameRao += amount;
        else leftRao += amount;
      }
      if (hour === TRANSFER.hour) for (const stake of [run, recorded]) stake.add(hour, BigInt(TRANSFER.rao), false);
      if (!isHanded) continue;
      const sale = BigInt(pay(hour)) / 2n;
      run.take(sale);
      soldRao += sale;
      taoRao += worth(sale, hour);
    }

    const found = figures(result, "a");
    expect(found).toMatchObject({
      hotkeys: ["a"],
      coldkey: "a-owner",
      stakeStartRao: String(startRao),
      stakeEndRao: String(run.rao),
      taoStartRao: String(3 * TOKEN),
      taoEndRao: String(taoRao),
      paidRao: String(paidRao),
      soldRao: String(soldRao),
      receivedRao: String(TRANSFER.rao),
      orders: HOURS - FROM + 1,
      ordersDone: HOURS - FROM + 1,
    });
    expect(found.asRecorded).toMatchObject({
      stakeStartRao: String(startRao),
      stakeEndRao: String(recorded.rao),
      paidRao: String(paidRao),
      acts: 4,
      cameRao: String(cameRao),
      leftRao: String(leftRao),
      unpricedRao: "0",
      arrivedElsewhereRao: "0",
    });
    expect(BigInt(found.asRecorded.proceedsRao) - BigInt(found.asRecorded.spentRao)).toBe(recordedTaoRao);
    const value = (rao: bigint, hour: number) => (Number(rao) * Number(priceParts(hour))) / 1024;
    const gain = (tao: bigint, stake: bigint) => (Number(tao) + value(stake, HOURS) - value(startRao, FROM)) / TOKEN;
    expect(found.profitTao).toBeCloseTo(gain(taoRao - BigInt(3 * TOKEN), run.rao), 9);
    expect(found.asRecorded.profitTao).toBeCloseTo(gain(recordedTaoRao, recorded.rao), 9);
    expect(result.tables.rejections ?? []).toEqual([]);
  });
});
