import { createHash } from "node:crypto";
import type { Account } from "./account.js";
import { BlockBuilder } from "./build/block-builder.js";
import type { BlockContext } from "./build/block-context.js";
import { BlockEvents } from "./build/block-events.js";
import { migrate, writeLastUpgrade } from "./build/migrate.js";
import { runtimeOf } from "./metadata/runtime.js";
import { u32, u64 } from "./scale/hex.js";
import { Archive } from "./state/archive.js";
import { BlockState, rowsAt } from "./state/block-state.js";
import { Holders } from "./state/holders.js";
import { positionValueRao } from "./state/position-value.js";
import { SharePools } from "./state/share-pools.js";
import { SYSTEM_EVENTS, SYSTEM_NUMBER, storageKey, TIMESTAMP_NOW } from "./state/storage-key.js";
import { Truth } from "./truth.js";

export interface TestChainOptions {
  /** Time of block 0; block n has the time of n times `blockMs` later. */
  readonly genesisMs: number;
  readonly firstSpec: number;
  /** Tempo of subnets that are added without one. */
  readonly tempo: number;
  readonly blockMs?: number;
  /** Goes into the block hashes. */
  readonly seedName: string;
}

export interface HeldPosition {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly amountRao: bigint;
}

const BLOCK_MS = 12_000;

/** A chain that lives in memory: blocks are appended by what they do, and all of its past can be asked for. */
export class TestChain {
  readonly truth = new Truth();
  readonly archive = new Archive();
  readonly seedName: string;
  readonly #genesisMs: number;
  readonly #blockMs: number;
  readonly #defaultTempo: number;
  readonly #holders = new Holders();
  readonly #capacities = new Map<number, number>();
  readonly #hashes: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** The version of the code in the state of each block. */
  readonly #specs: number[] = [];
  #fork = 0;
  #finalized: number | undefined;

  constructor({ genesisMs, firstSpec, tempo, blockMs = BLOCK_MS, seedName }: TestChainOptions) {
    this.seedName = seedName;
    this.#genesisMs = genesisMs;
    this.#blockMs = blockMs;
    this.#defaultTempo = tempo;
    this.#seal(0, firstSpec);
    const genesis = new BlockState(this.archive, 0);
    genesis.write(SYSTEM_NUMBER, u32(0));
    writeLastUpgrade(genesis, firstSpec);
  }

  /** The number of the newest block. */
  get best(): number {
    return this.#hashes.length - 1;
  }

  /** The number of the newest finalised block: the best one until it is set. */
  get finalized(): number {
    return this.#finalized ?? this.best;
  }

  set finalized(number: number) {
    if (number < 0 || number > this.best) throw new RangeError(`There is no block ${number} to finalise`);
    this.#finalized = number;
  }

  /** Appends a block and returns its number. A block that fails leaves nothing behind. */
  block(build: (b: BlockBuilder) => void = () => {}): number {
    const number = this.best + 1;
    try {
      this.#append(number, build);
    } catch (error) {
      this.#truncate(number - 1);
      throw error;
    }
    return number;
  }

  /** Replaces the last `depth` blocks, none of them finalised, by as many others. */
  reorg(depth: number, build: (b: BlockBuilder) => void = (b) => b.failedExtrinsic(`0x${"f0".repeat(32)}`)): void {
    const base = this.best - depth;
    if (base < this.finalized) throw new RangeError(`Block ${base + 1} is finalised`);
    this.#truncate(base);
    this.#fork += 1;
    for (let count = 0; count < depth; count++) this.block(build);
  }

  hash(number: number): string | undefined {
    return this.#hashes[number];
  }

  /** The number of a block of the present chain. */
  number(hash: string): number | undefined {
    return this.#numbers.get(hash);
  }

  timeMs(number: number): number {
    return this.#genesisMs + number * this.#blockMs;
  }

  /** The version of the code in a block's state: what the next block runs with. */
  spec(number: number): number {
    return this.#specs[number];
  }

  /** A row at the end of a block, `0x` hex. */
  storage(key: string, number: number): string | null {
    return this.archive.at(key, number);
  }

  /** A position in rao of alpha at the end of a block. */
  balance(netuid: number, hotkey: Account, coldkey: Account, number: number): bigint {
    return positionValueRao(rowsAt(this.archive, number), netuid, hotkey, coldkey);
  }

  /** All the positions of a subnet that are worth something at the end of a block. */
  positions(netuid: number, number: number): HeldPosition[] {
    const positions: HeldPosition[] = [];
    for (const hotkey of this.#holders.hotkeys(netuid)) {
      for (const coldkey of this.#holders.coldkeys(netuid, hotkey)) {
        const amountRao = this.balance(netuid, hotkey, coldkey, number);
        if (amountRao > 0n) positions.push({ hotkey, coldkey, amountRao });
      }
    }
    return positions;
  }

  #append(number: number, build: (b: BlockBuilder) => void): void {
    const spec = this.#specs[number - 1];
    const runtime = runtimeOf(spec);
    const state = new BlockState(this.archive, number);
    const pools = new SharePools(state, spec, this.#holders);
    const events = new BlockEvents(runtime);
    let extrinsic: number | undefined;
    let code = spec;
    const context: BlockContext = {
      number,
      timeMs: this.timeMs(number),
      runtime,
      state,
      pools,
      truth: this.truth,
      capacities: this.#capacities,
      subnets: () => [...this.#capacities.keys()].filter((netuid) => state.read(storageKey.subnet("NetworksAdded", netuid)) !== undefined),
      get extrinsic() {
        return extrinsic;
      },
      emit: (pallet, event, values) => events.emit(pallet, event, values),
    };
    const before = number > 1 ? this.#specs[number - 2] : spec;
    if (before !== spec) migrate(context, before);
    const setExtrinsic = (index: number | undefined): void => {
      extrinsic = index;
    };
    const setCode = (next: number): void => {
      code = next;
    };
    build(new BlockBuilder({ context, events, defaultTempo: this.#defaultTempo, setExtrinsic, setCode }));
    state.write(SYSTEM_NUMBER, u32(number));
    state.write(TIMESTAMP_NOW, u64(BigInt(this.timeMs(number))));
    state.write(SYSTEM_EVENTS, events.encoded());
    this.#seal(number, code);
  }

  #seal(number: number, spec: number): void {
    const hash = `0x${createHash("sha256").update(`${this.seedName}/${this.#fork}/${number}`).digest("hex")}`;
    this.#hashes.push(hash);
    this.#numbers.set(hash, number);
    this.#specs.push(spec);
  }

  #truncate(number: number): void {
    for (const hash of this.#hashes.splice(number + 1)) this.#numbers.delete(hash);
    this.#specs.length = number + 1;
    this.archive.truncate(number);
    this.truth.truncate(number);
  }
}
