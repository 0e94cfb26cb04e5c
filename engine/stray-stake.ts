import type { World } from "./books/world.js";
import { POSITION_STATE } from "./ledger/position-state.js";
import type { RowsRead } from "./rows-read.js";

const { STRIDE, INFLOW, MOVED_IN, OUTFLOW, MOVED_OUT } = POSITION_STATE;

/** Stake of subnets where nobody is paid, while elsewhere somebody is: most likely a netuid mistyped, or a stream too many. */
export function stakeWithoutPay({ subnets, flowTotals: { stakeRows } }: World, { epochs }: RowsRead): string[] {
  if (epochs.epochs === 0) return [];
  const stray = [...subnets.values()]
    .filter(({ epoch, configuration: { netuid } }) => epoch === 0 && stakeRows.of(netuid) > 0)
    .map(({ configuration: { netuid } }) => netuid)
    .sort((a, b) => a - b)
    .map((netuid) => `${stakeRows.of(netuid)} of subnet ${netuid}`);
  if (stray.length === 0) return [];
  return [`Stake rows of subnets on which no epoch ends do nothing for anybody's pay: ${stray.join(", ")}. Is the netuid meant?`];
}

/**
 * Stake data of which nothing is of a position that is paid: the two do not name their positions alike, most likely. Where balances
 * were recorded, they tell of stake that is missing.
 */
export function payWithoutStake(
  { subnets, flowTotals: { stakeRows, rejections }, positions, book, payroll }: World,
  { cursors }: RowsRead,
): string[] {
  if (cursors.some(({ description: { kind } }) => kind === "balances" || kind === "metagraph")) return [];
  // What was refused leaves no trace in a position.
  if (Object.values(rejections).some((count) => count > 0)) return [];
  const { state } = book.simulated;
  const told = [...subnets.keys()].filter((netuid) => stakeRows.of(netuid) > 0).sort((a, b) => a - b);
  let paid = 0;
  for (let position = 0; position < positions.count; position++) {
    if (payroll.totals.recordedRao(position) === 0n) continue;
    const base = position * STRIDE;
    if ([INFLOW, MOVED_IN, OUTFLOW, MOVED_OUT].some((field) => state[base + field] > 0)) return [];
    paid += 1;
  }
  if (told.length === 0 || paid === 0) return [];
  const rows = told.map((netuid) => `${stakeRows.of(netuid)} of subnet ${netuid}`).join(", ");
  return [
    `No position that is paid occurs in the stake rows (${rows}), so all ${paid} are taken to have sold and bought nothing. Do both name netuid, hotkey and coldkey alike?`,
  ];
}
