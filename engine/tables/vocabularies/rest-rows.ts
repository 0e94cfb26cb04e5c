/** Where pay goes that no miner gets, in the order in which they share a pot after the miners (docs/explanation/stages.md). */
export const REST_ROWS = ["burn", "recycle", "treasury", "owner", "unallocated"] as const;
export type RestRow = (typeof REST_ROWS)[number];

/** Those that a rule sends pay to; `unallocated` is what nobody could be given. */
export const RESIDUAL_ROWS = ["burn", "recycle", "treasury", "owner"] as const satisfies readonly RestRow[];
export type ResidualRow = (typeof RESIDUAL_ROWS)[number];
