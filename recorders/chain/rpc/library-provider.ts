import type { ApiOptions } from "@polkadot/api/types";
import { TenureError } from "../../../engine/index.js";
import type { ChainClient } from "./chain-client.js";
import { unreadableAnswer } from "./chain-errors.js";

/** `blake2b-64("Metadata")`: how a runtime's version names the interface that gives metadata by version. */
const METADATA_API = "0x37e397fc7c91f5e4";
/** SCALE of a list of one version, 14: the library goes by the version that stands in the metadata itself. */
const ONE_VERSION = "0x040e000000";
/** `meta`, and the version: 14, 15 or 16. */
const METADATA = /^0x6d657461(0e|0f|10)/i;
const METADATA_HEAD = 12;

type ProviderInterface = NonNullable<ApiOptions["provider"]>;

/**
 * What polkadot.js asks a node through: the recorder's own client, with its patience, endpoints and checks. (The library's own
 * provider is not used: an answer that is cut off ends the process.)
 *
 * The library writes every failure to the console, so none reaches it: who waits for the library is told by `failure`. It also
 * writes that an older runtime cannot give metadata by version; so that is answered here, with what `state_getMetadata` says under
 * every runtime.
 */
export class LibraryProvider implements ProviderInterface {
  /** Without subscriptions the library neither watches the chain's head nor sends a sign of life every ten seconds. */
  readonly hasSubscriptions = false;
  readonly isClonable = false;
  readonly isConnected = true;
  /** Rejects with what went wrong first. */
  readonly failure: Promise<never>;
  #fail: (reason: unknown) => void = () => undefined;

  constructor(private readonly client: ChainClient) {
    this.failure = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failure.catch(() => undefined);
  }

  async send<T>(method: string, params: unknown[]): Promise<T> {
    try {
      return (await this.#answer(method, params)) as T;
    } catch (error) {
      this.#fail(error);
      return new Promise<T>(() => undefined);
    }
  }

  clone(): ProviderInterface {
    return new LibraryProvider(this.client);
  }

  async connect(): Promise<void> {}

  async disconnect(): Promise<void> {}

  on(): () => void {
    return () => undefined;
  }

  async subscribe(): Promise<never> {
    throw new Error("subscriptions are the client's");
  }

  async unsubscribe(): Promise<boolean> {
    return true;
  }

  async #answer(method: string, params: unknown[]): Promise<unknown> {
    const { client } = this;
    const [name, , at] = params;
    if (method === "state_call" && name === "Metadata_metadata_versions") return ONE_VERSION;
    if (method === "state_call" && name === "Metadata_metadata_at_version") {
      return someBytes(await this.#metadata(at === undefined || at === null ? [] : [at]));
    }
    if (method === "state_getMetadata") return this.#metadata(params);
    const answer = await client.call(method, params);
    if (method === "state_getRuntimeVersion") return withMetadataApi(client, answer);
    // A block that the node has named, and does not know.
    if (method === "chain_getHeader" && answer === null) throw unreadableAnswer(client.endpoint, method, answer);
    return answer;
  }

  async #metadata(params: readonly unknown[]): Promise<string> {
    const answer = await this.client.call("state_getMetadata", params);
    if (typeof answer !== "string") throw unreadableAnswer(this.client.endpoint, "state_getMetadata", answer);
    if (METADATA.test(answer)) return answer;
    throw new TenureError({
      code: "TEN-CHAIN-011",
      what: "The runtime's metadata cannot be read.",
      place: { path: this.client.endpoint },
      found: answer.slice(0, METADATA_HEAD),
      allowed: "metadata of version 14, 15 or 16, which begins with 0x6d657461 and 0e, 0f or 10",
      hint: "What is recorded stays. A newer Tenure may know this runtime.",
    });
  }
}

/** SCALE of `Some(bytes)`. */
function someBytes(hex: string): string {
  const size = (hex.length - 2) / 2;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(size * 4 + 2);
  return `0x01${length.toString("hex")}${hex.slice(2)}`;
}

function withMetadataApi(client: ChainClient, version: unknown): unknown {
  const { specVersion, apis } = (version ?? {}) as { specVersion?: unknown; apis?: unknown };
  if (typeof specVersion !== "number" || !Array.isArray(apis)) throw unreadableAnswer(client.endpoint, "state_getRuntimeVersion", version);
  const others = (apis as [string, number][]).filter(([name]) => name !== METADATA_API);
  return { ...(version as object), apis: [...others, [METADATA_API, 2]] };
}
