import { account } from "../account.js";
import type { BlockBuilder } from "../build/block-builder.js";
import {
  ALPHA,
  DOOMED_NETUID,
  MINER_COLDKEYS,
  MINERS,
  NEIGHBOUR,
  NEIGHBOUR_COLDKEY,
  NEIGHBOUR_NETUID,
  NETUID,
  NOMINATORS,
  OWNER,
  OWNER_HOTKEY,
  VALIDATOR,
  VALIDATOR_COLDKEY,
} from "./shape-cast.js";

/** Everything up to spec 273, by block. */
export const EARLY_SHAPES: Readonly<Record<number, (b: BlockBuilder) => void>> = {
  1: (b) => {
    for (const netuid of [NETUID, NEIGHBOUR_NETUID, DOOMED_NETUID]) {
      b.network(netuid, { owner: OWNER, ownerHotkey: OWNER_HOTKEY, capacity: 5 });
      b.price(netuid, { taoRao: 20_000n * ALPHA, alphaInRao: 1_000_000n * ALPHA });
    }
    b.extrinsic(VALIDATOR_COLDKEY, (x) => x.register(NETUID, VALIDATOR, VALIDATOR_COLDKEY));
    for (const [index, hotkey] of MINERS.entries()) {
      b.extrinsic(MINER_COLDKEYS[index], (x) => x.register(NETUID, hotkey, MINER_COLDKEYS[index]));
    }
    b.extrinsic(NEIGHBOUR_COLDKEY, (x) => {
      x.register(NEIGHBOUR_NETUID, NEIGHBOUR, NEIGHBOUR_COLDKEY);
      x.register(DOOMED_NETUID, NEIGHBOUR, NEIGHBOUR_COLDKEY);
    });
  },
  // Spec 210: stake events of two fields, summaries without amounts.
  3: (b) => {
    b.extrinsic(VALIDATOR_COLDKEY, (x) => x.stakeAdded(VALIDATOR_COLDKEY, VALIDATOR, NETUID, 500n * ALPHA));
    for (const coldkey of NOMINATORS) b.extrinsic(coldkey, (x) => x.stakeAdded(coldkey, VALIDATOR, NETUID, 77n * ALPHA + 1n));
    b.extrinsic(NEIGHBOUR_COLDKEY, (x) => x.stakeAdded(NEIGHBOUR_COLDKEY, NEIGHBOUR, DOOMED_NETUID, 9n * ALPHA));
  },
  5: (b) => b.failedExtrinsic(NOMINATORS[0]),
  30: (b) => {
    b.extrinsic(NOMINATORS[0], (x) => x.stakeRemoved(NOMINATORS[0], VALIDATOR, NETUID, 5n * ALPHA));
    b.extrinsic(VALIDATOR_COLDKEY, (x) => x.weightsSet(NETUID, 0));
    b.extrinsic(VALIDATOR_COLDKEY, (x) => x.setChildren(VALIDATOR, NETUID, [[1n << 63n, MINERS[3]]]));
  },
  45: (b) => b.extrinsic(NOMINATORS[1], (x) => x.moved(NOMINATORS[1], VALIDATOR, NETUID, MINERS[0], NETUID, 7n * ALPHA)),
  60: (b) => b.upgrade(240),
  // Spec 240: stake events of five fields.
  62: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeAdded(NOMINATORS[0], VALIDATOR, NETUID, 11n * ALPHA)),
  64: (b) => b.extrinsic(MINER_COLDKEYS[0], (x) => x.stakeRemoved(MINER_COLDKEYS[0], MINERS[0], NETUID, 2n * ALPHA)),
  70: (b) => b.extrinsic(account("shape-newcomer"), (x) => x.register(NETUID, account("shape-newcomer-1"), account("shape-newcomer"), 4)),
  75: (b) => b.extrinsic(MINER_COLDKEYS[1], (x) => x.hotkeySwapped(MINER_COLDKEYS[1], MINERS[1], account("shape-miner-1b"))),
  80: (b) => b.extrinsic(MINER_COLDKEYS[2], (x) => x.coldkeySwapped(MINER_COLDKEYS[2], account("shape-miner-2b-coldkey"))),
  90: (b) =>
    b.extrinsic(NOMINATORS[1], (x) => x.moved(NOMINATORS[1], VALIDATOR, NETUID, NEIGHBOUR, NEIGHBOUR_NETUID, 5n * ALPHA, 9n * ALPHA)),
  120: (b) => b.upgrade(260),
  // Spec 260: fees, amounts in summaries, fixed-point shares.
  122: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeAdded(NOMINATORS[0], VALIDATOR, NETUID, 13n * ALPHA)),
  124: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeRemoved(NOMINATORS[0], VALIDATOR, NETUID, 3n * ALPHA, 50_000n)),
  130: (b) => b.extrinsic(NOMINATORS[1], (x) => x.moved(NOMINATORS[1], VALIDATOR, NETUID, MINERS[0], NETUID, 2n * ALPHA)),
  135: (b) => b.extrinsic(NOMINATORS[1], (x) => x.transferred(NOMINATORS[1], NOMINATORS[0], VALIDATOR, NETUID, NETUID, 4n * ALPHA)),
  140: (b) => b.extrinsic(NOMINATORS[0], (x) => x.swapped(NOMINATORS[0], VALIDATOR, NETUID, NEIGHBOUR_NETUID, 6n * ALPHA, 8n * ALPHA)),
  145: (b) => b.extrinsic(account("shape-miner-2b-coldkey"), (x) => x.coldkeySwapped(account("shape-miner-2b-coldkey"), MINER_COLDKEYS[2])),
  170: (b) => b.upgrade(273),
  // Spec 273: a subnet ends, a price of one.
  175: (b) => b.extrinsic(account("sudo"), (x) => x.networkRemoved(DOOMED_NETUID)),
  180: (b) => b.price(NEIGHBOUR_NETUID, { taoRao: 5n * ALPHA, alphaInRao: 9n * ALPHA, mechanism: 0 }),
  190: (b) => {
    b.extrinsic(NOMINATORS[0], (x) => x.stakeRemoved(NOMINATORS[0], VALIDATOR, NETUID, 2n * ALPHA, 20_000n));
    // Two of one kind in a block, of which the second closes the position.
    const rest = b.balance(NETUID, VALIDATOR, NOMINATORS[0]);
    b.extrinsic(NOMINATORS[0], (x) => x.stakeRemoved(NOMINATORS[0], VALIDATOR, NETUID, rest));
  },
  200: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeAdded(NOMINATORS[0], VALIDATOR, NETUID, 70n * ALPHA)),
  220: (b) => b.upgrade(346),
};
