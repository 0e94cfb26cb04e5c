import * as z from "zod";
import { type Place, TenureError } from "../../../engine/index.js";
import type { CanonicalAddresses } from "../../addresses/index.js";
import { takeRao } from "../amounts.js";
import { takeShape, takeTime } from "../input-values.js";

const address = z.object({ ss58: z.string() });
const netuid = z.int().min(0).max(65_535);
const block = z.int().min(0).max(2_147_483_647);
/** How many rows there are on all pages; a file may hold one page only. */
const pagination = z.object({ total_items: z.int().nullish() }).nullish();

const eventSchema = z.object({
  id: z.string(),
  block_number: block,
  timestamp: z.string(),
  action: z.enum(["DELEGATE", "UNDELEGATE"]),
  nominator: address,
  delegate: address,
  alpha: z.string(),
  netuid,
  extrinsic_id: z.string(),
  is_transfer: z.boolean().nullish(),
  transfer_address: address.nullish(),
});

const balanceSchema = z.object({
  block_number: block,
  timestamp: z.string(),
  hotkey: address,
  coldkey: address,
  netuid,
  balance: z.string(),
});

/** What a row says of its position (netuid, hotkey, coldkey). */
export interface PositionRow {
  readonly timeMs: number;
  readonly block: number;
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  /** Where it stands in the input. */
  readonly place: Place;
}

export interface TaostatsEvent extends PositionRow {
  readonly id: string;
  /** Joined the position (DELEGATE) or left it (UNDELEGATE). */
  readonly joined: boolean;
  readonly alphaRao: number;
  readonly extrinsic: number;
  readonly event: number;
  /** The other coldkey of a transfer: who sent what joined, who received what left. */
  readonly counterparty: string | undefined;
}

export interface TaostatsBalance extends PositionRow {
  readonly balanceRao: number;
}

export interface TaostatsRows<Row> {
  readonly rows: Row[];
  /** On all pages; undefined when the file does not say. */
  readonly total: number | undefined;
}

/** A page of a file, with its place in it: `` for a file that is one page, `[2]` for the third of a list of pages. */
interface Page<Raw> {
  readonly at: string;
  readonly rows: readonly Raw[];
  readonly total: number | undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The pages of a file: one page as the API gives it, a list of such pages, or the bare rows. */
function pagesOf<Raw>(schema: z.ZodType<Raw>, value: unknown, file: string): Page<Raw>[] {
  const page = z.object({ pagination, data: z.array(schema) });
  const taken = (of: z.infer<typeof page>, at: string): Page<Raw> => ({
    at: `${at}${at === "" ? "" : "."}data`,
    rows: of.data,
    total: of.pagination?.total_items ?? undefined,
  });
  if (!Array.isArray(value)) return [taken(takeShape(page, value, file), "")];
  if (value.length > 0 && value.every((entry) => isObject(entry) && "data" in entry)) {
    return takeShape(z.array(page), value, file).map((entry, index) => taken(entry, `[${index}]`));
  }
  return [{ at: "", rows: takeShape(z.array(schema), value, file), total: undefined }];
}

/** What every page says there is in all, the most of it. */
function totalOf(pages: readonly Page<unknown>[]): number | undefined {
  const totals = pages.flatMap(({ total }) => total ?? []);
  return totals.length === 0 ? undefined : Math.max(...totals);
}

/** `1891470-0014` is extrinsic 14 of block 1891470; the last number of `id` is the event. */
function takeIndex(text: string, pattern: RegExp, blockNumber: number, place: Place): number {
  const match = pattern.exec(text);
  const index = match === null ? Number.NaN : Number(match[2]);
  if (match !== null && Number(match[1]) === blockNumber && index <= 2_147_483_647) return index;
  throw new TenureError({
    code: "TEN-IMPORT-009",
    what: match === null ? "An id names no block and index." : "An id names another block than its row.",
    place,
    found: text,
    allowed: `...${blockNumber}-<index>`,
  });
}

/** The rows of a file of stake events, in the order of the file. */
export function readTaostatsEvents(value: unknown, file: string, addresses: CanonicalAddresses): TaostatsRows<TaostatsEvent> {
  const pages = pagesOf(eventSchema, value, file);
  const rows = pages.flatMap((page) =>
    page.rows.map((row, index): TaostatsEvent => {
      const path = `${page.at}[${index}]`;
      const at = (field: string): Place => ({ file, path: `${path}.${field}` });
      const isTransfer = row.is_transfer === true;
      if (isTransfer && row.transfer_address == null) {
        throw new TenureError({
          code: "TEN-IMPORT-004",
          what: "A transfer does not say with whom.",
          place: at("transfer_address"),
          found: "null",
          allowed: "an address, since is_transfer is true",
        });
      }
      return {
        timeMs: takeTime(row.timestamp, () => at("timestamp")),
        block: row.block_number,
        extrinsic: takeIndex(row.extrinsic_id, /^(\d+)-(\d+)$/, row.block_number, at("extrinsic_id")),
        event: takeIndex(row.id, /(?:^|-)(\d+)-(\d+)$/, row.block_number, at("id")),
        id: row.id,
        joined: row.action === "DELEGATE",
        netuid: row.netuid,
        hotkey: addresses.of(row.delegate.ss58),
        coldkey: addresses.of(row.nominator.ss58),
        alphaRao: takeRao(row.alpha, () => at("alpha")),
        counterparty: isTransfer && row.transfer_address != null ? addresses.of(row.transfer_address.ss58) : undefined,
        place: { file, path },
      };
    }),
  );
  return { rows, total: totalOf(pages) };
}

/** The rows of a file of balances, in the order of the file. */
export function readTaostatsBalances(value: unknown, file: string, addresses: CanonicalAddresses): TaostatsRows<TaostatsBalance> {
  const pages = pagesOf(balanceSchema, value, file);
  const rows = pages.flatMap((page) =>
    page.rows.map((row, index): TaostatsBalance => {
      const path = `${page.at}[${index}]`;
      const at = (field: string): Place => ({ file, path: `${path}.${field}` });
      return {
        timeMs: takeTime(row.timestamp, () => at("timestamp")),
        block: row.block_number,
        netuid: row.netuid,
        hotkey: addresses.of(row.hotkey.ss58),
        coldkey: addresses.of(row.coldkey.ss58),
        balanceRao: takeRao(row.balance, () => at("balance")),
        place: { file, path },
      };
    }),
  );
  return { rows, total: totalOf(pages) };
}
