import { setMaxListeners } from "node:events";
import { InvariantError, TenureError } from "../../../engine/index.js";
import { gaveUp, nodeBehind, otherChain, otherFork, refusedBy, unreachable } from "./chain-errors.js";
import { type Clock, WALL_CLOCK } from "./clock.js";
import { ChainConnection } from "./connection.js";
import { InFlight } from "./in-flight.js";
import { DEFAULT_PATIENCE, type Patience } from "./patience.js";
import { RpcFailure } from "./rpc-failure.js";
import { untilAborted } from "./until-aborted.js";

export interface ChainClientOptions {
  /** WebSocket addresses of nodes of one chain; the first one that answers is used until it fails. */
  readonly endpoints: readonly string[];
  /** Requests under way at the same time. */
  readonly concurrency: number;
  readonly patience?: Partial<Patience> | undefined;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  /** Told of what goes wrong and is mended, in words. */
  readonly onTrouble?: ((words: string) => void) | undefined;
}

/** How often it is looked whether a connection that waits for heads is still there. */
const WATCH_MS = 250;
/** A node that is busy so often in a row is left for the next one. */
const BUSY_ATTEMPTS = 3;

/** A block whose hash every node that is used must give. */
interface Anchor {
  readonly block: number;
  readonly hash: string;
}

/**
 * Asks nodes of one chain, one endpoint at a time: bounded requests in flight, waits when refused, connects again when
 * the connection breaks, goes on to the next endpoint when one fails. A node that is not of the chain is never used.
 */
export class ChainClient {
  readonly #options: ChainClientOptions;
  readonly #patience: Patience;
  readonly #clock: Clock;
  readonly #inFlight: InFlight;
  #endpoint = 0;
  #connection: ChainConnection | undefined;
  #connecting: Promise<ChainConnection> | undefined;
  #everConnected = false;
  #genesisHash = "";
  #anchor: Anchor | undefined;
  #finalizedBlock = -1;
  readonly #headListeners = new Set<() => void>();
  /** Requests sent, whatever became of them. */
  requests = 0;
  /** Requests answered. */
  #answers = 0;

  constructor(options: ChainClientOptions) {
    if (options.endpoints.length === 0) throw new InvariantError("a chain client without an endpoint");
    this.#options = options;
    this.#patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.#clock = options.clock ?? WALL_CLOCK;
    this.#inFlight = new InFlight(options.concurrency, this.#clock);
    // Every request that waits listens to it.
    setMaxListeners(0, options.signal);
    // What hangs at a node that does not answer is not waited for.
    options.signal.addEventListener("abort", () => this.close(), { once: true });
  }

  /** The address in use. */
  get endpoint(): string {
    return this.#options.endpoints[this.#endpoint];
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** Hash of block 0. Known once connected. */
  get genesisHash(): string {
    return this.#genesisHash;
  }

  /** The latest block that the node in use called final. Known once connected. */
  get finalizedBlock(): number {
    return this.#finalizedBlock;
  }

  /**
   * Connects to the first endpoint that answers.
   * @throws TenureError `TEN-CHAIN-001` none answers, `-004` the chain is another one
   */
  async connect(): Promise<void> {
    await this.#connected();
  }

  /**
   * From now on only nodes that have this block are used. Each endpoint is asked once: one that has not got there yet is left
   * for the next one.
   * @throws TenureError `TEN-CHAIN-007` none has got there, `-004` the one in use has another block there
   */
  async anchorAt(block: number, hash: string): Promise<void> {
    const { endpoints, onTrouble } = this.#options;
    let highest = -1;
    for (let asked = 1; ; asked++) {
      const found = await this.call("chain_getBlockHash", [block]);
      if (found === hash) return this.noteAnchor(block, hash);
      if (typeof found === "string") throw otherFork(this.endpoint, block, found, hash);
      highest = Math.max(highest, this.#finalizedBlock);
      if (asked === endpoints.length) throw nodeBehind(endpoints, highest, block);
      onTrouble?.(`${this.endpoint} is behind the recording: final up to block ${this.#finalizedBlock} of ${block}`);
      this.close();
      this.#nextEndpoint();
    }
  }

  /** The same for a block that the node in use has just given: other nodes are asked for it before they are used. */
  noteAnchor(block: number, hash: string): void {
    this.#anchor = { block, hash };
  }

  /**
   * Sends a request until it is answered.
   * @throws TenureError `TEN-CHAIN-001` to `-004`; RpcFailure of kind `pruned`
   */
  call(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#inFlight.run(() => this.#persist(method, params), this.signal);
  }

  /**
   * Resolves when the finalised head is at a block or beyond. Where no head comes for long, the line may be dead without knowing
   * it: it is made anew, with the next endpoint.
   * @throws the signal's reason
   */
  async waitForFinalized(block: number): Promise<void> {
    while (this.#finalizedBlock < block) {
      this.signal.throwIfAborted();
      const connection = await this.#connected();
      if (this.#finalizedBlock >= block) return;
      const heard = await this.#nextHead(connection);
      if (heard || connection !== this.#connection) continue;
      if (connection.ended === undefined) {
        this.#options.onTrouble?.(`${connection.url} named no final block for ${this.#patience.silenceMs / 1_000} s; connecting anew`);
      }
      this.#leave(connection);
    }
  }

  /** Waits for a head; false when none came for long, or the connection broke. */
  #nextHead(connection: ChainConnection): Promise<boolean> {
    const until = this.#clock.now() + this.#patience.silenceMs;
    return new Promise((resolve) => {
      const end = (heard: boolean) => {
        clearInterval(watch);
        this.signal.removeEventListener("abort", onHead);
        this.#headListeners.delete(onHead);
        resolve(heard);
      };
      const onHead = () => end(true);
      // A connection that breaks while nothing is asked is noticed here.
      const watch = setInterval(() => {
        if (connection.ended !== undefined || this.#clock.now() > until) end(false);
      }, WATCH_MS);
      this.#headListeners.add(onHead);
      this.signal.addEventListener("abort", onHead);
    });
  }

  close(): void {
    this.#connection?.close();
  }

  async #persist(method: string, params: readonly unknown[]): Promise<unknown> {
    const { attempts } = this.#patience;
    let refusals = 0;
    let failures = 0;
    for (;;) {
      this.signal.throwIfAborted();
      const connection = await this.#connected();
      const answers = this.#answers;
      try {
        this.requests++;
        const result = await untilAborted(connection.request(method, params, this.#patience.requestTimeoutMs), this.signal);
        this.#answers++;
        return result;
      } catch (error) {
        if (!(error instanceof RpcFailure)) throw error;
        this.signal.throwIfAborted();
        if (error.kind === "pruned") throw error;
        if (error.kind === "refused" && (error.code === -32601 || error.code === -32602 || ++refusals >= 3)) {
          throw refusedBy(connection.url, method, error.message, error.code);
        }
        // As long as the node answers others this one has its turn some time: failures count when nothing gets through.
        failures = this.#answers === answers ? failures + 1 : 1;
        if (failures >= attempts) throw gaveUp(this.#options.endpoints, method, error.message, attempts);
        await this.#recover(connection, error, failures);
      }
    }
  }

  /** What is done after a failure, before the next attempt. */
  async #recover(connection: ChainConnection, failure: RpcFailure, attempt: number): Promise<void> {
    const { firstWaitMs, longestWaitMs } = this.#patience;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1));
    const isCurrent = connection === this.#connection;
    if (failure.kind === "busy") {
      this.#inFlight.pause(waitMs);
      this.#options.onTrouble?.(`${connection.url} asks to wait: ${failure.message}`);
      if (isCurrent && attempt % BUSY_ATTEMPTS === 0 && this.#options.endpoints.length > 1) this.#leave(connection);
    } else if (isCurrent && (connection.ended !== undefined || attempt >= 2)) {
      // A node that does not answer, or does not know the block, twice in a row is left for the next one.
      this.#leave(connection);
      this.#options.onTrouble?.(`${connection.url} failed (${failure.message}); going on with ${this.endpoint}`);
    }
    // The first break is usually one of the line: no wait before the line is tried again.
    if (attempt > 1 || failure.kind !== "lost") await this.#clock.sleep(waitMs, this.signal);
  }

  #leave(connection: ChainConnection): void {
    connection.close();
    this.#connection = undefined;
    this.#nextEndpoint();
  }

  #nextEndpoint(): void {
    this.#endpoint = (this.#endpoint + 1) % this.#options.endpoints.length;
  }

  #connected(): Promise<ChainConnection> {
    if (this.#connection !== undefined && this.#connection.ended === undefined) return Promise.resolve(this.#connection);
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** Tries the endpoints in turn: each once before the first answer; after it, as often as a request is tried. */
  async #open(): Promise<ChainConnection> {
    const { endpoints } = this.#options;
    const { connectTimeoutMs, attempts, firstWaitMs, longestWaitMs } = this.#patience;
    const rounds = this.#everConnected ? attempts : 1;
    let reason = "";
    for (let round = 1; round <= rounds; round++) {
      for (let tried = 0; tried < endpoints.length; tried++) {
        this.signal.throwIfAborted();
        let connection: ChainConnection | undefined;
        try {
          connection = await ChainConnection.open(this.endpoint, connectTimeoutMs, this.signal, this.#clock);
          await this.#greet(connection);
          this.signal.throwIfAborted();
          this.#connection = connection;
          this.#everConnected = true;
          return connection;
        } catch (error) {
          connection?.close();
          // Another chain behind one of several endpoints is a mistake of the user, not a failure to be passed over.
          if (error instanceof TenureError) throw error;
          if (!(error instanceof RpcFailure)) throw error;
          reason = error.message;
          if (endpoints.length > 1) this.#options.onTrouble?.(`${this.endpoint} cannot be reached: ${reason}`);
          this.#nextEndpoint();
        }
      }
      if (round < rounds) await this.#clock.sleep(Math.min(longestWaitMs, firstWaitMs * 2 ** (round - 1)), this.signal);
    }
    if (!this.#everConnected) throw unreachable(endpoints, reason, connectTimeoutMs);
    throw gaveUp(endpoints, "connecting", reason, attempts);
  }

  /** Asks a new connection who it is, and where its chain is. */
  async #greet(connection: ChainConnection): Promise<void> {
    const { connectTimeoutMs } = this.#patience;
    this.requests += 2;
    const genesis = await connection.request("chain_getBlockHash", [0], connectTimeoutMs);
    if (typeof genesis !== "string") throw new RpcFailure("lost", "the node has no genesis block");
    if (this.#genesisHash !== "" && genesis !== this.#genesisHash) {
      throw otherChain(connection.url, genesis, this.#genesisHash);
    }
    this.#genesisHash = genesis;
    let finalized = -1;
    const first = new Promise<void>((resolve, reject) => {
      const late = () => reject(new RpcFailure("slow", `no finalised head within ${connectTimeoutMs} ms`));
      const callOff = this.#clock.alarm(connectTimeoutMs, late);
      connection
        .subscribe(
          "chain_subscribeFinalizedHeads",
          (header) => {
            const number = Number((header as { number?: unknown } | null)?.number);
            if (!Number.isSafeInteger(number)) return;
            finalized = Math.max(finalized, number);
            if (this.#connection === connection || this.#connection === undefined) this.#noteHead(finalized);
            callOff();
            resolve();
          },
          connectTimeoutMs,
        )
        .catch((error) => {
          callOff();
          reject(error);
        });
    });
    await first;
    await this.#checkAnchor(connection, finalized);
    this.#finalizedBlock = finalized;
  }

  #noteHead(block: number): void {
    this.#finalizedBlock = Math.max(this.#finalizedBlock, block);
    for (const wake of [...this.#headListeners]) wake();
  }

  async #checkAnchor(connection: ChainConnection, finalized: number): Promise<void> {
    if (this.#anchor === undefined) return;
    const { block, hash } = this.#anchor;
    this.requests++;
    const found = await connection.request("chain_getBlockHash", [block], this.#patience.connectTimeoutMs);
    if (found === hash) return;
    if (found === null || found === undefined) {
      throw new RpcFailure("lost", `the node is behind: final up to block ${finalized}, and block ${block} is recorded`);
    }
    throw otherFork(connection.url, block, String(found), hash);
  }
}
