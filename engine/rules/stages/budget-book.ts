import { Fraction } from "../../kernel/decimal.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { PotSharing } from "../../kernel/pot.js";
import type { OwedUnit } from "../../tables/streams.js";
import type { StageTrace } from "./list-trace.js";
import type { Spending } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";
import { UnitPrice } from "./unit-price.js";

/** What a budget states. */
export interface Budget {
  readonly perEpoch: number | null;
  readonly owed: "none" | "obligations";
  readonly unit: OwedUnit;
  readonly carry: boolean;
  readonly staleAfterHours: number;
}

const NANOS = Fraction.whole(RAO_PER_TOKEN);
const FIXED_BITS = 60n;
const FIXED_ONE = Number(1n << FIXED_BITS);
/** Who is due of a budget an epoch: all together. */
const TOGETHER = -1;

/**
 * Pays a budget out of the pots of epochs, and keeps what stays due: in whole billionths of its unit, by hotkey. Amounts are
 * decimals and exact; what is paid are whole rao.
 */
export class BudgetBook {
  spending: Spending = { dueNanos: 0n, paidRao: 0, leftNanos: new Map(), note: "paid" };
  private due = new Map<number, bigint>();
  private readonly price: UnitPrice;
  private readonly perEpochNanos: bigint;
  private readonly pot = new PotSharing();
  private readonly keptShare: number;
  private readonly paidTo = new Map<number, number>();
  private asked = new Float64Array(256);
  private parts = new Float64Array(256);
  private askedSum = 0;

  /** @param kept what stages that keep leave of the pot */
  constructor(
    private readonly budget: Budget,
    private readonly kept: Fraction,
  ) {
    this.keptShare = Number((kept.numerator << FIXED_BITS) / kept.denominator) / FIXED_ONE;
    this.price = new UnitPrice(budget.unit, budget.staleAfterHours);
    this.perEpochNanos = Fraction.decimal(budget.perEpoch ?? 0)
      .times(NANOS)
      .floor();
  }

  /** @param trace terms are asked for; null: they are not */
  share(facts: StageFacts, before: Float64Array, weights: Float64Array, trace: StageTrace | null = null): void {
    const { due } = this;
    weights.fill(0, 0, facts.count);
    if (this.budget.owed === "none") due.set(TOGETHER, (due.get(TOGETHER) ?? 0n) + this.perEpochNanos);
    else for (const { key, nanos } of facts.obligations) due.set(key, (due.get(key) ?? 0n) + BigInt(nanos));
    let dueNanos = 0n;
    for (const nanos of due.values()) dueNanos += nanos;
    const price = this.price.of(facts);
    let paidRao = 0;
    const isTogether = this.budget.owed === "none";
    const keyOf = (i: number) => (isTogether ? TOGETHER : facts.key[i]);
    const dueOf = trace === null ? null : Array.from({ length: facts.count }, (_, i) => due.get(keyOf(i)) ?? 0n);
    if (typeof price !== "string") {
      const mostRao = Number(Fraction.whole(facts.potRao).times(this.kept).floor());
      const potRao = facts.potRao * this.keptShare;
      const pay = { facts, before, weights, price, mostRao, potRao };
      paidRao = isTogether ? this.payTogether(pay) : this.payEach(pay);
      if (trace !== null && dueOf !== null) this.tell(trace, dueOf, pay, paidRao);
    } else if (trace !== null) {
      for (let i = 0; i < facts.count; i++) {
        trace.of(i).term("weight", 0, price === "no_price" ? "0: there is no price to pay by" : "0: the latest price is too old to pay by");
      }
    }
    for (const [key, nanos] of due) if (nanos === 0n) due.delete(key);
    this.spending = { dueNanos, paidRao, leftNanos: new Map(due), note: typeof price === "string" ? price : "paid" };
  }

  private tell(
    trace: StageTrace,
    dueNanos: readonly bigint[],
    { facts, before, weights, price, mostRao, potRao }: Payment,
    paidRao: number,
  ): void {
    const isTogether = this.budget.owed === "none";
    let sum = 0;
    for (let i = 0; i < facts.count; i++) sum += before[i];
    for (let i = 0; i < facts.count; i++) {
      const of = trace.of(i);
      of.input("share_before", before[i]);
      of.fact(
        "due",
        Number(dueNanos[i]) / RAO_PER_TOKEN,
        `what is due to ${isTogether ? "all together" : "it"}, with what was carried, in ${this.budget.unit}`,
      );
      of.fact("price", Number(price.numerator) / Number(price.denominator), `${this.budget.unit} per alpha`);
      of.term("due_rao", finite(raoOf(dueNanos[i], price)), "floor(due / price * 1000000000)");
      of.fact("most_rao", mostRao, "what the stages that keep leave of the pot, in whole rao");
      of.fact("pot_rao", potRao, "the same, as it is");
      if (isTogether) {
        of.term("all_paid_rao", paidRao, "min(due_rao, most_rao); 0 where nobody has a share");
        of.fact("all_shares", sum, "sum of the shares of all");
        of.term("weight", weights[i], "share_before / all_shares * all_paid_rao / pot_rao");
      } else {
        of.fact("all_due_rao", this.askedSum, "sum of the same of all");
        of.term(
          "own_paid_rao",
          this.parts[i],
          "due_rao; where all_due_rao is more than most_rao its part of most_rao, by largest remainders",
        );
        of.term("weight", weights[i], "own_paid_rao / pot_rao");
      }
    }
  }

  /** @returns what was paid, rao */
  private payTogether({ facts, before, weights, price, mostRao, potRao }: Payment): number {
    let sum = 0;
    for (let i = 0; i < facts.count; i++) sum += before[i];
    const dueNanos = this.due.get(TOGETHER) ?? 0n;
    const dueRao = raoOf(dueNanos, price);
    const paidRao = sum > 0 ? Number(dueRao < BigInt(mostRao) ? dueRao : BigInt(mostRao)) : 0;
    if (paidRao > 0) for (let i = 0; i < facts.count; i++) weights[i] = ((before[i] / sum) * paidRao) / potRao;
    this.settle(TOGETHER, dueNanos, dueRao, paidRao, price);
    return paidRao;
  }

  /** @returns what was paid, rao */
  private payEach({ facts, weights, price, mostRao, potRao }: Payment): number {
    const { due } = this;
    const { count, key } = facts;
    if (this.asked.length < count) {
      this.asked = new Float64Array(count * 2);
      this.parts = new Float64Array(count * 2);
    }
    const { asked, parts } = this;
    let sum = 0n;
    for (let i = 0; i < count; i++) {
      const rao = raoOf(due.get(key[i]) ?? 0n, price);
      asked[i] = Number(rao);
      sum += rao;
    }
    // At a price next to nothing what is due is more rao than a double holds; in units of the budget it is not, and parts are in proportion.
    if (asked.subarray(0, count).includes(Number.POSITIVE_INFINITY)) {
      for (let i = 0; i < count; i++) asked[i] = Number(due.get(key[i]) ?? 0n);
    }
    this.askedSum = finite(sum);
    if (sum > BigInt(mostRao)) this.pot.share(mostRao, asked, count, parts);
    else parts.set(asked.subarray(0, count));
    const { paidTo } = this;
    paidTo.clear();
    let paidRao = 0;
    for (let i = 0; i < count; i++) {
      if (parts[i] === 0) continue;
      weights[i] = parts[i] / potRao;
      paidRao += parts[i];
      paidTo.set(key[i], parts[i]);
    }
    for (const [of, dueNanos] of due) this.settle(of, dueNanos, raoOf(dueNanos, price), paidTo.get(of) ?? 0, price);
    return paidRao;
  }

  /** What stays due of what was due, after so much was paid. */
  private settle(key: number, dueNanos: bigint, dueRao: bigint, paidRao: number, price: Fraction): void {
    const stays = this.budget.carry && BigInt(paidRao) < dueRao;
    this.due.set(key, stays ? dueNanos - Fraction.whole(paidRao).times(price).floor() : 0n);
  }
}

interface Payment {
  readonly facts: StageFacts;
  readonly before: Float64Array;
  readonly weights: Float64Array;
  /** Units per alpha. */
  readonly price: Fraction;
  /** What there is, in whole rao, and as it is. */
  readonly mostRao: number;
  readonly potRao: number;
}

/** As a double; the largest of more than any holds. */
function finite(whole: bigint): number {
  const value = Number(whole);
  return value === Number.POSITIVE_INFINITY ? Number.MAX_VALUE : value;
}

/** Whole rao of alpha that billionths of a unit are worth. */
function raoOf(nanos: bigint, price: Fraction): bigint {
  return Fraction.whole(nanos).over(price).floor();
}
