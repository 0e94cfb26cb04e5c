import type { World } from "../books/world.js";
import { STAKE_ACTIONS } from "../tables/streams.js";
import type { StakeEvent, StakeFlows } from "./stake-flows.js";

const ADDED = STAKE_ACTIONS.indexOf("added");
const REMOVED = STAKE_ACTIONS.indexOf("removed");

/** A row of a stake stream and where it stands. */
export interface StakeRow {
  readonly event: StakeEvent;
  readonly stream: string;
  readonly row: number;
  readonly block: number;
  /** -1: none; such a row has no partner. */
  readonly extrinsic: number;
  readonly eventIndex: number;
}

/**
 * Joins a removal and an addition of one coldkey in one extrinsic into a move (docs/explanation/flows.md, `pair_moves`): removals are kept
 * back until their extrinsic is over.
 */
export class PairedMoves {
  #held: StakeRow[] = [];

  constructor(
    private readonly world: World,
    private readonly flows: StakeFlows,
  ) {}

  /** Keeps a removal back, or joins an addition with the removal kept back; false for a row that is to be applied alone. */
  take(row: StakeRow): boolean {
    const { event, block, extrinsic } = row;
    const [first] = this.#held;
    if (first !== undefined && (first.block !== block || first.extrinsic !== extrinsic)) this.release();
    if (extrinsic < 0) return false;
    if (event.action === REMOVED) {
      this.#held.push(row);
      return true;
    }
    if (event.action !== ADDED) return false;
    const at = this.#held.findIndex((removed) => removed.event.coldkey === event.coldkey);
    if (at === -1) return false;
    const [removed] = this.#held.splice(at, 1);
    this.#goTo(removed);
    this.flows.applyPair(removed.event, event);
    return true;
  }

  /** Applies what was kept back, as what it is. */
  release(): void {
    if (this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    for (const row of held) {
      this.#goTo(row);
      this.flows.apply(row.event);
    }
  }

  #goTo({ stream, row, block, extrinsic, eventIndex }: StakeRow): void {
    this.world.provenance.at(stream, row, block, extrinsic, eventIndex);
  }
}
