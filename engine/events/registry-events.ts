import type { World } from "../books/world.js";
import { REGISTRY_ACTIONS } from "../tables/streams.js";
import type { EventHandler } from "./event-handler.js";
import type { StakeEvents } from "./stake-events.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `registry`: who sits on which uid (docs/explanation/registry.md). */
export class RegistryEvents implements EventHandler {
  constructor(
    private readonly world: World,
    private readonly stakes: StakeEvents,
  ) {}

  take(cursor: StreamCursor): void {
    this.stakes.release();
    const { world } = this;
    const { row, timeMs, description, before, extrinsic, event } = cursor;
    const columns = cursor.columnsOf("registry");
    const netuid = columns.netuid[row];
    const uid = columns.uid[row];
    const hotkey = columns.hotkey[row];
    const coldkey = columns.coldkey[row];
    const action = REGISTRY_ACTIONS[columns.action[row]];
    world.provenance.at(description.name, before + row, columns.block[row], extrinsic, event);
    cursor.advance();
    const subnet = world.subnet(netuid);
    subnet.seatsAreRecorded = true;
    switch (action) {
      case "registered":
        world.recordSeats(subnet, subnet.registry.register(uid, hotkey, coldkey, timeMs, world.lastPay(subnet)), timeMs);
        return;
      case "deregistered": {
        const seat = subnet.registry.deregister(hotkey);
        if (seat !== undefined) world.recordSeat(subnet, seat, "deregistered", timeMs);
        return;
      }
      case "network_removed":
        for (const seat of [...subnet.registry.seats()]) {
          subnet.registry.deregister(seat.hotkey);
          world.recordSeat(subnet, seat, "deregistered", timeMs);
        }
        return;
      case "hotkey_swapped":
      case "coldkey_swapped": {
        // A stake row of the same swap may have passed the seat on already.
        const seat = subnet.registry.seatAt(uid);
        if (seat === undefined || (seat.hotkey === hotkey && seat.coldkey === coldkey)) return;
        // What its epoch paid so far is the seat's, whoever it sat by.
        subnet.group.passOn(world.position(netuid, seat.hotkey, seat.coldkey), world.position(netuid, hotkey, coldkey));
        const passed = subnet.registry.rekey(seat.hotkey, hotkey, coldkey);
        if (passed !== undefined) world.recordSeat(subnet, passed, "ownership", timeMs);
        return;
      }
    }
  }
}
