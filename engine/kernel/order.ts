/**
 * The total order (mechanisms 1), written once: (time, phase, extrinsic, event, source, sequence). Inside one instant:
 *
 * 1. prices, and what needs all prices of the instant: NAV, staleness, rebalancing
 * 2. epochs that end there, whatever ended them - an emission or the clock. The emission of the instant is taken together
 *    and belongs to the epoch that ends with it; metrics, multipliers and weights are read *before* anything of the instant
 *    is booked, because the chain pays before a block's extrinsics and nobody's pay may depend on what came after it. Then
 *    instalments of schedules that are due
 * 3. extrinsics: stake and registry rows of all streams together, by extrinsic, then event; after them the snapshots
 *    (`balances`, `metagraph`), which are the state after the block
 * 4. validators: base weights, submissions for the epoch that ended, consensus, slashing. So a weight stamped exactly at the
 *    end of an epoch counts from the next one
 * 5. agents decide and trade
 * 6. recording
 *
 * So an epoch is [start, end): what happens to stake at its last instant is of the next one. Source is the stream's number in
 * the scenario, sequence its row. What the engine schedules comes after the stream rows of its time and phase, in the order in
 * which it was registered (`agenda.ts`).
 */
export const PHASE_PRICES = 1;
export const PHASE_EPOCHS = 2;
export const PHASE_EXTRINSICS = 3;
export const PHASE_VALIDATORS = 4;
export const PHASE_AGENTS = 5;
export const PHASE_RECORDING = 6;
/** Later than any phase: of an instant whose rows are all taken. */
export const PHASE_NONE = 7;
