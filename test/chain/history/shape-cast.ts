import { account } from "../account.js";

/** The accounts of the history of all shapes. */
export const OWNER = account("shape-owner");
export const OWNER_HOTKEY = account("shape-owner-hotkey");
export const VALIDATOR = account("shape-validator");
export const VALIDATOR_COLDKEY = account("shape-validator-coldkey");
export const NOMINATORS = [account("shape-nominator-0"), account("shape-nominator-1")] as const;
export const MINERS = Array.from({ length: 4 }, (_, index) => account(`shape-miner-${index}`));
export const MINER_COLDKEYS = MINERS.map((_, index) => account(`shape-miner-${index}-coldkey`));
export const NEIGHBOUR = account("shape-neighbour");
export const NEIGHBOUR_COLDKEY = account("shape-neighbour-coldkey");
export const NETUID = 30;
export const NEIGHBOUR_NETUID = 19;
/** The subnet that is dissolved. */
export const DOOMED_NETUID = 7;
export const ALPHA = 1_000_000_000n;
