import { ApiPromise } from "@polkadot/api";
import type { Metadata, TypeRegistry } from "@polkadot/types";
import { bytesOf } from "../little-endian.js";
import type { ChainClient } from "../rpc/chain-client.js";
import { LibraryProvider } from "../rpc/library-provider.js";

/** What polkadot.js keeps of one runtime of the chain. */
export interface LibraryRuntime {
  readonly specVersion: number;
  readonly metadata: Metadata;
  readonly registry: TypeRegistry;
}

/** The library keeps every runtime it has met, some 50 MB each once it is used; a year of a chain goes through dozens. */
const MOST_RUNTIMES = 4;

/**
 * polkadot.js over the recorder's own client: what it knows of the chain's runtimes, one for each spec version. It is made anew
 * when it has met many, and after a failure.
 */
export class ChainLibrary {
  #open: Promise<{ readonly api: ApiPromise; readonly provider: LibraryProvider }> | undefined;
  readonly #met = new Set<number>();

  constructor(private readonly client: ChainClient) {}

  /** The chain's name, as the node says it. */
  chainName(): Promise<string> {
    return this.#ask(async (api) => api.runtimeChain.toString());
  }

  /**
   * The runtime that made a block: the one that its parent's state holds; of block 0, its own.
   * @param hash of the block
   * @throws what `ChainClient.call` throws
   */
  async runtimeOf(hash: string): Promise<LibraryRuntime> {
    if (this.#met.size >= MOST_RUNTIMES) await this.close();
    const { metadata, registry, runtimeVersion } = await this.#ask((api) => api.getBlockRegistry(bytesOf(hash)));
    const specVersion = runtimeVersion.specVersion.toNumber();
    this.#met.add(specVersion);
    // The registry is made by the library as a TypeRegistry; its own types say less.
    return { specVersion, metadata, registry: registry as unknown as TypeRegistry };
  }

  /** Lets go of what the library keeps. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#met.clear();
    await open?.then(({ api }) => api.disconnect()).catch(() => undefined);
  }

  async #ask<T>(question: (api: ApiPromise) => Promise<T>): Promise<T> {
    this.#open ??= this.#connect();
    const opened = this.#open;
    try {
      const { api, provider } = await opened;
      return await Promise.race([question(api), provider.failure]);
    } catch (error) {
      if (this.#open === opened) await this.close();
      throw error;
    }
  }

  async #connect() {
    const provider = new LibraryProvider(this.client);
    const api = new ApiPromise({ provider, noInitWarn: true });
    await Promise.race([api.isReadyOrError, provider.failure]);
    return { api, provider };
  }
}
