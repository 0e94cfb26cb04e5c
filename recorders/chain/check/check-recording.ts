import { AddressBook, type StakeCause, TenureError } from "../../../engine/index.js";
import { type ChainSection, openRecording, type RecordingManifest, readRecordingManifest, recordedKinds } from "../../streams/index.js";
import { BalanceAudit, type BalanceResidual, type ExplainedFigures } from "./balance-audit.js";
import { DEFAULT_EPOCH_BOUND_RAO, EpochAudit, type EpochCheck } from "./epoch-audit.js";
import { type RoundingCheck, roundingCheck } from "./rounding-check.js";
import { type RowSpan, rowsInOrder } from "./stream-rows-in-order.js";

/** Rows between two progress reports. */
const PROGRESS_ROWS = 65_536;

export interface CheckProgress {
  readonly stage: "checking files" | "adding up";
  readonly done: number;
  readonly total: number;
}

export interface CheckOptions {
  readonly onProgress?: (progress: CheckProgress) => void;
  readonly signal?: AbortSignal;
  /** In no epoch may more emission be recorded than the chain says it paid and this, rao. */
  readonly epochBoundRao?: number;
}

/** What the check of a recording of a chain found. */
export interface RecordingCheck {
  readonly ok: boolean;
  /** What is wrong, in words; empty when it is in order. */
  readonly faults: readonly string[];
  readonly folder: string;
  readonly digest: string;
  readonly chain: ChainSection;
  readonly netuids: readonly number[];
  readonly files: number;
  readonly bytes: number;
  /** False: a file was not what the manifest says, so the rest of the figures say nothing. */
  readonly added_up: boolean;
  /** Epochs and ends of chunks at which balances were compared, over all subnets. */
  readonly edges: number;
  readonly balances_compared: number;
  readonly balances_wrong: number;
  /** The largest difference between a balance and what the rows sum up to; null: there is none. */
  readonly worst_residual: BalanceResidual | null;
  /** Rows whose amount was measured, by cause. */
  readonly explained: Readonly<Partial<Record<StakeCause, ExplainedFigures>>>;
  readonly emission_rao: string;
  /** Attributed pay of miners against what the chain says: the largest difference. */
  /** Emission rows of each epoch against what the chain says it paid. */
  readonly epoch_check: EpochCheck;
  /** Which of the measured changes are the chain's rounding, and by which arithmetic. */
  readonly rounding: RoundingCheck;
  readonly pay_check: { readonly miners: number; readonly worst_rao: number; readonly worst_block: number | null };
}

/**
 * Checks a recording of a chain with nothing but its files: that each file is the one the manifest names, that chunks follow
 * each other without a hole, and that every balance is the one before plus flows plus emission. Shares no code with what made
 * the rows.
 * @throws TenureError `TEN-STREAM-001` to `-004`, `-018` no recording, or its manifest is damaged; `TEN-CHAIN-032` not of a chain
 */
export async function checkRecording(folder: string, options: CheckOptions = {}): Promise<RecordingCheck> {
  const manifest = await readRecordingManifest(folder, { trusting: true });
  const { chain } = manifest;
  if (chain === undefined) {
    throw new TenureError({
      code: "TEN-CHAIN-032",
      what: "The recording is not one of a chain, so it has no chunks and epochs to check.",
      place: { file: folder },
      found: `made by \`tenure import ${manifest.source.importer}\``,
      allowed: "a folder that `tenure record` wrote",
      hint: "A run checks the files of any recording before it uses them.",
    });
  }
  const faults = [...continuityFaults(manifest, chain), ...(await changeFaults(folder))];
  const addresses = new AddressBook();
  const audit = new BalanceAudit(
    addresses,
    chain.from_block - 1,
    chain.chunks.map(({ to_block }) => to_block),
  );
  const epochs = new EpochAudit();
  let isAddedUp = false;
  try {
    await addUp(folder, manifest, addresses, [audit, epochs], options);
    audit.finish();
    isAddedUp = true;
    faults.push(...countFaults(chain, audit));
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    faults.push(error.message);
  }
  if (audit.wrong > 0) faults.push(`${audit.wrong} of ${audit.compared} balances are not the one before plus flows and emission.`);
  const epochCheck = epochs.compare(chain, options.epochBoundRao ?? DEFAULT_EPOCH_BOUND_RAO);
  if (isAddedUp && epochCheck.over_bound > 0) faults.push(epochFault(epochCheck));
  const files = recordedKinds(manifest).flatMap((kind) => manifest.streams[kind]?.files ?? []);
  return {
    ok: faults.length === 0,
    faults,
    folder,
    digest: manifest.digest,
    chain,
    netuids: manifest.source.netuids,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    added_up: isAddedUp,
    edges: audit.edges,
    balances_compared: audit.compared,
    balances_wrong: audit.wrong,
    worst_residual: audit.worst ?? null,
    explained: Object.fromEntries(audit.explained),
    emission_rao: audit.emissionRao.toString(),
    epoch_check: epochCheck,
    rounding: roundingCheck(chain),
    pay_check: payCheck(chain),
  };
}

async function addUp(
  folder: string,
  manifest: RecordingManifest,
  addresses: AddressBook,
  audits: readonly { take(rows: RowSpan): void }[],
  { onProgress, signal }: CheckOptions,
): Promise<void> {
  const recording = await openRecording(folder, {
    trusting: true,
    ...(signal === undefined ? {} : { signal }),
    onProgress: (done, total) => onProgress?.({ stage: "checking files", done, total }),
  });
  const kinds = ["emission", "stake", "balances"] as const;
  const total = kinds.reduce((sum, kind) => sum + (manifest.streams[kind]?.rows ?? 0), 0);
  let done = 0;
  let told = 0;
  for await (const rows of rowsInOrder(recording, kinds, addresses)) {
    for (const audit of audits) audit.take(rows);
    done += rows.to - rows.from;
    if (done - told < PROGRESS_ROWS) continue;
    told = done;
    signal?.throwIfAborted();
    onProgress?.({ stage: "adding up", done, total });
  }
}

/** Was the manifest changed after it was written? */
async function changeFaults(folder: string): Promise<string[]> {
  try {
    await readRecordingManifest(folder);
    return [];
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    return [error.message];
  }
}

/** Chunks cover the range without holes, at the multiples they belong to, and files lie inside their chunks. */
function* continuityFaults(manifest: RecordingManifest, chain: ChainSection): Generator<string> {
  let next = chain.from_block;
  for (const { from_block, to_block } of chain.chunks) {
    if (from_block !== next) yield `A chunk begins with block ${from_block}; the one before it ends with block ${next - 1}.`;
    if (to_block < from_block) yield `A chunk goes from block ${from_block} to ${to_block}.`;
    if (Math.floor(from_block / chain.chunk_blocks) !== Math.floor(to_block / chain.chunk_blocks)) {
      yield `The chunk of blocks ${from_block} to ${to_block} is longer than ${chain.chunk_blocks} blocks allow.`;
    }
    next = to_block + 1;
  }
  if (next - 1 !== chain.to_block) yield `The last chunk ends with block ${next - 1}, the recording with block ${chain.to_block}.`;
  for (const kind of recordedKinds(manifest)) {
    for (const { path, from_block, to_block } of manifest.streams[kind]?.files ?? []) {
      if (from_block === null || to_block === null) continue;
      const first = Number(/(\d+)-\d+\.arrow$/.exec(path)?.[1]);
      const chunk = chain.chunks.find((one) => one.from_block === first);
      // A recording begins with the state of the block before its first one.
      const least = first === chain.from_block ? first - 1 : first;
      if (chunk === undefined || from_block < least || to_block > chunk.to_block) {
        yield `${path} holds blocks ${from_block} to ${to_block}, which are not those of its chunk.`;
      }
    }
  }
}

/** What the manifest counts must be what the rows hold. */
function* countFaults({ chunks }: ChainSection, audit: BalanceAudit): Generator<string> {
  for (const cause of ["rounding", "unexplained"] as const) {
    const rows = chunks.reduce((sum, { residuals }) => sum + residuals[cause].rows, 0);
    const rao = chunks.reduce((sum, { residuals }) => sum + BigInt(residuals[cause].rao), 0n);
    const found = audit.explained.get(cause);
    const foundRao = found === undefined ? 0n : BigInt(found.inflow_rao) + BigInt(found.outflow_rao);
    if (rows === (found?.rows ?? 0) && rao === foundRao) continue;
    yield `The manifest counts ${rows} rows of ${rao} rao as ${cause}; the stake stream has ${found?.rows ?? 0} of ${foundRao} rao.`;
  }
}

function epochFault({ over_bound, bound_rao, worst_excess }: EpochCheck): string {
  const where =
    worst_excess === null ? "" : `: ${worst_excess.rao} rao in block ${worst_excess.block} of subnet ${worst_excess.netuid} at worst`;
  return `In ${over_bound === 1 ? "1 epoch" : `${over_bound} epochs`} more is recorded as emission than the chain says was paid, by over ${bound_rao} rao${where}. Something else moved stake in that block.`;
}

function payCheck({ chunks }: ChainSection): RecordingCheck["pay_check"] {
  let worst = { worst_rao: 0, worst_block: null as number | null };
  let miners = 0;
  for (const { residuals } of chunks) {
    const { pay_check } = residuals;
    miners += pay_check.miners;
    if (pay_check.worst_rao > worst.worst_rao) worst = { worst_rao: pay_check.worst_rao, worst_block: pay_check.worst_block };
  }
  return { miners, ...worst };
}
