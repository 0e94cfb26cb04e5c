import { type Account, account } from "../account.js";
import { u16 } from "../scale/hex.js";
import { storageKey } from "../state/storage-key.js";
import { changeWithoutEvent, claimRoot, type RootClaim } from "./alpha-calls.js";
import type { BlockContext } from "./block-context.js";
import type { BlockEvents } from "./block-events.js";
import { isEpochDue } from "./epoch-schedule.js";
import { Extrinsic } from "./extrinsic.js";
import { addNetwork, emptyUid, type NewNetwork } from "./neuron-calls.js";
import { type Pay, runEpoch } from "./run-epoch.js";
import { type PoolPrice, setPrice } from "./set-price.js";

const TRANSACTION_FEE_RAO = 125_000n;
const DEFAULT_CAPACITY = 256;

/** What the builder shares with its block beyond what the operations do. */
export interface BlockUnderConstruction {
  readonly context: BlockContext;
  readonly events: BlockEvents;
  readonly defaultTempo: number;
  setExtrinsic(extrinsic: number | undefined): void;
  setCode(spec: number): void;
}

/** What a block does. All amounts are rao of alpha. */
export class BlockBuilder {
  readonly #block: BlockUnderConstruction;

  constructor(block: BlockUnderConstruction) {
    this.#block = block;
  }

  get number(): number {
    return this.#block.context.number;
  }

  /** The version that the block runs with. */
  get spec(): number {
    return this.#block.context.runtime.spec;
  }

  /** The value of a position as the block stands. */
  balance(netuid: number, hk: Account, ck: Account): bigint {
    return this.#block.context.pools.valueRao(netuid, hk, ck);
  }

  /** An extrinsic signed by a coldkey: its own events, then the fee and the success. */
  extrinsic(signer: Account, calls: (x: Extrinsic) => void): void {
    this.#apply(signer, true, calls);
  }

  /** An extrinsic that fails: it leaves nothing but its fee. */
  failedExtrinsic(signer: Account): void {
    this.#apply(signer, false, () => {});
  }

  /** Sets the code of another version, which the next block runs with. */
  upgrade(spec: number): void {
    this.#apply(account("sudo"), true, (x) => x.event("System", "CodeUpdated", []));
    this.#block.setCode(spec);
  }

  /** Adds a subnet, by an extrinsic of its owner. */
  network(netuid: number, network: Pick<NewNetwork, "owner" | "ownerHotkey"> & Partial<NewNetwork>): void {
    const { context, defaultTempo } = this.#block;
    this.#apply(network.owner, true, () => addNetwork(context, netuid, { capacity: DEFAULT_CAPACITY, tempo: defaultTempo, ...network }));
  }

  /** Whether the schedule of the block's runtime has an epoch of the subnet in this block. */
  epochDue(netuid: number): boolean {
    return isEpochDue(this.#block.context, netuid);
  }

  /** Runs an epoch of a subnet, due or not. */
  epoch(netuid: number, pays: readonly Pay[]): void {
    if (!this.#block.events.isInitializing) throw new Error("An epoch runs before the extrinsics of its block");
    runEpoch(this.#block.context, netuid, pays);
  }

  /** Blocks after which a validator that sets no weights is inactive. */
  activityCutoff(netuid: number, blocks: number): void {
    this.#block.context.state.write(storageKey.subnet("ActivityCutoff", netuid), u16(blocks));
  }

  price(netuid: number, pool: PoolPrice): void {
    setPrice(this.#block.context, netuid, pool);
  }

  /**
   * Root dividends that the chain claims for a coldkey whose turn it is, in every block for somebody; where nothing is due
   * there is an event all the same.
   */
  autoClaim(ck: Account, claims: readonly RootClaim[]): void {
    if (!this.#block.events.isInitializing) throw new Error("The chain claims before the extrinsics of a block");
    claimRoot(this.#block.context, ck, claims);
  }

  /** Changes a position without any event. */
  silent(ck: Account, hk: Account, netuid: number, signedAlpha: bigint): void {
    changeWithoutEvent(this.#block.context, { netuid, hotkey: hk, coldkey: ck }, signedAlpha);
  }

  /** Empties a uid without any event. */
  trimUid(netuid: number, uid: number): void {
    emptyUid(this.#block.context, netuid, uid);
  }

  #apply(signer: Account, isSuccess: boolean, calls: (x: Extrinsic) => void): void {
    const { context, events } = this.#block;
    this.#block.setExtrinsic(events.begin());
    calls(new Extrinsic(context));
    events.emit("TransactionPayment", "TransactionFeePaid", { who: signer, actual_fee: TRANSACTION_FEE_RAO, tip: 0n });
    events.end(isSuccess);
    this.#block.setExtrinsic(undefined);
  }
}
