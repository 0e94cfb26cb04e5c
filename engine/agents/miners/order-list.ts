import { TenureError } from "../../kernel/errors.js";
import { isRao } from "../../kernel/money.js";
import type { MinerOrders } from "./miner-orders.js";

/** An order as it was given. */
export type MinerOrder =
  | { readonly kind: "sell"; readonly key: number; readonly alphaRao: number }
  | { readonly kind: "buy"; readonly key: number; readonly taoRao: number }
  | { readonly kind: "move"; readonly key: number; readonly toKey: number; readonly alphaRao: number }
  | { readonly kind: "register"; readonly key: number }
  | { readonly kind: "assign"; readonly key: number; readonly workShare: number }
  | { readonly kind: "take_over"; readonly uid: number; readonly premiumShare: number };

/** Of `register`: a fresh key. */
export const FRESH_KEY = -1;
/** More than anybody gives at one instant: whoever gives as many would never come to an end. */
const MOST_ORDERS = 10_000;
/** The most that is offered above what a seat's stake is worth. */
const MOST_PREMIUM = 1_000_000;

/** The orders of one decision; used again for the next. Refuses those that mean nothing. */
export class OrderList {
  /** What is given to who decides: orders can be given there, and nothing else. */
  readonly desk: MinerOrders = Object.freeze({
    sell: (key: number, alphaRao: number) => this.#sell(key, alphaRao),
    buy: (key: number, taoRao: number) => this.#buy(key, taoRao),
    move: (fromKey: number, toKey: number, alphaRao: number) => this.#move(fromKey, toKey, alphaRao),
    register: () => this.#give({ kind: "register", key: FRESH_KEY }),
    registerAgain: (key: number) => this.#give({ kind: "register", key: keyOf("registerAgain", key) }),
    assign: (key: number, workShare: number) => this.#assign(key, workShare),
    takeOver: (uid: number, premiumShare: number) => this.#takeOver(uid, premiumShare),
    wakeAt: (timeMs: number) => this.#wakeAt(timeMs),
  });
  /** The first `count` are of this decision. */
  readonly orders: MinerOrder[] = [];
  count = 0;
  /** When it wants to decide once more; the first `wakeCount`. */
  readonly wakes: number[] = [];
  wakeCount = 0;

  /** An array that is emptied a million times a second costs more than one that is written over. */
  clear(): void {
    this.count = 0;
    this.wakeCount = 0;
  }

  #sell(key: number, alphaRao: number): void {
    if (amount("sell", alphaRao)) this.#give({ kind: "sell", key: keyOf("sell", key), alphaRao });
  }

  #buy(key: number, taoRao: number): void {
    if (amount("buy", taoRao)) this.#give({ kind: "buy", key: keyOf("buy", key), taoRao });
  }

  #move(fromKey: number, toKey: number, alphaRao: number): void {
    if (!amount("move", alphaRao)) return;
    this.#give({ kind: "move", key: keyOf("move", fromKey), toKey: keyOf("move", toKey), alphaRao });
  }

  #assign(key: number, workShare: number): void {
    if (!(Number.isFinite(workShare) && workShare >= 0 && workShare <= 1))
      throw impossible("assign", workShare, "a share of the work, 0..1");
    this.#give({ kind: "assign", key: keyOf("assign", key), workShare });
  }

  #takeOver(uid: number, premiumShare: number): void {
    if (!(Number.isFinite(premiumShare) && premiumShare >= 0 && premiumShare <= MOST_PREMIUM)) {
      throw impossible("takeOver", premiumShare, `a fraction of what the stake is worth, 0 to ${MOST_PREMIUM}`);
    }
    this.#give({ kind: "take_over", uid: keyOf("takeOver", uid), premiumShare });
  }

  #wakeAt(timeMs: number): void {
    if (!Number.isSafeInteger(timeMs)) throw impossible("wakeAt", timeMs, "an instant, whole Unix ms");
    if (this.wakeCount === MOST_ORDERS) throw impossible("wakeAt", this.wakeCount + 1, `at most ${MOST_ORDERS} of one decision`);
    this.wakes[this.wakeCount] = timeMs;
    this.wakeCount += 1;
  }

  #give(order: MinerOrder): void {
    if (this.count === MOST_ORDERS) throw impossible(order.kind, this.count + 1, `at most ${MOST_ORDERS} orders of one decision`);
    this.orders[this.count] = order;
    this.count += 1;
  }
}

/** Is there anything to do? @throws TenureError TEN-AGENT-121 for what is no whole amount */
export function amount(order: string, amountRao: number): boolean {
  if (typeof amountRao !== "number" || !isRao(amountRao)) throw impossible(order, amountRao, "whole rao, 0 or more");
  return amountRao > 0;
}

function keyOf(order: string, key: number): number {
  if (!(Number.isInteger(key) && key >= 0)) throw impossible(order, key, "a number of `keys`, or of `others()`");
  return key;
}

/** An order that nobody can carry out, or a question that has no answer. Whose it is is told by who let it decide. */
export function impossible(order: string, found: unknown, allowed: string): TenureError {
  return new TenureError({
    code: "TEN-AGENT-121",
    what: `An agent called \`${order}\` with a value that means nothing.`,
    found: typeof found === "number" || typeof found === "string" ? found : `a value of the type ${typeof found}`,
    allowed,
    hint: "Round amounts down to whole rao and times to whole ms, and take keys from what is seen.",
  });
}
