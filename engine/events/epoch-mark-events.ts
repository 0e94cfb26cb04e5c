import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { EventHandler } from "./event-handler.js";
import type { SimulatedSubnets } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Rows of `epoch_marks`: an epoch of a subnet ended. Under `epochs: tempo` the clock says so, and nobody listens. */
export class EpochMarkEvents implements EventHandler {
  /** `block` is -1 where it is not known. */
  onMark: ((subnet: Subnet, timeMs: number, block: number) => void) | null = null;

  constructor(
    private readonly world: World,
    private readonly simulated: SimulatedSubnets,
    /** Netuids of which only the pots are taken: their epochs end where these come. */
    private readonly passedOver: ReadonlySet<number> = new Set(),
  ) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("epoch_marks");
    const netuid = columns.netuid[row];
    if (this.passedOver.has(netuid)) {
      cursor.advance();
      return;
    }
    this.simulated.refuse(cursor, row, netuid);
    this.onMark?.(this.world.subnet(netuid), timeMs, columns.block[row]);
    cursor.advance();
  }
}
