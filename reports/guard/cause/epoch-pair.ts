import { type PaidKey, paidKeyText } from "../baseline/paid-line.js";
import type { EpochTerms } from "../terms/epoch-terms.js";
import { isStated } from "../terms/stated-terms.js";
import type { TermColumn } from "../terms/term-column.js";
import { CAP, isCeiling, isPot } from "../terms/term-layout.js";
import type { InputsSoFar } from "./inputs-so-far.js";
import { EPOCHS, OTHERS_WEIGHTS, type Parting, TAKING_PART } from "./parting.js";
import { RecordedParts } from "./recorded-parts.js";
import { absentValue } from "./term-order.js";

/** Texts of keys, each made once: those of a run are the same objects in every epoch. */
export class KeyTexts {
  readonly #texts = new WeakMap<PaidKey, string>();

  of(key: PaidKey): string {
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const text = paidKeyText(key);
    this.#texts.set(key, text);
    return text;
  }
}

interface Column extends TermColumn {
  readonly before: Float64Array | null;
  readonly after: Float64Array | null;
}

/** The same epoch in two runs, and which of its terms differ. */
export class EpochPair {
  readonly #placesBefore: ReadonlyMap<string, number>;
  readonly #placesAfter: ReadonlyMap<string, number>;
  readonly #columns: readonly Column[];
  readonly #recorded: RecordedParts;
  /** Places in the order of terms up to which all positions of the epoch agree, by what is looked at; asked for where a shared term differs. */
  readonly #agreesTo = new Map<RegExp | undefined, number>();

  constructor(
    readonly before: EpochTerms,
    readonly after: EpochTerms,
    order: readonly TermColumn[],
    texts: KeyTexts,
    private readonly past: InputsSoFar,
  ) {
    this.#recorded = new RecordedParts(before, after);
    this.#placesBefore = new Map(before.who.map((key, at) => [texts.of(key), at]));
    this.#placesAfter = new Map(after.who.map((key, at) => [texts.of(key), at]));
    this.#columns = order.map((term) => ({
      ...term,
      before: before.columns.get(term.id) ?? null,
      after: after.columns.get(term.id) ?? null,
    }));
  }

  placeBefore(key: string): number | undefined {
    return this.#placesBefore.get(key);
  }

  placeAfter(key: string): number | undefined {
    return this.#placesAfter.get(key);
  }

  /** Where the terms of a position part; null: they agree, or it takes part in neither. */
  parting(key: string): Parting | null {
    const [at, now] = [this.#placesBefore.get(key), this.#placesAfter.get(key)];
    if (at === undefined && now === undefined) return null;
    const { netuid, kind, hotkey, coldkey } = at === undefined ? this.after.who[now ?? 0] : this.before.who[at];
    const place = { netuid, kind, hotkey, coldkey, epoch: this.after.epoch, endMs: this.after.endMs };
    if (this.before.endMs !== this.after.endMs) {
      return { ...place, cause: EPOCHS, rule: "when epochs end", before: this.before.endMs, after: this.after.endMs };
    }
    if (at === undefined || now === undefined) {
      return {
        ...place,
        cause: TAKING_PART,
        rule: "who is registered and paid",
        before: Number(at !== undefined),
        after: Number(now !== undefined),
      };
    }
    const differing = this.#firstDiffering(at, now);
    return differing === -1 ? null : this.#partingBy(differing, at, now);
  }

  /**
   * The first of some terms of a position that differs while what it is made of agrees, whatever else differs before it; null: none does.
   * @param ids of terms that state their inputs
   */
  partingOf(key: string, ids: ReadonlySet<string>): Parting | null {
    const [at, now] = [this.#placesBefore.get(key), this.#placesAfter.get(key)];
    if (at === undefined || now === undefined || this.before.endMs !== this.after.endMs) return null;
    for (const [place, column] of this.#columns.entries()) {
      if (!ids.has(column.id) || column.inputs === undefined || column.before === null || column.after === null) continue;
      if (!this.#differs(column, at, now)) continue;
      const follows = column.isShared ? this.#followsOthers(column, place) : this.#firstDiffering(at, now, column.inputs) !== -1;
      if (follows) continue;
      // What the rule states says more than what it gives.
      const stated = this.#columns.findIndex(
        (one, before) => before < place && isStatedOf(one.id, column.id) && this.#differs(one, at, now),
      );
      return this.#partingBy(stated === -1 ? place : stated, at, now);
    }
    return null;
  }

  /** What there is to share, where pay or the share of the position moves by it, and no base weight but by it, whatever else differs; null: it is the same. */
  potParting(key: string): Parting | null {
    const [at, now] = [this.#placesBefore.get(key), this.#placesAfter.get(key)];
    if (at === undefined || now === undefined || this.before.endMs !== this.after.endMs) return null;
    const place = this.#columns.findIndex((one) => isPot(one.id) && this.#differs(one, at, now));
    if (place === -1 || !(this.#isPaidOtherwise(at, now) || this.#differsIn("weight.final", at, now))) return null;
    // What was recorded of one makes the pot of all.
    const isOfOne = this.after.weighsRecorded === true && this.differ(BASE_WEIGHT);
    return isOfOne ? null : this.#partingBy(place, at, now);
  }

  /** What a list of stages states for everybody, such as what it burns, where pay of the position moves by it, whatever else differs; null: it is the same. */
  statedParting(key: string): Parting | null {
    const [at, now] = [this.#placesBefore.get(key), this.#placesAfter.get(key)];
    if (at === undefined || now === undefined) return null;
    const place = this.#columns.findIndex(
      (one) => one.isCommon === true && one.id.startsWith("stage.") && !isCeiling(one.id) && this.#differs(one, at, now),
    );
    return place === -1 || !this.#isPaidOtherwise(at, now) ? null : this.#partingBy(place, at, now);
  }

  #isPaidOtherwise(at: number, now: number): boolean {
    return this.#differsIn("pay.paid", at, now);
  }

  #differsIn(id: string, at: number, now: number): boolean {
    return this.#columns.some((one) => one.id === id && this.#differs(one, at, now));
  }

  #differs(column: Column, at: number, now: number): boolean {
    const [was, is] = [termValue(column, "before", at), termValue(column, "after", now)];
    return !isSame(was, is) && !(column.id === "base_weight" && this.#recorded.isSamePart(was, is));
  }

  /** Do some terms differ for anybody? */
  differ(of: RegExp): boolean {
    return this.#sharedAgreeTo(of) < this.#columns.length;
  }

  #followsOthers({ inputs, isOfPast }: Column, place: number): boolean {
    return this.#sharedAgreeTo(inputs) < place || (isOfPast === true && this.past.haveDiffered(inputs));
  }

  #partingBy(place: number, at: number, now: number): Parting {
    const column = this.#columns[place];
    const { id, rule, isShared } = column;
    const { netuid, kind, hotkey, coldkey } = this.before.who[at];
    const parting = {
      ...{ netuid, kind, hotkey, coldkey, rule, epoch: this.after.epoch, endMs: this.after.endMs },
      before: orNull(termValue(column, "before", at)),
      after: orNull(termValue(column, "after", now)),
      ...(column.isCommon === true ? { isCommon: true } : {}),
      ...(column.isChoice === true ? { isChoice: true } : {}),
    };
    return isShared && this.#followsOthers(column, place) ? { ...parting, cause: OTHERS_WEIGHTS, term: id } : { ...parting, cause: id };
  }

  #firstDiffering(at: number, now: number, of?: RegExp): number {
    // Terms that only one of the runs has, and ceilings: they count where what follows from them differs.
    let alone: number[] = [];
    for (const [place, column] of this.#columns.entries()) {
      if (of !== undefined && !of.test(column.id)) continue;
      if (!this.#differs(column, at, now)) {
        if (column.before !== null && column.after !== null) alone = alone.filter((one) => !leadsTo(this.#columns[one].id, column.id));
      } else if (column.before !== null && column.after !== null && !isCeiling(column.id)) {
        return alone[0] ?? place;
      } else alone.push(place);
    }
    return alone[0] ?? -1;
  }

  /** The first place in the order of terms at which any position of the epoch differs. @param of terms that count; all when left out */
  #sharedAgreeTo(of: RegExp | undefined): number {
    const known = this.#agreesTo.get(of);
    if (known !== undefined) return known;
    let first = this.#columns.length;
    for (const [key, at] of this.#placesBefore) {
      const now = this.#placesAfter.get(key);
      // Who comes or goes takes from all.
      const differing = now === undefined ? 0 : this.#firstDiffering(at, now, of);
      if (differing !== -1 && differing < first) first = differing;
    }
    if ([...this.#placesAfter.keys()].some((key) => !this.#placesBefore.has(key))) first = -1;
    this.#agreesTo.set(of, first);
    return first;
  }
}

const BASE_WEIGHT = /^base_weight$/;

/** Where what a rule makes ends: where that agrees, the rule moves nothing. */
function leadsTo(alone: string, common: string): boolean {
  // Who is cut by as much as everybody keeps its weight.
  if (alone === CAP) return common === "pay.paid";
  // Behind all that tiers give, and all that validators come to by the consensus.
  if (isStated(alone)) return common === (alone.startsWith("tiers.") ? "tiers.multiplier" : "validator.stake");
  if (common === "weight.final" || common === "pay.paid") return true;
  return common === "multiplier.applied" && (alone.endsWith(".factor") || alone.startsWith("multiplier."));
}

/** Is it stated of the rule that gives a term? */
const isStatedOf = (stated: string, term: string) => isStated(stated) && stated.startsWith("tiers.") === term.startsWith("tiers.");

function termValue(column: Column, side: "before" | "after", at: number): number {
  return column[side]?.[at] ?? absentValue(column.id);
}

const isSame = (a: number, b: number) => a === b || (Number.isNaN(a) && Number.isNaN(b));
const orNull = (value: number) => (Number.isNaN(value) ? null : value);
