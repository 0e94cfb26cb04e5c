/**
 * The total order of events (mechanisms 1), written once: (time, phase, source, sequence). Inside one instant:
 *
 * 1. prices
 * 2. emission: recorded emission of all streams of the instant is taken together and settled - where an epoch ends with
 *    it, metrics, multipliers and weights are read *before* anything is booked, because the chain pays before a block's
 *    extrinsics and nobody's pay may depend on what came after it; then instalments of schedules that are due
 * 3. extrinsics: stake and registry rows of all streams together, by extrinsic, then event; after them the snapshots
 *    (`balances`, `metagraph`), which are the state after the block
 * 4. validator submissions: base weights
 * 5. epoch boundary of epochs that end by the clock (`epochs: tempo`)
 * 6. agents decide
 * 7. recording
 *
 * Source is the stream's number in the scenario, sequence its row.
 */
export const PHASE_PRICES = 1;
export const PHASE_EMISSION = 2;
export const PHASE_EXTRINSICS = 3;
export const PHASE_SUBMISSIONS = 4;
export const PHASE_EPOCH = 5;
