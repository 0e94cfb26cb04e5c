/** What an extrinsic did to stake. docs/explanation/flows.md says what each is to a position. */
export const STAKE_ACTIONS = [
  "added",
  "removed",
  "burned",
  "moved",
  "swapped",
  "transferred",
  "slashed",
  "hotkey_swapped",
  "coldkey_swapped",
  "opened",
  "unexplained",
  "rounding",
] as const;
export type StakeAction = (typeof STAKE_ACTIONS)[number];

/** Whether an action brings stake into a position, takes it out, or passes it on to another position. */
export type StakeDirection = "in" | "out" | "between";

/** The direction of every action (docs/explanation/flows.md). */
export const STAKE_DIRECTIONS: Readonly<Record<StakeAction, StakeDirection>> = {
  added: "in",
  removed: "out",
  burned: "out",
  moved: "between",
  swapped: "between",
  transferred: "between",
  slashed: "out",
  hotkey_swapped: "between",
  coldkey_swapped: "between",
  opened: "in",
  unexplained: "out",
  rounding: "out",
};

/** Actions that pass all of a position on, under another key. They name no amount. */
export const KEY_SWAPS = ["hotkey_swapped", "coldkey_swapped"] as const satisfies readonly StakeAction[];

/** The columns of a stake row that has no destination. */
export const NO_DESTINATION = { toNetuid: -1, toHotkey: -1, toColdkey: -1, toAmountRao: 0 } as const;

/** Why there is a row in the stake stream: an event names the change, or it was measured, and why it had to be. */
export const STAKE_CAUSES = [
  "event",
  "rounding",
  "unexplained",
  "stake_moved",
  "hotkey_swapped",
  "coldkey_swapped",
  "network_removed",
  "root_claimed",
  "liquidity",
  "alpha_fee",
  "unnamed_coldkey",
] as const;
export type StakeCause = (typeof STAKE_CAUSES)[number];
