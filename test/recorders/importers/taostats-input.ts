import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const START_MS = Date.UTC(2025, 7, 29);

/** Time of a block in these inputs: 12 s each from 2025-08-29. */
export const timeOf = (block: number) => START_MS + block * 12_000;
const stamp = (block: number) => new Date(timeOf(block)).toISOString();
const account = (ss58: string) => ({ ss58, hex: "0x00" });

export const balance = (block: number, rao: string, coldkey = "5Cold", extra: object = {}) => ({
  block_number: block,
  timestamp: stamp(block),
  hotkey_name: null,
  hotkey: account("5Hot"),
  coldkey: account(coldkey),
  netuid: 64,
  balance: rao,
  balance_as_tao: "1",
  ...extra,
});

export const event = (block: number, action: "DELEGATE" | "UNDELEGATE", alpha: string, extra: Record<string, unknown> = {}) => ({
  id: `finney-64-0xbb-0xcc-${block}-47`,
  block_number: block,
  timestamp: stamp(block),
  action,
  nominator: account("5Cold"),
  delegate: account("5Hot"),
  amount: "1",
  alpha,
  netuid: 64,
  extrinsic_id: `${block}-0010`,
  is_transfer: null,
  transfer_address: null,
  ...extra,
});

export const transfer = (other: string, coldkey = "5Cold") => ({
  is_transfer: true,
  transfer_address: account(other),
  nominator: account(coldkey),
});

/** Writes the files of one folder in the format of the API; newest first, as it does. */
export async function writeTaostats(folder: string, balances: readonly object[], events?: readonly object[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const page = (rows: readonly object[]) =>
    JSON.stringify({ pagination: { total_items: rows.length }, data: [...rows].reverse() }, null, 2);
  await writeFile(join(folder, "stake_balance.json"), page(balances));
  if (events !== undefined) await writeFile(join(folder, "stake_events.json"), page(events));
  return folder;
}
