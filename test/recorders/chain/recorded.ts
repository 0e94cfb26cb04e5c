import { join } from "node:path";
import { afterEach } from "vitest";
import { AddressBook, STREAMS, type StreamKind } from "../../../engine/index.js";
import {
  openRecording,
  type RecordChainOptions,
  type RecordingManifest,
  type RecordReport,
  recordChain,
} from "../../../recorders/index.js";
import { type ChainServer, type Faults, startChainServer, type TestChain } from "../../chain/index.js";
import { useTemporaryFolders } from "../temporary-folder.js";
import { TestClock } from "./test-clock.js";

/** Tries often; the time that it waits is that of a `TestClock`. */
export const PATIENCE = { connectTimeoutMs: 2_000, requestTimeoutMs: 2_000, attempts: 40, firstWaitMs: 1, longestWaitMs: 20 };

interface Placed {
  readonly time_ms: number;
  readonly block: number;
  readonly netuid: number;
}
interface Held extends Placed {
  readonly hotkey: string;
  readonly coldkey: string;
}
export interface StakeRow extends Held {
  readonly extrinsic: number;
  readonly event: number;
  readonly action: string;
  readonly amount_rao: number;
  /** -1, null, null and 0: as where it came from. */
  readonly to_netuid: number;
  readonly to_hotkey: string | null;
  readonly to_coldkey: string | null;
  readonly to_amount_rao: number;
  readonly cause: string;
}
export interface EmissionRow extends Held {
  readonly uid: number;
  readonly role: string;
  readonly amount_rao: number;
}
export interface BalanceRow extends Held {
  readonly balance_rao: number;
}
export interface PriceRow extends Placed {
  readonly price_tao_per_alpha: number;
}
export interface RegistryRow extends Held {
  readonly extrinsic: number;
  readonly event: number;
  readonly action: string;
  readonly uid: number;
}
export interface WeightRow extends Held {
  readonly uid: number;
  readonly weight: number;
}

export interface ValidatorWeightRow extends Placed {
  readonly validator: string;
  readonly hotkey: string;
  readonly weight: number;
  readonly stake_rao: number;
}

/** A recording, read back: codes as words, accounts as addresses. */
export interface Recorded {
  readonly folder: string;
  readonly manifest: RecordingManifest;
  readonly stake: readonly StakeRow[];
  readonly emission: readonly EmissionRow[];
  readonly balances: readonly BalanceRow[];
  readonly price: readonly PriceRow[];
  readonly registry: readonly RegistryRow[];
  readonly weights: readonly WeightRow[];
  readonly validator_weights: readonly ValidatorWeightRow[];
  readonly epoch_marks: readonly Placed[];
}

export async function readRecorded(folder: string): Promise<Recorded> {
  const { manifest, streams } = await openRecording(folder);
  const rows: Partial<Record<StreamKind, Record<string, number | string | null>[]>> = {};
  for (const stream of streams) {
    const { columns } = STREAMS[stream.kind];
    const book = new AddressBook();
    const own: Record<string, number | string | null>[] = [];
    for await (const chunk of stream.openChunks(book)) {
      for (let row = 0; row < chunk.rows; row++) {
        const cells = columns.map(({ name, type, values }, index) => {
          const value = Number(chunk.columns[index][row]);
          if (type === "address") return [name, value < 0 ? null : book.nameOf(value)];
          return [name, type === "choice" ? (values?.[value] ?? value) : value];
        });
        own.push(Object.fromEntries(cells));
      }
    }
    rows[stream.kind] = own;
  }
  const of = <Row>(kind: StreamKind): Row[] => (rows[kind] ?? []) as Row[];
  return {
    folder,
    manifest,
    stake: of("stake"),
    emission: of("emission"),
    balances: of("balances"),
    price: of("price"),
    registry: of("registry"),
    weights: of("weights"),
    validator_weights: of("validator_weights"),
    epoch_marks: of("epoch_marks"),
  };
}

export type RecordOptions = Partial<RecordChainOptions> & Pick<RecordChainOptions, "endpoints">;

/** Everything of a chain from block 1 on, in chunks that are short. No wait ends by itself. */
export function recordOptions(out: string, options: RecordOptions): RecordChainOptions {
  return {
    netuids: [30, 19],
    from: { block: 1 },
    to: "head",
    out,
    chunkBlocks: 37,
    patience: PATIENCE,
    clock: new TestClock(),
    ...options,
  };
}

/** Serves chains and records them; servers and folders are gone after the test. */
export function useChains() {
  const servers: ChainServer[] = [];
  const temporaryFolder = useTemporaryFolders();
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  const serve = async (chain: TestChain, faults: Faults = {}): Promise<ChainServer> => {
    const server = await startChainServer(chain, { faults });
    servers.push(server);
    return server;
  };
  const newFolder = async (): Promise<string> => join(await temporaryFolder(), "recording");
  const record = async (options: RecordOptions): Promise<RecordReport> =>
    recordChain(recordOptions(options.out ?? (await newFolder()), options));
  return {
    serve,
    newFolder,
    record,
    /** Records a chain by a server of its own, and reads the recording back. */
    recordAll: async (chain: TestChain, options: Partial<RecordChainOptions> = {}): Promise<Recorded> => {
      const { url } = await serve(chain);
      const report = await record({ endpoints: [url], ...options });
      return readRecorded(report.folder);
    },
  };
}
