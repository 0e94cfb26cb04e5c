import { type EpochTerms, termsOf } from "../terms/epoch-terms.js";
import type { RuleAsker } from "../terms/rule-asker.js";
import type { TermColumn } from "../terms/term-column.js";
import { EpochPair, KeyTexts } from "./epoch-pair.js";
import { HeldBeyondPay, type HoldingMeasure } from "./held-beyond-pay.js";
import { InputsSoFar } from "./inputs-so-far.js";
import { type HitQuestion, ownHit } from "./own-hit.js";
import { pairedEpochs } from "./paired-epochs.js";
import { EPOCHS, OTHERS_WEIGHTS, type Parting } from "./parting.js";

/** Two runs whose terms are traced. */
export interface TracedPair {
  readonly before: AsyncIterable<EpochTerms>;
  readonly after: AsyncIterable<EpochTerms>;
  /** All terms of both, in the order of computing. */
  readonly order: readonly TermColumn[];
  /** The rules of now that are asked of the terms of then; none where no rule can have changed. */
  readonly askers: readonly RuleAsker[];
  /** The rules of then, where they can still be asked. */
  readonly askersBefore?: readonly RuleAsker[] | undefined;
  readonly answeredBefore: HitQuestion["answeredBefore"];
  /** How holdings are measured, where they can differ by themselves; left out where only rules that make pay of them have changed. */
  readonly holdings?: HoldingMeasure | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where and why the terms of positions part first: the first term, in the order of computing, whose inputs agree and whose value differs.
 * A term that depends on all who share parts by others' weights, unless everything before it agrees for all of them. Pay that was moved
 * once moves what is held ever after, so inputs rarely agree again: therefore a rule of now is asked of what a position had in the
 * baseline, in every epoch, and where it answers something else, that is the cause. Of a rule that cannot be asked, the answer tells where all that
 * it is made of is as it was. Rules of the ledger cannot be asked either: of these, holdings tell that differ by more than pay explains
 * (`HeldBeyondPay`). No pay moves what there is to share: whose pay moves in an epoch in which that differs is hit by it.
 * @param wanted positions, by `paidKeyText`
 * @returns by the same; who is left out has terms that agree everywhere
 */
export async function findPartings(pair: TracedPair, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Parting>> {
  const found = new Map<string, Parting>();
  /** Whose parting is of others so far; it may still have one of its own. */
  const open = new Set(wanted);
  const texts = new KeyTexts();
  const outputs = new Set(pair.askers.map(({ output }) => output));
  const held = pair.holdings === undefined ? null : new HeldBeyondPay(pair.holdings);
  const past = new InputsSoFar(pair.order);
  const [runBefore, runAfter] = [{}, {}];
  const answers = new Set(pair.order.flatMap(({ id, isAnswer }) => (isAnswer === true && !outputs.has(id) ? [id] : [])));
  for await (const { before, after } of pairedEpochs(pair.before, pair.after)) {
    pair.signal?.throwIfAborted();
    if (before === null || after === null) {
      noteMissing(before, after, open, found, texts);
      continue;
    }
    const epoch = new EpochPair(before, after, pair.order, texts, past);
    for (const asker of [...pair.askers, ...(pair.askersBefore ?? [])]) asker.follow?.(before, runBefore);
    for (const asker of pair.askers) asker.follow?.(after, runAfter);
    held?.begin(epoch);
    for (const key of open) {
      const pot = epoch.potParting(key);
      if (pot !== null) {
        found.set(key, hitAt(pair, epoch, key) ?? pot);
        open.delete(key);
        continue;
      }
      const first = found.get(key) ?? ofInputs(ofOthers(epoch.parting(key), pair), pair, epoch, key);
      if (first !== null) found.set(key, first);
      const isNamed = first !== null && first.cause !== OTHERS_WEIGHTS && !outputs.has(first.cause);
      const hit = isNamed
        ? null
        : (hitAt(pair, epoch, key) ?? (first?.cause === OTHERS_WEIGHTS ? differingOtherwise(epoch, key, answers, held) : null));
      if (hit !== null) found.set(key, hit);
      if (hit !== null || (first !== null && first.cause !== OTHERS_WEIGHTS)) open.delete(key);
    }
    held?.end(epoch, (at) => epoch.placeAfter(texts.of(before.who[at])));
    past.take((inputs) => epoch.differ(inputs));
  }
  return found;
}

/**
 * What is held, or traded, differs through pay alone where only rules of pay have changed: by others' too, who moved a part of theirs to the position. So
 * it is no cause, and rules are asked of the position on.
 */
function ofOthers(parting: Parting | null, { holdings }: TracedPair): Parting | null {
  if (parting === null || holdings !== undefined || !/^(holdings|activity)\./.test(parting.cause)) return parting;
  return { ...parting, cause: OTHERS_WEIGHTS, term: parting.cause };
}

/** An answer of a rule that gives of all that it asks in the baseline what was written there: it differs since others hold something else. */
function ofInputs(parting: Parting | null, { askers }: TracedPair, epoch: EpochPair, key: string): Parting | null {
  const asker = askers.find(({ output }) => output === parting?.cause);
  const at = epoch.placeBefore(key);
  if (parting === null || asker === undefined || at === undefined) return parting;
  const before = termsOf(epoch.before, at);
  const isSame = asker.ask(before)?.answer === before(asker.output);
  return isSame ? { ...parting, cause: OTHERS_WEIGHTS, term: parting.cause } : parting;
}

/** What a rule of now makes of what the position had in the baseline. */
function hitAt({ askers, answeredBefore }: TracedPair, epoch: EpochPair, key: string): Parting | null {
  const [at, now] = [epoch.placeBefore(key), epoch.placeAfter(key)];
  if (at === undefined) return null;
  const before = termsOf(epoch.before, at);
  const after = now === undefined ? null : termsOf(epoch.after, now);
  for (const asker of askers) {
    const hit = ownHit({ before, after, asker, answeredBefore });
    if (hit !== null) return { ...epoch.before.who[at], epoch: epoch.before.epoch, endMs: epoch.before.endMs, ...hit };
  }
  return epoch.statedParting(key);
}

/**
 * Of rules that cannot be asked: holdings that differ by themselves, or an answer that is another one in an epoch in which all before it, or all
 * that it is made of, is as it was.
 */
function differingOtherwise(epoch: EpochPair, key: string, answers: ReadonlySet<string>, held: HeldBeyondPay | null): Parting | null {
  const [at, now] = [epoch.placeBefore(key), epoch.placeAfter(key)];
  const own = held === null || at === undefined || now === undefined ? null : held.parting(epoch, at, now);
  if (own !== null) return own;
  const parting = epoch.parting(key);
  return parting !== null && answers.has(parting.cause) ? parting : epoch.partingOf(key, answers);
}

function noteMissing(
  before: EpochTerms | null,
  after: EpochTerms | null,
  open: Set<string>,
  found: Map<string, Parting>,
  texts: KeyTexts,
): void {
  const there = before ?? after;
  if (there === null) return;
  for (const who of there.who) {
    const key = texts.of(who);
    if (!open.has(key)) continue;
    const ends = { before: before?.endMs ?? null, after: after?.endMs ?? null };
    found.set(key, { ...who, cause: EPOCHS, rule: "when epochs end", epoch: there.epoch, endMs: there.endMs, ...ends });
    open.delete(key);
  }
}
