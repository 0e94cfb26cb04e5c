import {
  type AddressBook,
  columnIndex,
  STAKE_ACTIONS,
  STAKE_CAUSES,
  STREAMS,
  type StakeCause,
  type StreamKind,
} from "../../../engine/index.js";
import type { RowSpan } from "./stream-rows-in-order.js";

/** A position whose balance is not what the rows before it sum up to. */
export interface BalanceResidual {
  /** Balance less what the rows sum up to, of either sign. */
  readonly rao: number;
  readonly block: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}

/** Rows whose change was measured, by cause. */
export interface ExplainedFigures {
  rows: number;
  inflow_rao: string;
  outflow_rao: string;
  worst_rao: number;
  worst_block: number;
}

interface Account {
  heldRao: number;
  /** Number of the subnet's edge at which it was compared last. */
  edge: number;
}

/** Ids of addresses are below it: two of them fit into one exact number. */
const IDS = 2 ** 26;

/** Columns of a stream by name, as arrays of a chunk. */
function columnsOf(kind: StreamKind): (name: string) => number {
  return (name) => columnIndex(STREAMS[kind], name);
}
/** All three kinds have it at the same place. */
const BLOCK = columnIndex(STREAMS.stake, "block");
const stake = columnsOf("stake");
const emission = columnsOf("emission");
const balances = columnsOf("balances");
const S = {
  block: stake("block"),
  action: stake("action"),
  netuid: stake("netuid"),
  hotkey: stake("hotkey"),
  coldkey: stake("coldkey"),
  amount: stake("amount_rao"),
  toNetuid: stake("to_netuid"),
  toHotkey: stake("to_hotkey"),
  toColdkey: stake("to_coldkey"),
  toAmount: stake("to_amount_rao"),
  cause: stake("cause"),
};
const E = { netuid: emission("netuid"), hotkey: emission("hotkey"), coldkey: emission("coldkey"), amount: emission("amount_rao") };
const B = {
  block: balances("block"),
  netuid: balances("netuid"),
  hotkey: balances("hotkey"),
  coldkey: balances("coldkey"),
  balance: balances("balance_rao"),
};

/**
 * Adds up a recording once more, knowing nothing of how it was made: each recorded balance must be the one before it plus the
 * flows and the emission between them. The first balance of a recording opens a position.
 */
export class BalanceAudit {
  readonly #subnets = new Map<number, Map<number, Account>>();
  /** By subnet: edges so far, and the block of the last one. */
  readonly #edges = new Map<number, { count: number; block: number; isClosed: boolean }>();
  #timeMs = Number.NEGATIVE_INFINITY;
  readonly #explained = new Map<StakeCause, ExplainedFigures>();
  #worst: BalanceResidual | undefined;
  compared = 0;
  /** Balances that are not what the rows sum up to. */
  wrong = 0;
  emissionRao = 0n;

  #nextRequired = 0;

  /**
   * @param openingBlock balances of this block open positions
   * @param requiredEdges blocks, ascending, after which every position that holds something has a balance
   */
  constructor(
    private readonly addresses: AddressBook,
    private readonly openingBlock: number,
    private readonly requiredEdges: readonly number[],
  ) {}

  get worst(): BalanceResidual | undefined {
    return this.#worst;
  }

  get edges(): number {
    let count = 0;
    for (const edge of this.#edges.values()) count += edge.count;
    return count;
  }

  get explained(): ReadonlyMap<StakeCause, ExplainedFigures> {
    return this.#explained;
  }

  take({ kind, chunk, from, to }: RowSpan): void {
    const columns = chunk.columns as readonly (Float64Array | Int32Array | Uint8Array)[];
    for (let row = from; row < to; row++) this.#row(kind, (column) => columns[column][row]);
  }

  /** Call it after the last row. */
  finish(): void {
    this.#closeEdges(Number.POSITIVE_INFINITY);
  }

  #row(kind: StreamKind, value: (column: number) => number): void {
    // Balances are the last rows of an instant.
    if (value(0) > this.#timeMs) this.#closeEdges(value(BLOCK));
    this.#timeMs = value(0);
    if (kind === "stake") this.#stake(value);
    else if (kind === "emission") {
      this.#account(value(E.netuid), value(E.hotkey), value(E.coldkey)).heldRao += value(E.amount);
      this.emissionRao += BigInt(value(E.amount));
    } else this.#balance(value);
  }

  /** @param block of the row that comes next */
  #closeEdges(block: number): void {
    for (const netuid of this.#edges.keys()) this.#closeEdge(netuid);
    while (this.requiredEdges[this.#nextRequired] < block) {
      const required = this.requiredEdges[this.#nextRequired++];
      for (const [netuid, accounts] of this.#subnets) {
        if (this.#edges.get(netuid)?.block === required) continue;
        for (const [key, account] of accounts) {
          if (account.heldRao !== 0) this.#compare(-account.heldRao, required, netuid, Math.floor(key / IDS), key % IDS);
        }
      }
    }
  }

  #stake(value: (column: number) => number): void {
    const action = STAKE_ACTIONS[value(S.action)];
    const [netuid, hotkey, coldkey, amountRao] = [value(S.netuid), value(S.hotkey), value(S.coldkey), value(S.amount)];
    this.#explain(action === "added" || action === "opened", STAKE_CAUSES[value(S.cause)], amountRao, value(S.block));
    switch (action) {
      case "added":
      case "opened":
        this.#account(netuid, hotkey, coldkey).heldRao += amountRao;
        return;
      case "moved":
      case "swapped":
      case "transferred": {
        const [toNetuid, toHotkey, toColdkey, toAmountRao] = [value(S.toNetuid), value(S.toHotkey), value(S.toColdkey), value(S.toAmount)];
        this.#account(netuid, hotkey, coldkey).heldRao -= amountRao;
        const to = this.#account(toNetuid < 0 ? netuid : toNetuid, toHotkey < 0 ? hotkey : toHotkey, toColdkey < 0 ? coldkey : toColdkey);
        to.heldRao += toAmountRao === 0 ? amountRao : toAmountRao;
        return;
      }
      case "hotkey_swapped":
        this.#rekey(
          netuid,
          (one) => Math.floor(one / IDS) === hotkey,
          (one) => value(S.toHotkey) * IDS + (one % IDS),
        );
        return;
      case "coldkey_swapped":
        this.#rekey(
          netuid,
          (one) => one % IDS === coldkey,
          (one) => one - (one % IDS) + value(S.toColdkey),
        );
        return;
      default:
        this.#account(netuid, hotkey, coldkey).heldRao -= amountRao;
    }
  }

  #balance(value: (column: number) => number): void {
    const [block, netuid, hotkey, coldkey] = [value(B.block), value(B.netuid), value(B.hotkey), value(B.coldkey)];
    const edge = this.#edges.get(netuid) ?? { count: 0, block: -1, isClosed: true };
    if (edge.block !== block) {
      edge.count += 1;
      edge.block = block;
      edge.isClosed = false;
      this.#edges.set(netuid, edge);
    }
    const account = this.#account(netuid, hotkey, coldkey);
    const balanceRao = value(B.balance);
    account.edge = edge.count;
    if (block !== this.openingBlock) this.#compare(balanceRao - account.heldRao, block, netuid, hotkey, coldkey);
    account.heldRao = balanceRao;
  }

  /** Whoever holds something has a balance at every edge: looked at when all rows of the edge's instant were taken. */
  #closeEdge(netuid: number): void {
    const edge = this.#edges.get(netuid);
    if (edge === undefined || edge.isClosed) return;
    edge.isClosed = true;
    for (const [key, account] of this.#accounts(netuid)) {
      if (account.edge === edge.count || account.heldRao === 0) continue;
      this.#compare(-account.heldRao, edge.block, netuid, Math.floor(key / IDS), key % IDS);
      account.heldRao = 0;
    }
  }

  #compare(rao: number, block: number, netuid: number, hotkey: number, coldkey: number): void {
    this.compared += 1;
    if (rao === 0) return;
    this.wrong += 1;
    if (this.#worst !== undefined && Math.abs(rao) <= Math.abs(this.#worst.rao)) return;
    this.#worst = { rao, block, netuid, hotkey: this.addresses.nameOf(hotkey), coldkey: this.addresses.nameOf(coldkey) };
  }

  #explain(isInflow: boolean, cause: StakeCause, amountRao: number, block: number): void {
    if (cause === "event") return;
    let figures = this.#explained.get(cause);
    if (figures === undefined) {
      figures = { rows: 0, inflow_rao: "0", outflow_rao: "0", worst_rao: 0, worst_block: -1 };
      this.#explained.set(cause, figures);
    }
    figures.rows += 1;
    const side = isInflow ? "inflow_rao" : "outflow_rao";
    figures[side] = (BigInt(figures[side]) + BigInt(amountRao)).toString();
    if (amountRao <= figures.worst_rao) return;
    figures.worst_rao = amountRao;
    figures.worst_block = block;
  }

  #rekey(netuid: number, matches: (key: number) => boolean, rekeyed: (key: number) => number): void {
    const accounts = this.#accounts(netuid);
    for (const [key, account] of [...accounts]) {
      if (!matches(key) || rekeyed(key) === key || account.heldRao === 0) continue;
      const target = accountOf(accounts, rekeyed(key));
      target.heldRao += account.heldRao;
      account.heldRao = 0;
    }
  }

  #account(netuid: number, hotkey: number, coldkey: number): Account {
    return accountOf(this.#accounts(netuid), hotkey * IDS + coldkey);
  }

  #accounts(netuid: number): Map<number, Account> {
    let accounts = this.#subnets.get(netuid);
    if (accounts === undefined) {
      accounts = new Map();
      this.#subnets.set(netuid, accounts);
    }
    return accounts;
  }
}

function accountOf(accounts: Map<number, Account>, key: number): Account {
  let account = accounts.get(key);
  if (account === undefined) {
    account = { heldRao: 0, edge: 0 };
    accounts.set(key, account);
  }
  return account;
}
