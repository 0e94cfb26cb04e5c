import { account } from "../account.js";
import type { BlockBuilder } from "../build/block-builder.js";
import {
  ALPHA,
  MINER_COLDKEYS,
  MINERS,
  NEIGHBOUR,
  NEIGHBOUR_COLDKEY,
  NEIGHBOUR_NETUID,
  NETUID,
  NOMINATORS,
  VALIDATOR,
  VALIDATOR_COLDKEY,
} from "./shape-cast.js";

const POOL = { taoRao: 21_000n * ALPHA, alphaInRao: 1_000_000n * ALPHA };

/** Everything from spec 346 on, by block. */
export const LATE_SHAPES: Readonly<Record<number, (b: BlockBuilder) => void>> = {
  // Spec 346: changes with an event of their own, changes without any, square-root prices.
  222: (b) => b.price(NETUID, { ...POOL, v3: true }),
  224: (b) => b.extrinsic(NOMINATORS[0], (x) => x.burn(NOMINATORS[0], VALIDATOR, NETUID, 3n * ALPHA)),
  226: (b) => b.extrinsic(NOMINATORS[0], (x) => x.recycle(NOMINATORS[0], VALIDATOR, NETUID, 2n * ALPHA)),
  228: (b) => {
    const newHotkey = account("shape-miner-0b");
    b.extrinsic(MINER_COLDKEYS[0], (x) => x.hotkeySwappedOnSubnet(MINER_COLDKEYS[0], MINERS[0], newHotkey, NETUID));
  },
  230: (b) => {
    const claims = [
      { hk: VALIDATOR, netuid: NETUID, alpha: 6n * ALPHA },
      { hk: VALIDATOR, netuid: NEIGHBOUR_NETUID, alpha: 1n * ALPHA },
    ];
    b.extrinsic(NOMINATORS[1], (x) => x.rootClaimed(NOMINATORS[1], claims));
  },
  232: (b) => b.extrinsic(NOMINATORS[0], (x) => x.liquidityAdded(NOMINATORS[0], VALIDATOR, NETUID, ALPHA / 10n, 5n * ALPHA)),
  236: (b) => b.extrinsic(NOMINATORS[0], (x) => x.liquidityRemoved(NOMINATORS[0], VALIDATOR, NETUID, ALPHA / 9n, 4n * ALPHA)),
  240: (b) => b.extrinsic(NOMINATORS[0], (x) => x.feeInAlpha(NOMINATORS[0], VALIDATOR, NETUID, 123_456n)),
  244: (b) => b.silent(NOMINATORS[1], VALIDATOR, NETUID, -ALPHA),
  246: (b) => b.price(NETUID, { ...POOL, sqrtPriceBits: (1n << 64n) / 6n }),
  250: (b) => {
    b.extrinsic(VALIDATOR_COLDKEY, (x) => x.stakeRemoved(VALIDATOR_COLDKEY, VALIDATOR, NETUID, 20n * ALPHA, 10_000n));
    b.extrinsic(NOMINATORS[1], (x) => x.moved(NOMINATORS[1], VALIDATOR, NETUID, NEIGHBOUR, NEIGHBOUR_NETUID, 3n * ALPHA, 5n * ALPHA));
    b.extrinsic(NOMINATORS[0], (x) => x.transferred(NOMINATORS[0], NOMINATORS[1], VALIDATOR, NETUID, NEIGHBOUR_NETUID, 2n * ALPHA, ALPHA));
  },
  260: (b) => b.extrinsic(MINER_COLDKEYS[2], (x) => x.coldkeySwapped(MINER_COLDKEYS[2], account("shape-miner-2c-coldkey"))),
  280: (b) => b.upgrade(393),
  // Spec 393: burning purchases, swaps of coldkeys without a cost.
  284: (b) => b.extrinsic(NOMINATORS[0], (x) => x.addStakeBurn(NETUID, VALIDATOR, NOMINATORS[0], ALPHA / 5n, 9n * ALPHA)),
  288: (b) => {
    const old = account("shape-miner-2c-coldkey");
    b.extrinsic(old, (x) => x.coldkeySwapped(old, account("shape-miner-2d-coldkey")));
  },
  292: (b) => b.extrinsic(NOMINATORS[1], (x) => x.feeInAlpha(NOMINATORS[1], VALIDATOR, NETUID, 98_765n)),
  300: (b) => b.extrinsic(NOMINATORS[1], (x) => x.stakeAdded(NOMINATORS[1], VALIDATOR, NETUID, 5n * ALPHA)),
  340: (b) => b.upgrade(424),
  // Spec 424: float shares row by row, fees on top, the balancer, the schedule by the last epoch.
  344: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeAdded(NOMINATORS[0], VALIDATOR, NETUID, 17n * ALPHA)),
  348: (b) => b.extrinsic(NOMINATORS[0], (x) => x.stakeRemoved(NOMINATORS[0], VALIDATOR, NETUID, 4n * ALPHA, 2_000_000n)),
  350: (b) => b.price(NETUID, { ...POOL, quotePerquintill: 400_000_000_000_000_000n }),
  352: (b) => b.extrinsic(NOMINATORS[1], (x) => x.feeInAlpha(NOMINATORS[1], VALIDATOR, NETUID, 55_555n)),
  356: (b) => {
    b.extrinsic(NOMINATORS[0], (x) => x.moved(NOMINATORS[0], VALIDATOR, NETUID, MINERS[3], NETUID, ALPHA));
    b.extrinsic(NOMINATORS[0], (x) => x.transferred(NOMINATORS[0], VALIDATOR_COLDKEY, VALIDATOR, NETUID, NETUID, ALPHA));
    b.extrinsic(NOMINATORS[0], (x) => x.swapped(NOMINATORS[0], VALIDATOR, NETUID, NEIGHBOUR_NETUID, ALPHA, 2n * ALPHA));
  },
  360: (b) => b.trimUid(NETUID, 4),
  364: (b) => b.extrinsic(NOMINATORS[1], (x) => x.rootClaimed(NOMINATORS[1], [{ hk: VALIDATOR, netuid: NETUID, alpha: 2n * ALPHA }])),
  368: (b) => b.extrinsic(NEIGHBOUR_COLDKEY, (x) => x.hotkeySwapped(NEIGHBOUR_COLDKEY, NEIGHBOUR, account("shape-neighbour-b"))),
  376: (b) => b.extrinsic(account("shape-latecomer"), (x) => x.register(NETUID, account("shape-latecomer-1"), account("shape-latecomer"))),
  390: (b) => b.silent(VALIDATOR_COLDKEY, VALIDATOR, NETUID, 2n * ALPHA),
};
