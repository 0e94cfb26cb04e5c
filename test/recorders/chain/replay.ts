import type { BalanceRow, EmissionRow, Recorded, StakeRow } from "./recorded.js";

/** What rows of one kind do to positions in a block, rao by position. */
export type Effects = Map<string, bigint>;

/** A block of a recording, as its rows tell it. */
export interface ReplayedBlock {
  readonly block: number;
  /** What stake rows did whose cause is an event's. */
  readonly flows: Effects;
  /** What rows did whose cause is `rounding` or `unexplained`. */
  readonly residuals: Effects;
  /** What rows did whose cause is a root claim. */
  readonly claims: Effects;
  readonly emission: Effects;
  readonly balances: readonly BalanceRow[];
  /** What every position holds after the block, by the rows alone. */
  readonly held: ReadonlyMap<string, bigint>;
}

export function positionOf({
  netuid,
  hotkey,
  coldkey,
}: {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}): string {
  return `${netuid}/${hotkey}/${coldkey}`;
}

export function addTo(effects: Effects, position: string, rao: bigint): void {
  effects.set(position, (effects.get(position) ?? 0n) + rao);
}

export function byBlock<Row extends { readonly block: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.block);
    if (group === undefined) groups.set(row.block, [row]);
    else group.push(row);
  }
  return groups;
}

/** The rows of a recording, added up from its opening balances on: blocks that have rows, in order. */
export function* replay({ manifest, stake, emission, balances }: Recorded): Generator<ReplayedBlock> {
  const opening = (manifest.chain?.from_block ?? 0) - 1;
  const held: Effects = new Map();
  for (const row of balances) if (row.block === opening) held.set(positionOf(row), BigInt(row.balance_rao));
  const stakes = byBlock(stake);
  const emissions = byBlock(emission);
  const balanceRows = byBlock(balances);
  const blocks = [...new Set([...stakes.keys(), ...emissions.keys(), ...balanceRows.keys()])].sort((a, b) => a - b);
  for (const block of blocks) {
    const emitted = emissionOf(emissions.get(block) ?? [], held);
    const [flows, residuals, claims]: Effects[] = [new Map(), new Map(), new Map()];
    const effectsOf: Readonly<Record<string, Effects>> = { rounding: residuals, unexplained: residuals, root_claimed: claims };
    for (const row of stakes.get(block) ?? []) apply(row, held, effectsOf[row.cause] ?? flows);
    yield { block, flows, residuals, claims, emission: emitted, balances: balanceRows.get(block) ?? [], held };
  }
}

function emissionOf(rows: readonly EmissionRow[], held: Effects): Effects {
  const effects: Effects = new Map();
  for (const row of rows) {
    for (const sums of [effects, held]) addTo(sums, positionOf(row), BigInt(row.amount_rao));
  }
  return effects;
}

function apply(row: StakeRow, held: Effects, effects: Effects): void {
  const change = (position: string, rao: bigint) => {
    for (const sums of [effects, held]) addTo(sums, position, rao);
  };
  const amount = BigInt(row.amount_rao);
  const to = {
    netuid: row.to_netuid === -1 ? row.netuid : row.to_netuid,
    hotkey: row.to_hotkey ?? row.hotkey,
    coldkey: row.to_coldkey ?? row.coldkey,
  };
  switch (row.action) {
    case "added":
      change(positionOf(row), amount);
      return;
    case "removed":
    case "burned":
    case "unexplained":
    case "rounding":
      change(positionOf(row), -amount);
      return;
    case "moved":
    case "transferred":
    case "swapped":
      change(positionOf(row), -amount);
      change(positionOf(to), row.to_amount_rao === 0 ? amount : BigInt(row.to_amount_rao));
      return;
    case "hotkey_swapped":
    case "coldkey_swapped":
      for (const [position, rao] of [...held]) {
        const [netuid, hotkey, coldkey] = position.split("/");
        const isOf = row.action === "hotkey_swapped" ? hotkey === row.hotkey : coldkey === row.coldkey;
        if (Number(netuid) !== row.netuid || !isOf || rao === 0n) continue;
        const passed = row.action === "hotkey_swapped" ? { hotkey: to.hotkey, coldkey } : { hotkey, coldkey: to.coldkey };
        change(position, -rao);
        change(positionOf({ netuid: row.netuid, ...passed }), rao);
      }
      return;
    default:
      throw new Error(`a recorder of a chain writes no stake row ${row.action}`);
  }
}
