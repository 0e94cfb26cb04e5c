import { AddressBook, type ColumnBatch } from "../../../engine/index.js";
import { makeSyntheticStreams, type SyntheticContext, type SyntheticOptions, type SyntheticStream } from "../../../scenarios/index.js";

export const RAO = 1_000_000_000;
export const DAY = 86_400_000;
export const START = Date.UTC(2025, 0, 1);

export const OPTIONS: SyntheticOptions = {
  miners: 12,
  coldkeys: 5,
  firstUid: 3,
  registry: true,
  coverage: "subnet",
  minerPotRaoPerBlock: 0.41 * RAO,
  shareSpread: 8,
  shareJitter: 0.1,
  openingStake: { fromRao: RAO, toRao: 100 * RAO },
  addsPerDay: 1,
  addSize: { fromRao: 0.1 * RAO, toRao: 20 * RAO },
  removesPerDay: 2,
  removeSize: { fromRao: 0.1 * RAO, toRao: 50 * RAO },
  behaviours: { holders: 0.25, trimmers: 0.25, sweepers: 0.5 },
  sweepEveryDays: { fromDays: 1, toDays: 10 },
  firstBlock: 1000,
};

export interface Row {
  readonly time_ms: number;
  readonly block: number;
  readonly extrinsic: number;
  readonly event: number;
  readonly action: string;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly uid: number;
  readonly role: string;
  readonly amount_rao: number;
}

export interface Made {
  readonly streams: readonly SyntheticStream[];
  readonly addresses: AddressBook;
  rows(kind: string): Row[];
}

/** Makes 20 days of a small subnet; everything that is not stated is `OPTIONS`. */
export function make(options: Partial<SyntheticOptions> = {}, context: Partial<SyntheticContext> = {}): Made {
  const addresses = context.addresses ?? new AddressBook();
  const streams = makeSyntheticStreams(
    { ...OPTIONS, ...options },
    { name: "peers", seed: 1, replicate: 0, netuid: 7, startMs: START, endMs: START + 20 * DAY, tempoBlocks: 360, addresses, ...context },
  );
  return {
    streams,
    addresses,
    rows: (kind) => {
      const stream = streams.find(({ description }) => description.kind === kind);
      return stream === undefined ? [] : rowsOf(stream.chunks, addresses);
    },
  };
}

function rowsOf(chunks: Iterable<ColumnBatch>, addresses: AddressBook): Row[] {
  const rows: Row[] = [];
  for (const { declaration, rows: count, columns } of chunks) {
    for (let row = 0; row < count; row++) {
      rows.push(
        Object.fromEntries(
          declaration.columns.map(({ name, type, values }, index) => {
            const value = columns[index]?.[row] as number;
            return [name, type === "address" ? addresses.nameOf(value) : type === "choice" ? values?.[value] : value];
          }),
        ) as unknown as Row,
      );
    }
  }
  return rows;
}
