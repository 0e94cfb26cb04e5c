import type { AddressBook } from "../../../engine/index.js";
import type { ScenarioConfiguration } from "../../../scenarios/index.js";
import type { RunPosition } from "./run-positions.js";

/** How the ledger of a run booked, so far as it decides what its flows were (docs/explanation/flows.md). */
export class LedgerTerms {
  /** `ledger.on_invalid: clamp`: of more than is held, what is held is taken. */
  readonly clamps: boolean;
  /** `ledger.pair_moves`: a removal and an addition of one extrinsic are taken for a move. */
  readonly pairsMoves: boolean;
  /** Do rejections speak of what the run held? Where a rule shared pots anew, they may be of its recorded twin. */
  readonly rejectionsAreOfRun: boolean;
  readonly #movesAreStrict: boolean;
  readonly #groups = new Map<number, number>();

  constructor(
    { ledger, emission }: Pick<ScenarioConfiguration, "ledger" | "emission">,
    private readonly positions: readonly RunPosition[],
    book: AddressBook,
  ) {
    this.clamps = ledger.onInvalid === "clamp";
    this.pairsMoves = ledger.pairMoves;
    this.rejectionsAreOfRun = rejectionsAreOfRun(emission);
    this.#movesAreStrict = ledger.moves === "strict";
    for (const [number, group] of ledger.ownerGroups.entries()) {
      for (const coldkey of group) this.#groups.set(book.intern(coldkey), number);
    }
  }

  /** Does stake that moves between two positions keep its history? Otherwise it is sold and bought. */
  isNeutral(from: number, to: number): boolean {
    if (this.#movesAreStrict) return false;
    const [one, other] = [this.positions[from], this.positions[to]];
    if (one.netuid !== other.netuid) return false;
    if (one.coldkey === other.coldkey) return true;
    const group = this.#groups.get(one.coldkey);
    return group !== undefined && group === this.#groups.get(other.coldkey);
  }
}

/** A replay books its recorded twins as it books itself; `absolute` asks the run for the recorded amounts. */
export function rejectionsAreOfRun({ mode, withdrawals }: ScenarioConfiguration["emission"]): boolean {
  return mode === "replay" || withdrawals === "absolute";
}
