import { InvariantError } from "../kernel/errors.js";
import {
  type AuditedExit,
  type AuditedOutcome,
  type AuditedRejection,
  type AuditedSplit,
  type AuditorConfiguration,
  AuditRefusal,
  type Credit,
  type Debit,
  type Emission,
  type Forget,
  type LedgerCommand,
  type Move,
  type MoveFromTranche,
  type TakeFromTranche,
} from "./auditor/commands.js";
import type { AuditedPosition } from "./auditor/conservation.js";
import { checkPosition, checkTotals } from "./auditor/conservation.js";
import { type AuditedHolding, type HoldingQuery, readHolding } from "./auditor/holding.js";
import { type AuditedTranche, newTranche, olderFirst, sumRemaining } from "./auditor/tranche.js";
import { planWithdrawal, type Taking } from "./auditor/withdrawal.js";

/** The most a position may hold (docs/explanation/units.md). */
const MOST_HELD = 9_007_199_254_740_991n;

/** How many rao an event may be wrong by without anything being wrong (docs/explanation/exactness.md). */
const MOST_ROUNDED = 10n;

const NOTHING: AuditedOutcome = { exits: [], splits: [], rejections: [], roundedRao: 0 };

/** Stake of a position, rao. */
export interface AuditedTotals {
  readonly total: bigint;
  /** What remains of manual inflows. */
  readonly manual: bigint;
  /** What remains of emission. */
  readonly earned: bigint;
}

/** Sums over a position's life, rao. */
export type AuditedFlows = Pick<AuditedPosition, "inflow" | "emission" | "movedIn" | "outflow" | "movedOut">;

/**
 * A second tranche ledger (docs/explanation/tranches.md), written to be read: lists of plain objects, exact integers, nothing
 * remembered that can be worked out. It shares no code with the ledger that runs, and the two are driven with the same
 * commands to find where either is wrong. Slow and growing without bound; a whole run is not meant to go through it.
 */
export class Auditor {
  readonly #configuration: AuditorConfiguration;
  readonly #positions = new Map<number, AuditedPosition>();
  #nowMs = 0;

  constructor(configuration: AuditorConfiguration) {
    this.#configuration = configuration;
  }

  /**
   * Carries out one command.
   *
   * @throws AuditRefusal with `on_invalid: stop` on a withdrawal of more than there is (by more than rounding), and always when a position
   * would come to hold 2^53 rao or more; nothing has changed then (of an `emission`, what comes before is booked)
   * @throws InvariantError on a command that no caller may make (time going back, an unknown tranche, ...)
   */
  apply(command: LedgerCommand): AuditedOutcome {
    if (command.timeMs < this.#nowMs) throw new InvariantError(`time goes back from ${this.#nowMs} to ${command.timeMs}`);
    for (const amountRao of amountsOf(command)) {
      if (amountRao !== "all" && !(Number.isSafeInteger(amountRao) && amountRao > 0)) {
        throw new InvariantError(`amount ${amountRao} is not a whole number of rao above 0`);
      }
    }
    this.#nowMs = command.timeMs;
    switch (command.op) {
      case "credit":
        return this.#credit(command);
      case "emission":
        return this.#emission(command);
      case "debit":
        return this.#debit(command);
      case "move":
        return this.#move(command);
      case "take_from_tranche":
        return this.#takeFromTranche(command);
      case "move_from_tranche":
        return this.#moveFromTranche(command);
      case "forget":
        return this.#forget(command);
    }
  }

  /** Ids of the positions met so far, in the order they were met. */
  positions(): number[] {
    return [...this.#positions.keys()];
  }

  /** All tranches the position has, emptied ones too, older first. */
  tranches(position: number): readonly AuditedTranche[] {
    return this.#positions.get(position)?.tranches ?? [];
  }

  totals(position: number): AuditedTotals {
    let manual = 0n;
    let earned = 0n;
    for (const { source, remaining } of this.tranches(position)) {
      if (source === "manual") manual += remaining;
      else earned += remaining;
    }
    return { total: manual + earned, manual, earned };
  }

  /** What came into and went out of the position over its life. */
  flows(position: number): AuditedFlows {
    const { inflow, emission, movedIn, outflow, movedOut } = this.#position(position);
    return { inflow, emission, movedIn, outflow, movedOut };
  }

  holding(position: number, nowMs: number, query: HoldingQuery): AuditedHolding {
    return readHolding(this.tranches(position), nowMs, query);
  }

  /** The same for several positions pooled, as if all their tranches were on one. */
  pooledHolding(positions: readonly number[], nowMs: number, query: HoldingQuery): AuditedHolding {
    return readHolding(
      positions.flatMap((position) => this.tranches(position)),
      nowMs,
      query,
    );
  }

  /**
   * Checks what docs/explanation/exactness.md says always holds, of every position and of all together.
   *
   * @throws InvariantError naming the position and the sums that disagree
   */
  check(): void {
    for (const [id, position] of this.#positions) checkPosition(id, position);
    checkTotals(this.#positions);
  }

  /** The same for one position. */
  checkPosition(position: number): void {
    checkPosition(position, this.#position(position));
  }

  /** An inflow or emission appends a tranche. */
  #credit({ position: id, source, timeMs, amountRao, tranche }: Credit): AuditedOutcome {
    const position = this.#position(id);
    const amount = BigInt(amountRao);
    this.#refuseOverLimit(id, position, amount);
    insert(position.tranches, newTranche(tranche, source, timeMs, amount, amount));
    if (source === "manual") position.inflow += amount;
    else position.emission += amount;
    return NOTHING;
  }

  /** One emission after the other. */
  #emission({ positions, timeMs, amountsRao, firstTranche }: Emission): AuditedOutcome {
    positions.forEach((position, i) => {
      this.#credit({ op: "credit", position, source: "emission", timeMs, amountRao: amountsRao[i], tranche: firstTranche + i });
    });
    return NOTHING;
  }

  /** An outflow takes from tranches in the withdrawal order; every touched tranche gets an exit. */
  #debit({ position: id, amountRao, reason }: Debit): AuditedOutcome {
    const position = this.#position(id);
    const { amount, ...beyond } = this.#admit(id, position, amountRao);
    if (amount === 0n) return { ...NOTHING, ...beyond };
    const exits = planWithdrawal(position.tranches, amount, this.#configuration).map((taking) =>
      takeExit(position, taking.tranche, taking.amount, reason),
    );
    return { ...NOTHING, ...beyond, exits };
  }

  /** An exit of one tranche, whatever the withdrawal order. */
  #takeFromTranche({ position: id, tranche: trancheId, amountRao, reason }: TakeFromTranche): AuditedOutcome {
    const position = this.#position(id);
    const taking = this.#takingOf(id, trancheId, amountRao);
    return { ...NOTHING, exits: [takeExit(position, taking.tranche, taking.amount, reason)] };
  }

  /**
   * A neutral move. Of all there is: every tranche changes its position, emptied ones included, and keeps its id.
   * Of a part: tranches are taken in the withdrawal order, each giving up the same share of what it received.
   */
  #move({ from: fromId, to: toId, amountRao, firstSplitTranche }: Move): AuditedOutcome {
    if (fromId === toId) throw new InvariantError(`a move from position ${fromId} to itself`);
    const from = this.#position(fromId);
    const to = this.#position(toId);
    const held = sumRemaining(from.tranches);
    const { amount, ...beyond } = amountRao === "all" ? { amount: held } : this.#admit(fromId, from, amountRao);
    if (amount === 0n && amountRao !== "all") return { ...NOTHING, ...beyond };
    this.#refuseOverLimit(toId, to, amount);
    from.movedOut += amount;
    to.movedIn += amount;
    if (amount === held) {
      to.tranches.push(...from.tranches);
      to.tranches.sort(olderFirst);
      from.tranches = [];
      return { ...NOTHING, ...beyond };
    }
    const takings = planWithdrawal(from.tranches, amount, this.#configuration);
    return { ...NOTHING, ...beyond, splits: carryOver(from, to, takings, firstSplitTranche) };
  }

  /** A neutral move out of one tranche, whatever the withdrawal order; emptied tranches stay where they are. */
  #moveFromTranche({ from: fromId, to: toId, tranche, amountRao, firstSplitTranche }: MoveFromTranche): AuditedOutcome {
    if (fromId === toId) throw new InvariantError(`a move from position ${fromId} to itself`);
    const from = this.#position(fromId);
    const to = this.#position(toId);
    const taking = this.#takingOf(fromId, tranche, amountRao);
    this.#refuseOverLimit(toId, to, taking.amount);
    from.movedOut += taking.amount;
    to.movedIn += taking.amount;
    return { ...NOTHING, splits: carryOver(from, to, [taking], firstSplitTranche) };
  }

  /** Emptied tranches are all it has, and they go. */
  #forget({ position: id }: Forget): AuditedOutcome {
    const position = this.#position(id);
    if (sumRemaining(position.tranches) !== 0n) throw new InvariantError(`position ${id} holds stake and cannot be started anew`);
    for (const tranche of position.tranches) position.forgotten += tranche.received + tranche.slashed;
    position.tranches = [];
    return NOTHING;
  }

  #takingOf(id: number, trancheId: number, amountRao: number): Taking {
    const tranche = this.tranches(id).find((candidate) => candidate.id === trancheId);
    if (tranche === undefined) throw new InvariantError(`position ${id} has no tranche ${trancheId}`);
    const amount = BigInt(amountRao);
    if (amount > tranche.remaining) throw new InvariantError(`tranche ${trancheId} has ${tranche.remaining} rao, not ${amount}`);
    return { tranche, amount };
  }

  /** How much of a withdrawal is carried out (`on_invalid`), and what is to be written down about it. */
  #admit(id: number, position: AuditedPosition, requestedRao: number): Admitted {
    const requested = BigInt(requestedRao);
    const held = sumRemaining(position.tranches);
    if (requested <= held) return { amount: requested };
    if (requested - held <= MOST_ROUNDED) return { amount: held, roundedRao: Number(requested - held) };
    const rejection = { position: id, requestedRao, heldRao: Number(held) };
    const cause = held === 0n ? "nothing_held" : "more_than_held";
    switch (this.#configuration.onInvalid) {
      case "record":
        return { amount: 0n, rejections: [{ ...rejection, cause }] };
      case "clamp":
        return { amount: held, rejections: [{ ...rejection, cause: held === 0n ? cause : "shortfall" }] };
      case "stop":
        throw new AuditRefusal(id, cause, `a withdrawal of ${requested} rao where ${held} are held`);
    }
  }

  #refuseOverLimit(id: number, position: AuditedPosition, amount: bigint): void {
    const held = sumRemaining(position.tranches) + amount;
    if (held > MOST_HELD) throw new AuditRefusal(id, "over_limit", `would hold ${held} rao, more than ${MOST_HELD}`);
  }

  #position(id: number): AuditedPosition {
    let position = this.#positions.get(id);
    if (position === undefined) {
      position = { tranches: [], inflow: 0n, emission: 0n, movedIn: 0n, outflow: 0n, movedOut: 0n, forgotten: 0n };
      this.#positions.set(id, position);
    }
    return position;
  }
}

interface Admitted {
  readonly amount: bigint;
  readonly rejections?: readonly AuditedRejection[];
  readonly roundedRao?: number;
}

/** Puts a tranche where its age says; mostly that is at the end. */
function insert(tranches: AuditedTranche[], tranche: AuditedTranche): void {
  const newest = tranches.at(-1);
  tranches.push(tranche);
  if (newest !== undefined && olderFirst(newest, tranche) > 0) tranches.sort(olderFirst);
}

/** The amounts a command names. */
function amountsOf(command: LedgerCommand): readonly (number | "all")[] {
  if (command.op === "emission") return command.amountsRao;
  return command.op === "forget" ? [] : [command.amountRao];
}

/**
 * Books the loss on the tranche and on the position. A slash is not a sale: what it takes counts as never received
 * (docs/explanation/flows.md).
 */
function takeExit(position: AuditedPosition, tranche: AuditedTranche, amount: bigint, reason: AuditedExit["reason"]): AuditedExit {
  tranche.remaining -= amount;
  tranche.exited += amount;
  if (reason === "slash") {
    tranche.received -= amount;
    tranche.slashed += amount;
  }
  position.outflow += amount;
  return { tranche: tranche.id, amountRao: Number(amount), reason, emptied: tranche.remaining === 0n };
}

/**
 * Carries takings over to another position: a tranche that is taken wholly changes its position, of others a part is
 * split off. Parts get ids from `firstId` on.
 */
function carryOver(from: AuditedPosition, to: AuditedPosition, takings: readonly Taking[], firstId: number): AuditedSplit[] {
  let nextId = firstId;
  const splits = takings.map(({ tranche, amount }) => {
    const whole = amount === tranche.remaining;
    const moved = whole ? tranche : splitOff(tranche, amount, nextId++);
    if (whole) from.tranches = from.tranches.filter((stays) => stays !== moved);
    to.tranches.push(moved);
    return { tranche: tranche.id, part: moved.id, remainingRao: Number(moved.remaining), receivedRao: Number(moved.received) };
  });
  to.tranches.sort(olderFirst);
  return splits;
}

/**
 * Splits part of a tranche off into a new one of the same entry time and source, with floor(received * moved / remaining)
 * of what it received, so that the held shares of the two sides together do not change.
 */
function splitOff(tranche: AuditedTranche, moved: bigint, id: number): AuditedTranche {
  const received = (tranche.received * moved) / tranche.remaining;
  tranche.received -= received;
  tranche.remaining -= moved;
  tranche.splitReceived += received;
  tranche.splitRemaining += moved;
  return newTranche(id, tranche.source, tranche.entryMs, received, moved);
}
