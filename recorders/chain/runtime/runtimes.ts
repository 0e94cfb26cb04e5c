import { TenureError } from "../../../engine/index.js";
import type { ChainLibrary } from "./chain-library.js";
import { requireKnownKeys } from "./known-maps.js";
import { Runtime } from "./runtime.js";

/** Blocks come in order, so a runtime is not needed again once the chain has left it. */
const MOST_KNOWN = 4;

/**
 * The runtimes of a chain by spec version, each fetched once. A block is made, and its state laid out, by the runtime that
 * its *parent's* state holds: where a block replaces the code, the next block is the first of the new runtime.
 */
export class Runtimes {
  readonly #known = new Map<number, Promise<Runtime>>();

  constructor(private readonly library: ChainLibrary) {}

  /**
   * The runtime that made a block.
   * @param specVersion as the block's state says (System.LastRuntimeUpgrade)
   * @param hash of the block
   * @throws TenureError `TEN-CHAIN-010`, `-011`; what `ChainClient.call` throws
   */
  of(specVersion: number, block: number, hash: string): Promise<Runtime> {
    let runtime = this.#known.get(specVersion);
    if (runtime === undefined) {
      runtime = this.#fetch(specVersion, block, hash);
      this.#known.set(specVersion, runtime);
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= MOST_KNOWN) break;
        this.#known.delete(oldest);
      }
    }
    return runtime;
  }

  async #fetch(specVersion: number, block: number, hash: string): Promise<Runtime> {
    const { metadata, specVersion: found } = await this.library.runtimeOf(hash);
    if (found !== specVersion) {
      throw new TenureError({
        code: "TEN-CHAIN-011",
        what: "The block was made by another runtime than its parent's state holds.",
        place: { block },
        found: `spec ${specVersion}`,
        allowed: `spec ${found}`,
      });
    }
    const runtime = new Runtime(specVersion, metadata, block);
    requireKnownKeys(runtime);
    return runtime;
  }
}
