import { FLOWS } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import type { LedgerTerms } from "./ledger-terms.js";
import { RunEpochs } from "./run-epochs.js";
import { type RunPosition, swapOf } from "./run-positions.js";
import { SeatPasses, type SwappedKey } from "./seat-passes.js";
import { isOneEvent } from "./stake-pass.js";
import { TableCursor } from "./table-cursor.js";
import { type Undecided, underWay } from "./under-way.js";

const MOVED_OUT = FLOWS.indexOf("moved_out");
const MOVED_IN = FLOWS.indexOf("moved_in");
const EMISSION = FLOWS.indexOf("emission");
const OUTFLOW = FLOWS.indexOf("outflow");

/** A row `moved_out` that may be of a swap of keys. */
interface Moved {
  readonly row: number;
  readonly timeMs: number;
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
  readonly from: number;
  readonly to: number;
  readonly amountRao: number;
  /** What the position held before. */
  readonly heldRao: number;
}

/** A position that took another's place. */
interface Heir {
  readonly timeMs: number;
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Which rows `moved_out` were swaps of keys. The table `flows` has the same rows for a swap and for a move of everything; what
 * differs is the pay of the epoch under way, seats, and what is not held: these go along with a swap alone. So it is told by what
 * only a swap or only a move can have done: take along a position that holds nothing, other owners' positions or a seat;
 * leave a part, other positions of the key or a seat behind; the reward of what was paid before.
 */
export class KeySwaps {
  readonly #rows = new Set<number>();
  readonly #heirs = new Map<number, Heir[]>();
  /** Moves of everything of which the tables do not tell whether they were swaps; taken for moves. */
  untold = 0;

  private constructor() {}

  /** @throws TenureError `TEN-IMPORT-054` where an epoch paid a position that then moved, and both could be */
  static async read(run: OpenRun, positions: readonly RunPosition[], terms: LedgerTerms, signal?: AbortSignal): Promise<KeySwaps> {
    const swaps = new KeySwaps();
    const seats = await SeatPasses.read(run, positions);
    // Epochs are walked through once, in the order of flows, and the flows are read again after this.
    const moves = new MovesOfRun(positions, terms, seats, await RunEpochs.read(run));
    await moves.read(run, signal);
    const decided = await underWay(run, positions, moves.undecided);
    const found = [...moves.swaps, ...decided].sort((a, b) => a.row - b.row);
    for (const { row, timeMs, from, to } of found) {
      swaps.#rows.add(row);
      swaps.#inherit(positions[from].netuid, { timeMs, row, from, to });
    }
    swaps.untold = moves.untold;
    const known = new Set(found.map(({ timeMs, from, to }) => `${timeMs} ${from} ${to}`));
    for (const { timeMs, netuid, from, to } of seats.passes) {
      if (from === -1 || known.has(`${timeMs} ${from} ${to}`)) continue;
      swaps.#inherit(netuid, { timeMs, row: Number.POSITIVE_INFINITY, from, to });
    }
    for (const heirs of swaps.#heirs.values()) heirs.sort((a, b) => a.timeMs - b.timeMs || (a.row < b.row ? -1 : a.row > b.row ? 1 : 0));
    return swaps;
  }

  /** @param row place in the table `flows` of a row `moved_out` */
  isSwap(row: number): boolean {
    return this.#rows.has(row);
  }

  /** Who has what a position was paid at an instant, when its epoch ends: swaps of keys after it hand it on. */
  heirOf(netuid: number, position: number, timeMs: number, endMs: number): number {
    const heirs = this.#heirs.get(netuid);
    if (heirs === undefined) return position;
    let low = 0;
    let high = heirs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (heirs[middle].timeMs < timeMs) low = middle + 1;
      else high = middle;
    }
    let heir = position;
    // An epoch ends before what happens at its last instant.
    for (; low < heirs.length && heirs[low].timeMs < endMs; low++) if (heirs[low].from === heir) heir = heirs[low].to;
    return heir;
  }

  #inherit(netuid: number, heir: Heir): void {
    const heirs = this.#heirs.get(netuid) ?? [];
    heirs.push(heir);
    this.#heirs.set(netuid, heirs);
  }
}

/** Reads the moves of a run, and decides what they were. */
class MovesOfRun {
  readonly swaps: Pick<Moved, "row" | "timeMs" | "from" | "to">[] = [];
  readonly undecided: Undecided[] = [];
  untold = 0;
  readonly #heldRao: number[];
  /** By position: did it ever hold anything, that a swap takes along? */
  readonly #everHeld: boolean[];
  readonly #byKey = new Map<string, number[]>();
  /** By subnet: the epoch under way, and what it paid by position. */
  readonly #paid = new Map<number, { readonly epoch: number; readonly endMs: number; readonly paidRao: Map<number, number> }>();
  #event: Moved[] = [];

  constructor(
    private readonly positions: readonly RunPosition[],
    private readonly terms: LedgerTerms,
    private readonly seats: SeatPasses,
    private readonly epochs: RunEpochs,
  ) {
    this.#heldRao = positions.map(() => 0);
    this.#everHeld = positions.map(() => false);
    for (const [position, { netuid, hotkey, coldkey }] of positions.entries()) {
      for (const key of [`${netuid} hotkey ${hotkey}`, `${netuid} coldkey ${coldkey}`]) {
        const of = this.#byKey.get(key) ?? [];
        of.push(position);
        this.#byKey.set(key, of);
      }
    }
  }

  async read(run: OpenRun, signal: AbortSignal | undefined): Promise<void> {
    const rows = new TableCursor(run, "flows");
    try {
      for (let row = 0; rows.stands || (await rows.refill()); rows.advance(), row++) {
        const flow = rows.number("flow");
        const position = rows.number("position");
        const amountRao = rows.number("amount_rao");
        if (row % 65_536 === 0) signal?.throwIfAborted();
        if (flow === MOVED_OUT) {
          this.#take({
            row,
            timeMs: rows.number("time_ms"),
            block: rows.number("block"),
            extrinsic: rows.number("extrinsic"),
            event: rows.number("event"),
            from: position,
            to: rows.number("counterparty"),
            amountRao,
            heldRao: this.#heldRao[position],
          });
        } else if (flow !== MOVED_IN) {
          this.#decide();
          this.#everHeld[position] ||= flow !== OUTFLOW;
          if (flow === EMISSION) this.#pay(position, rows.number("time_ms"), amountRao);
        }
        this.#heldRao[position] += flow === MOVED_OUT || flow === OUTFLOW ? -amountRao : amountRao;
      }
    } finally {
      await rows.close();
    }
    this.#decide();
  }

  #pay(position: number, timeMs: number, amountRao: number): void {
    const { netuid } = this.positions[position];
    const epoch = this.epochs.paidAt(netuid, timeMs);
    if (epoch === undefined) {
      this.#paid.delete(netuid);
      return;
    }
    let paid = this.#paid.get(netuid);
    if (paid?.epoch !== epoch.epoch) {
      paid = { epoch: epoch.epoch, endMs: epoch.endMs, paidRao: new Map() };
      this.#paid.set(netuid, paid);
    }
    paid.paidRao.set(position, (paid.paidRao.get(position) ?? 0) + amountRao);
  }

  #take(moved: Moved): void {
    const [first] = this.#event;
    const goesOn = first !== undefined && first.timeMs === moved.timeMs && isOneEvent(first, moved);
    if (!goesOn || this.#event.some(({ from }) => from === moved.from)) this.#decide();
    this.#event.push(moved);
  }

  /** Decides on the rows that stand together in the table and at one place in the chain. */
  #decide(): void {
    if (this.#event.length === 0) return;
    const event = this.#event;
    this.#event = [];
    const byKey = new Map<string, Moved[]>();
    for (const moved of event) {
      const key = swapOf(this.positions[moved.from], this.positions[moved.to]);
      byKey.set(key, [...(byKey.get(key) ?? []), moved]);
    }
    for (const moves of byKey.values()) this.#decideOn(moves);
    for (const { to, amountRao } of event) this.#everHeld[to] ||= amountRao > 0;
  }

  #decideOn(moves: readonly Moved[]): void {
    const { netuid } = this.positions[moves[0].from];
    const found = this.#whatOf(moves);
    if (found === "swaps") {
      this.swaps.push(...moves);
      for (const moved of moves) this.#handOn(netuid, moved);
    } else if (found === "unknown") {
      for (const moved of moves) this.#decideByPay(netuid, moved);
    }
  }

  /** What rows were by which one key, or both, changed in the same way. */
  #whatOf(moves: readonly Moved[]): "swaps" | "moves" | "unknown" {
    const [{ from, to, timeMs, event }] = moves;
    const [one, other] = [this.positions[from], this.positions[to]];
    if (one.hotkey !== other.hotkey && one.coldkey !== other.coldkey) return "moves";
    if (!this.terms.isNeutral(from, to) || moves.some(({ amountRao }) => amountRao === 0)) return "swaps";
    if (moves.some(({ amountRao, heldRao }) => amountRao < heldRao)) return "moves";
    const kind: SwappedKey = one.coldkey === other.coldkey ? "hotkey" : "coldkey";
    const taken = new Set(moves.map((moved) => moved.from));
    const ofKey = this.#byKey.get(`${one.netuid} ${kind} ${one[kind]}`) ?? [];
    if (ofKey.some((position) => this.#everHeld[position] && !taken.has(position))) return "moves";
    if (moves.length > 1 && event >= 0) return "swaps";
    const passedOn = this.seats.passedOn(kind, one.netuid, one[kind], other[kind], timeMs);
    if (passedOn === "unknown") return "unknown";
    return passedOn === "yes" ? "swaps" : "moves";
  }

  #decideByPay(netuid: number, moved: Moved): void {
    const paid = this.#paid.get(netuid);
    const paidRao = paid?.paidRao.get(moved.from) ?? 0;
    if (paid === undefined || moved.timeMs >= paid.endMs || paidRao === 0) this.untold += 1;
    else this.undecided.push({ ...moved, epoch: paid.epoch, paidRao, toPaidRao: paid.paidRao.get(moved.to) ?? 0 });
  }

  #handOn(netuid: number, { from, to, timeMs }: Moved): void {
    const paid = this.#paid.get(netuid);
    if (paid === undefined || timeMs >= paid.endMs) return;
    const paidRao = paid.paidRao.get(from);
    if (paidRao === undefined) return;
    paid.paidRao.delete(from);
    paid.paidRao.set(to, (paid.paidRao.get(to) ?? 0) + paidRao);
  }
}
