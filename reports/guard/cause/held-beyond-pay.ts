import { DAY_MS } from "../../../engine/index.js";
import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import type { EpochTerms } from "../terms/epoch-terms.js";
import type { EpochPair } from "./epoch-pair.js";
import type { Parting } from "./parting.js";

/**
 * A withdrawal that takes a part of all that is held takes more of older tranches, too, where pay has added to the whole: what is held can differ by
 * what was paid otherwise, and once more by what such withdrawals take otherwise for it.
 */
const A_RAO_COUNTS = 2;

/** What is held, in the order of computing. */
const HELD = ["stake", "received", "remaining", "held_share", "held_days"] as const;
type Held = (typeof HELD)[number];

/** How holdings are measured. */
export interface HoldingMeasure {
  /** Over all hotkeys of a coldkey? Then what any of them was paid counts. */
  readonly isPooled: boolean;
  /** Are mean ages cut to whole days? */
  readonly isInWholeDays: boolean;
}

/**
 * Tells holdings that differ because pay did from holdings that differ by themselves (a rule of the ledger, a withdrawal, a move).
 *
 * With `paid` = the sum over the epochs before of |pay now - pay in the baseline|, and of the same of what slashes took, in rao, all that was paid otherwise can be in what is held or
 * can have kept older tranches from being taken, so that follows from pay:
 * - `stake`, `received`, `remaining`: at most B = 2 * paid, and a rao of rounding an epoch since pay has differed;
 * - `held_share` = remaining / received: at most 2 * B / received;
 * - `held_days`, a mean weighted by what remains: at most B / remaining of the oldest age that anybody holds on average, or of the time since the first
 *   epoch where that is longer; a day more where means are cut to whole days.
 * The larger `received` and `remaining` of the two runs count. What differs by more, differs by itself. What others were paid and moved to the position
 * is no pay of its own.
 */
export class HeldBeyondPay {
  readonly #paid = new Map<string, { readonly rao: number; readonly epochs: number }>();
  /** By how much more was slashed, by position; rao. */
  readonly #slashed = new Map<string, number>();
  #firstEndMs = Number.NaN;
  #oldestDays = 0;

  constructor(private readonly measure: HoldingMeasure) {}

  /** Before anybody of an epoch is asked about. Epochs come in their order. */
  begin({ before, after }: EpochPair): void {
    if (Number.isNaN(this.#firstEndMs)) this.#firstEndMs = before.endMs;
    this.#oldestDays = Math.max((after.endMs - this.#firstEndMs) / DAY_MS, largest(before), largest(after));
  }

  /** The first term of what a position holds that pay does not explain; null: there is none. @param at places in the two runs */
  parting({ before, after }: EpochPair, at: number, now: number): Parting | null {
    const who = before.who[at];
    const of = (id: Held) => [heldIn(before, id, at), heldIn(after, id, now)] as const;
    const { rao, epochs } = this.#paid.get(this.#bookOf(who)) ?? { rao: 0, epochs: 0 };
    const most = A_RAO_COUNTS * rao + epochs;
    const allowed = (id: Held): number => {
      if (most === 0) return 0;
      if (id === "held_share") return (2 * most) / Math.max(...of("received"));
      if (id !== "held_days") return most;
      return (this.#oldestDays * most) / Math.max(...of("remaining")) + (this.measure.isInWholeDays ? 1 : 0);
    };
    for (const id of HELD) {
      const [was, is] = of(id);
      // What was recorded of one run alone has no distance, and neither has a share of nothing.
      if (Number.isNaN(was) || Number.isNaN(is) || !(Math.abs(is - was) > allowed(id))) continue;
      const { endMs, epoch } = after;
      return { ...who, cause: `holdings.${id}`, rule: "what is held", epoch, endMs, before: was, after: is };
    }
    return null;
  }

  /** After all of an epoch were asked about: its pay is in what is held from the next one on. */
  end({ before, after }: EpochPair, placeAfter: (at: number) => number | undefined): void {
    for (const [at, who] of before.who.entries()) {
      const now = placeAfter(at);
      const moved =
        now === undefined
          ? paidIn(before, at)
          : Math.abs(paidIn(after, now) - paidIn(before, at)) + this.#slashedOtherwise({ before, after }, at, now);
      const book = this.#bookOf(who);
      const known = this.#paid.get(book);
      if (moved === 0 && known === undefined) continue;
      this.#paid.set(book, { rao: (known?.rao ?? 0) + moved, epochs: (known?.epochs ?? 0) + 1 });
    }
  }

  /** What slashes of an epoch took otherwise: a cause of their own. Tables tell what they took so far. */
  #slashedOtherwise({ before, after }: Pick<EpochPair, "before" | "after">, at: number, now: number): number {
    if (!after.columns.has("slashing.taken")) return 0;
    const difference = valueIn(after, "slashing.taken", now) - valueIn(before, "slashing.taken", at);
    const key = paidKeyText(before.who[at]);
    const known = this.#slashed.get(key) ?? 0;
    if (difference !== known) this.#slashed.set(key, difference);
    return Math.abs(difference - known);
  }

  #bookOf({ netuid, hotkey, coldkey }: PaidKey): string {
    return JSON.stringify(this.measure.isPooled ? [netuid, coldkey] : [netuid, coldkey, hotkey]);
  }
}

const heldIn = ({ columns }: EpochTerms, id: Held, at: number) => columns.get(`holdings.${id}`)?.[at] ?? Number.NaN;

const paidIn = (epoch: EpochTerms, at: number) => valueIn(epoch, "pay.paid", at);

function valueIn({ columns }: EpochTerms, id: string, at: number): number {
  const value = columns.get(id)?.[at] ?? 0;
  return Number.isNaN(value) ? 0 : value;
}

function largest({ columns }: EpochTerms): number {
  let most = 0;
  for (const days of columns.get("holdings.held_days") ?? []) if (days > most) most = days;
  return most;
}
