import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import { isRao } from "../kernel/money.js";
import type { EventHandler } from "./event-handler.js";
import { placeOf, refuseAmount } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldAtInstant } from "./told-at-instant.js";

/** So that sums of weights stay far from where doubles end. */
const LARGEST_WEIGHT = 1e150;

/** Rows of `validator_weights`: what a validator sets from here on (docs/explanation/yuma.md). */
export class ValidatorWeightEvents implements EventHandler {
  private readonly weights = new ToldAtInstant();
  private readonly stakes = new ToldAtInstant();

  constructor(private readonly world: World) {}

  take(cursor: StreamCursor): void {
    const { row, timeMs } = cursor;
    const columns = cursor.columnsOf("validator_weights");
    const weight = columns.weight[row];
    if (!(weight >= 0 && weight <= LARGEST_WEIGHT)) {
      throw new TenureError({
        code: "TEN-YUMA-002",
        what: `A weight that ${this.world.addresses.nameOf(columns.validator[row])} sets is not a finite number of 0 or more.`,
        place: placeOf(cursor, row),
        found: weight,
        allowed: `0 to ${LARGEST_WEIGHT}`,
        hint: "A validator that means to give nothing sets 0, or leaves the miner out.",
      });
    }
    const stakeRao = columns.stakeRao[row];
    if (!isRao(stakeRao)) refuseAmount(cursor, row, columns.block[row], stakeRao);
    const { addresses, validatorWeights } = this.world;
    const netuid = columns.netuid[row];
    const validator = columns.validator[row];
    const hotkey = columns.hotkey[row];
    const block = columns.block[row];
    const [who, whom] = [() => addresses.nameOf(validator), () => addresses.nameOf(hotkey)];
    this.weights.take(cursor, netuid, validator, hotkey, block, weight, () => `the weight that ${who()} sets for ${whom()}`);
    this.stakes.take(cursor, netuid, validator, -1, block, stakeRao, () => `stake_rao of ${who()}`);
    validatorWeights.set(netuid, validator, hotkey, weight, stakeRao, timeMs);
    cursor.advance();
  }
}
