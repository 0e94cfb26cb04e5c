import type { ChainChunk } from "../streams/index.js";
import { ResidualLedger } from "./attribution/residual-ledger.js";
import type { RawBlock } from "./blocks/raw-block.js";
import type { Runtime } from "./runtime/runtime.js";

/** A block is 12 s; five of them without one is worth a word. */
const GAP_MS = 60_000;

/** Gathers what a chunk says of itself while its blocks go by. */
export class ChunkFacts {
  readonly ledger = new ResidualLedger();
  readonly #gaps: { after_block: number; ms: number }[] = [];
  readonly #specVersions: ChainChunk["spec_versions"] = [];
  #epochs = 0;
  #last: RawBlock | undefined;

  constructor(
    readonly fromBlock: number,
    private previousMs: number,
  ) {}

  /** The block taken last. */
  get last(): RawBlock | undefined {
    return this.#last;
  }

  /** @param runtime that made the block */
  take(raw: RawBlock, runtime: Runtime): void {
    const { block, timeMs, specVersion } = raw;
    if (timeMs - this.previousMs > GAP_MS) this.#gaps.push({ after_block: block - 1, ms: timeMs - this.previousMs });
    this.previousMs = timeMs;
    if (this.#specVersions.at(-1)?.spec_version !== specVersion) {
      this.#specVersions.push({ spec_version: specVersion, from_block: block, unread_events: [...runtime.unreadEvents] });
    }
    this.#epochs += raw.subnets.filter(({ lastEpochBlock }) => lastEpochBlock === block).length;
    this.#last = raw;
  }

  /** @param last the block that the chunk ends with */
  facts(last: RawBlock): ChainChunk {
    const { rounding, unexplained, pay_check } = this.ledger.residuals;
    return {
      from_block: this.fromBlock,
      to_block: last.block,
      to_hash: last.hash,
      epochs: this.#epochs,
      spec_versions: this.#specVersions,
      gaps: this.#gaps,
      quarantined: this.ledger.quarantined.map((entry) => ({ ...entry })),
      epoch_sums: [...this.ledger.epochs],
      residuals: {
        rounding: { ...rounding, ...(rounding.by_shares === undefined ? {} : { by_shares: { ...rounding.by_shares } }) },
        unexplained: { ...unexplained },
        pay_check: { ...pay_check },
      },
    };
  }
}
