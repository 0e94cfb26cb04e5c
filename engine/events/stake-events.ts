import type { World } from "../books/world.js";
import type { StreamDescription } from "../configuration/stream-description.js";
import { isRao } from "../kernel/money.js";
import { PHASE_EXTRINSICS, RANK } from "../kernel/order.js";
import { END_OF_BLOCK } from "./attribution/attributed-streams.js";
import type { EventHandler } from "./event-handler.js";
import { PairedMoves } from "./paired-moves.js";
import { refuseAmount } from "./row-refusals.js";
import type { StakeEvent, StakeFlows } from "./stake-flows.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldTwice } from "./told-twice.js";

/** Rows of `stake`: flows of positions (docs/explanation/flows.md). */
export class StakeEvents implements EventHandler {
  private readonly pairs: PairedMoves;
  /** Instant at whose end what is kept back is applied; -1: none is planned. */
  private releaseMs = -1;

  private readonly twice: ToldTwice;

  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly flows: StakeFlows,
  ) {
    this.twice = new ToldTwice(streams, "stake", "A stake event");
    this.pairs = new PairedMoves(world, flows);
  }

  take(cursor: StreamCursor): void {
    const { world } = this;
    const { row, description, before } = cursor;
    const columns = cursor.columnsOf("stake");
    const block = columns.block[row];
    // Rows that attribution added stand at the end of their block and have no extrinsic of their own.
    const extrinsic = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.extrinsic;
    const eventIndex = cursor.extrinsic === END_OF_BLOCK ? -1 : cursor.event;
    const amountRao = columns.amountRao[row];
    if (!isRao(amountRao)) refuseAmount(cursor, row, block, amountRao);
    const event: StakeEvent = {
      timeMs: cursor.timeMs,
      action: columns.action[row],
      netuid: columns.netuid[row],
      hotkey: columns.hotkey[row],
      coldkey: columns.coldkey[row],
      amountRao,
      toNetuid: columns.toNetuid[row],
      toHotkey: columns.toHotkey[row],
      toColdkey: columns.toColdkey[row],
      toAmountRao: columns.toAmountRao[row],
    };
    if (this.twice.looks) this.twice.stakeEvent(cursor, row);
    if (!isRao(event.toAmountRao)) refuseAmount(cursor, row, block, event.toAmountRao);
    cursor.advance();
    if (world.configuration.ledger.pairMoves) {
      this.planRelease(event.timeMs);
      if (this.pairs.take({ event, stream: description.name, row: before + row, block, extrinsic, eventIndex })) return;
    }
    world.provenance.at(description.name, before + row, block, extrinsic, eventIndex);
    this.flows.apply(event);
  }

  /** Nothing more of their extrinsic can come: removals that were kept back are applied. */
  release(): void {
    this.pairs.release();
  }

  private planRelease(timeMs: number): void {
    if (this.releaseMs === timeMs) return;
    this.releaseMs = timeMs;
    this.world.agenda.plan(timeMs, PHASE_EXTRINSICS, RANK.PAIRS, 0, () => this.pairs.release());
  }
}
