import type { LedgerCommand } from "../../engine/ledger/auditor/commands.js";
import type { Auditor } from "../../engine/ledger/auditor.js";
import type { Arriving, Intent, Size } from "./intents.js";
import type { FuzzSetup } from "./ledger-under-test.js";

const MAX_RAO = Number.MAX_SAFE_INTEGER;
/** Engine instants are below 2^42 ms. */
const LAST_MS = 2 ** 42 - 1;

/** Positions whose metrics are to be compared now. */
export interface Reading {
  readonly op: "read";
  readonly timeMs: number;
  readonly positions: readonly number[];
}

/**
 * Turns intents into commands that make sense for what the auditor holds at that moment: nothing passes 2^53 - 1 rao
 * unless it means to, tranche ids count up, and with `on_invalid: stop` withdrawals ask for what there is unless they
 * mean to go beyond.
 */
export class Resolver {
  readonly #setup: FuzzSetup;
  readonly #auditor: Auditor;
  #nowMs: number;
  #nextTranche = 0;

  constructor(setup: FuzzSetup, auditor: Auditor) {
    this.#setup = setup;
    this.#auditor = auditor;
    this.#nowMs = setup.startMs;
  }

  /** Each command is to be carried out by the auditor before the next is asked for. */
  *commandsOf(intent: Intent): Generator<LedgerCommand | Reading> {
    this.#wait(intent.afterMs);
    const position = intent.position % this.#setup.positions;
    switch (intent.act) {
      case "credit":
        yield* this.#credit(position, intent.source, intent.rao);
        break;
      case "payday":
        yield* this.#payday(this.#neighbours(position, intent.others), intent.rao);
        break;
      case "trickle":
        for (let i = 0; i < intent.count; i++) {
          yield* this.#credit(position, intent.source, intent.rao + i + 1);
          this.#wait(intent.everyMs);
        }
        break;
      case "debit":
        yield* this.#debit(position, this.#withdrawal(position, intent.size), intent.reason);
        break;
      case "transfer": {
        const sent = this.#withdrawal(position, intent.size);
        yield* this.#debit(position, sent, intent.reason);
        yield* this.#credit(intent.to % this.#setup.positions, "manual", arrivedOf(sent, intent.arriving));
        break;
      }
      case "slash":
        for (const slashed of this.#neighbours(position, intent.others)) {
          yield* this.#debit(slashed, partOf(this.#held(slashed), intent.permille), "slash");
        }
        break;
      case "move":
        yield* this.#pass(position, intent.to % this.#setup.positions, this.#withdrawal(position, intent.size), intent.arriving);
        break;
      case "rekey":
        yield* this.#move(position, intent.to % this.#setup.positions, "all");
        break;
      case "leave_and_return":
        yield* this.#debit(position, this.#held(position), "withdraw");
        this.#wait(intent.awayMs);
        yield* this.#credit(position, intent.source, intent.rao);
        break;
      case "start_anew":
        yield* this.#debit(position, this.#held(position), "unexplained");
        yield { op: "forget", position, timeMs: this.#nowMs };
        yield* this.#credit(position, "manual", intent.rao);
        break;
      case "take":
        yield* this.#take(position, intent);
        break;
      case "move_tranche":
        yield* this.#moveTranche(position, intent.to % this.#setup.positions, intent);
        break;
      case "read":
        yield { op: "read", timeMs: this.#nowMs, positions: this.#neighbours(position, intent.others) };
        break;
      case "overfill":
        yield* this.#overfill(position, intent.by);
        break;
    }
  }

  *#credit(position: number, source: "manual" | "emission", rao: number): Generator<LedgerCommand> {
    const amountRao = Math.min(rao, this.#room(position));
    if (amountRao > 0) yield { op: "credit", position, source, timeMs: this.#nowMs, amountRao, tranche: this.#nextTranche++ };
  }

  *#payday(positions: readonly number[], rao: number): Generator<LedgerCommand> {
    const paid = positions.filter((position) => this.#room(position) > 0);
    if (paid.length === 0) return;
    const amountsRao = paid.map((position, i) => Math.min(Math.max(1, rao - i), this.#room(position)));
    const firstTranche = this.#nextTranche;
    this.#nextTranche += paid.length;
    yield { op: "emission", positions: paid, timeMs: this.#nowMs, amountsRao, firstTranche };
  }

  *#debit(position: number, amountRao: number, reason: Extract<LedgerCommand, { op: "debit" }>["reason"]): Generator<LedgerCommand> {
    if (amountRao > 0) yield { op: "debit", position, timeMs: this.#nowMs, amountRao, reason };
  }

  *#move(from: number, to: number, amount: number | "all"): Generator<LedgerCommand> {
    const carried = amount === "all" ? this.#held(from) : Math.min(amount, this.#held(from));
    if (from === to || amount === 0 || carried > this.#room(to)) return;
    const firstSplitTranche = this.#nextTranche;
    // At most one id a tranche is needed; gaps do no harm.
    this.#nextTranche += this.#auditor.tranches(from).length;
    yield { op: "move", from, to, timeMs: this.#nowMs, amountRao: amount, firstSplitTranche };
  }

  /** A neutral move as the engine carries it out. */
  *#pass(from: number, to: number, sent: number, arriving: Arriving): Generator<LedgerCommand> {
    const arrived = arrivedOf(sent, arriving);
    const held = this.#held(from);
    if (sent > arrived) yield* this.#debit(from, Math.min(sent - arrived, held), sent - arrived > 10 ? "unexplained" : "rounding");
    yield* this.#move(from, to, Math.min(sent, arrived));
    if (arrived > sent) yield* this.#credit(to, "manual", arrived - sent);
  }

  *#take(position: number, { nth, size, reason }: Extract<Intent, { act: "take" }>): Generator<LedgerCommand> {
    const part = this.#partOfTranche(position, nth, size);
    if (part !== null) yield { op: "take_from_tranche", position, ...part, timeMs: this.#nowMs, reason };
  }

  *#moveTranche(from: number, to: number, { nth, size }: Extract<Intent, { act: "move_tranche" }>): Generator<LedgerCommand> {
    const part = this.#partOfTranche(from, nth, size);
    if (from === to || part === null || part.amountRao > this.#room(to)) return;
    yield { op: "move_from_tranche", from, to, ...part, timeMs: this.#nowMs, firstSplitTranche: this.#nextTranche++ };
  }

  /** Two positions with at least half the limit each: together they are too much for one. */
  *#overfill(position: number, by: Extract<Intent, { act: "overfill" }>["by"]): Generator<LedgerCommand> {
    const half = 2 ** 52;
    const from = (position + 1) % this.#setup.positions;
    yield* this.#credit(position, "manual", half);
    yield* this.#credit(from, "emission", half);
    const timeMs = this.#nowMs;
    const id = this.#nextTranche++;
    const tooMuch = this.#room(position) + 1;
    switch (by) {
      case "credit":
        yield { op: "credit", position, source: "manual", timeMs, amountRao: half, tranche: id };
        break;
      case "emission":
        yield { op: "emission", positions: [position], timeMs, amountsRao: [half], firstTranche: id };
        break;
      case "rekey":
        yield { op: "move", from, to: position, timeMs, amountRao: "all", firstSplitTranche: id };
        break;
      case "move":
        yield { op: "move", from, to: position, timeMs, amountRao: tooMuch, firstSplitTranche: id };
        break;
      case "move_tranche": {
        const large = this.#auditor.tranches(from).find((tranche) => tranche.remaining >= BigInt(tooMuch));
        if (large === undefined) return;
        yield { op: "move_from_tranche", from, to: position, tranche: large.id, timeMs, amountRao: tooMuch, firstSplitTranche: id };
      }
    }
  }

  #partOfTranche(position: number, nth: number, size: Size): { tranche: number; amountRao: number } | null {
    const held = this.#auditor.tranches(position).filter((tranche) => tranche.remaining > 0n);
    if (held.length === 0) return null;
    const { id, remaining } = held[nth % held.length];
    return { tranche: id, amountRao: Math.min(Number(remaining), wanted(size, Number(remaining))) };
  }

  #withdrawal(position: number, size: Size): number {
    const held = this.#held(position);
    const amount = Math.min(MAX_RAO, wanted(size, held));
    return this.#setup.configuration.onInvalid === "stop" && size.of !== "beyond" ? Math.min(amount, held) : amount;
  }

  #held(position: number): number {
    return Number(this.#auditor.totals(position).total);
  }

  #room(position: number): number {
    return MAX_RAO - this.#held(position);
  }

  #neighbours(position: number, others: number): number[] {
    const count = Math.min(others + 1, this.#setup.positions);
    return Array.from({ length: count }, (_, i) => (position + i) % this.#setup.positions);
  }

  #wait(ms: number): void {
    if (this.#nowMs + ms <= LAST_MS) this.#nowMs += ms;
  }
}

function wanted(size: Size, held: number): number {
  switch (size.of) {
    case "rao":
      return size.rao;
    case "held":
      return partOf(held, size.permille);
    case "everything":
      return held;
    case "beyond":
      return held + size.byRao;
  }
}

function arrivedOf(sent: number, arriving: Arriving): number {
  if (arriving.by === "all") return sent;
  return arriving.by === "fewer" ? Math.max(0, sent - arriving.rao) : Math.min(MAX_RAO, sent + arriving.rao);
}

/** At least 1 rao of what is held, 0 when nothing is. */
function partOf(held: number, permille: number): number {
  return held === 0 ? 0 : Math.max(1, Number((BigInt(held) * BigInt(permille)) / 1000n));
}
