import type { World } from "../books/world.js";
import { POSITION_STATE } from "../ledger/position-state.js";
import { NO_DESTINATION, STAKE_ACTIONS, type StakeAction } from "../tables/streams.js";
import { classifyResidual } from "./attribution/attribution.js";
import type { EventHandler } from "./event-handler.js";
import type { SimulatedSubnets } from "./row-refusals.js";
import type { StakeEvents } from "./stake-events.js";
import type { StakeEvent, StakeFlows } from "./stake-flows.js";
import type { StreamCursor } from "./stream-cursor.js";

/**
 * Snapshots of stake (`balances`, `metagraph`; docs/explanation/registry.md): `auto` opens positions that have no stake data yet,
 * `update` brings every position to the snapshot by the rules of attribution, `force` starts each anew from it as
 * manual stake. A metagraph also seats hotkeys on their uids.
 *
 * Under `auto` a position that has stake data is only compared; what differs is counted.
 */
export class SnapshotEvents implements EventHandler {
  /** Snapshots that did not equal the recorded ledger. */
  mismatches = 0;
  compared = 0;
  private readonly met = new Set<number>();

  constructor(
    private readonly world: World,
    private readonly flows: StakeFlows,
    private readonly stakes: StakeEvents,
    private readonly simulated: SimulatedSubnets,
  ) {}

  take(cursor: StreamCursor): void {
    const { world } = this;
    const { row, timeMs } = cursor;
    const metagraph = cursor.kind === "metagraph" ? cursor.columnsOf("metagraph") : null;
    const columns = metagraph ?? cursor.columnsOf("balances");
    const netuid = columns.netuid[row];
    this.simulated.refuse(cursor, row, netuid);
    this.stakes.release();
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    const stakeRao = "stakeRao" in columns ? columns.stakeRao[row] : columns.balanceRao[row];
    world.provenance.at(cursor.description.name, cursor.before + row, columns.block[row], -1, -1);
    cursor.advance();
    if (metagraph !== null) {
      const subnet = world.subnet(netuid);
      subnet.seatsAreRecorded = true;
      const uid = metagraph.uid[row];
      world.recordSeats(subnet, subnet.registry.register(uid, hotkey, coldkey, timeMs, world.lastPay(subnet)), timeMs);
    }
    const position = world.position(netuid, hotkey, coldkey);
    const heldRao = world.book.recorded.state[position * POSITION_STATE.STRIDE + POSITION_STATE.TOTAL];
    const change = (action: StakeAction, amountRao: number): StakeEvent => ({
      timeMs,
      action: STAKE_ACTIONS.indexOf(action),
      netuid,
      hotkey,
      coldkey,
      amountRao,
      ...NO_DESTINATION,
    });
    // Pay that waits for its epoch to end was there when the snapshot was taken: it is part of it, and a history.
    const knownRao = heldRao + world.subnet(netuid).group.waitingRao(position);
    const isNew = knownRao === 0 && !this.met.has(position) && this.neverMoved(position);
    this.met.add(position);
    switch (world.configuration.snapshots) {
      case "auto":
        if (isNew) {
          if (stakeRao > 0) this.flows.apply(change("opened", stakeRao));
          return;
        }
        this.compared += 1;
        if (knownRao !== stakeRao) this.mismatches += 1;
        return;
      case "update":
        if (isNew) {
          if (stakeRao > 0) this.flows.apply(change("opened", stakeRao));
          return;
        }
        this.bring(position, stakeRao - knownRao, change);
        return;
      case "force":
        this.flows.startAnew(change("unexplained", heldRao));
        if (stakeRao > 0) this.flows.apply(change("opened", stakeRao));
        return;
    }
  }

  private bring(position: number, changeRao: number, change: (action: StakeAction, amountRao: number) => StakeEvent): void {
    const { world } = this;
    const residual = classifyResidual(changeRao, 0, 1);
    if (residual.kind === "emission") {
      const { timeMs } = change("added", 0);
      world.holdings.payAtOnce(position, timeMs, residual.amountRao, world.role[position], world.provenance.block);
    } else if (residual.kind !== "none") {
      this.flows.apply(change(residual.kind, residual.amountRao));
    }
  }

  private neverMoved(position: number): boolean {
    const state = this.world.book.recorded.state;
    for (let field = 5; field <= 9; field++) if (state[position * POSITION_STATE.STRIDE + field] !== 0) return false;
    return true;
  }
}
