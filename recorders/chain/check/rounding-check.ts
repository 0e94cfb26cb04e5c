import type { ChainSection } from "../../streams/index.js";

/** Measured changes that are the chain's rounding. */
export interface RoundingCheck {
  readonly rows: number;
  readonly rao: string;
  /** Of them, those of more than 10 rao an event, which whole shares of an old runtime explain; null: none. */
  readonly by_shares: {
    readonly rows: number;
    readonly rao: string;
    readonly worst_rao: number;
    /** What one share was worth at the most: an event is rounded by less. */
    readonly largest_share_rao: number;
    /** Runtimes of the chunks that they are in. */
    readonly spec_versions: readonly number[];
  } | null;
}

/** What the manifest of a recording says of rounding, over all chunks. */
export function roundingCheck({ chunks }: ChainSection): RoundingCheck {
  let [rows, rao] = [0, 0n];
  const shares = { rows: 0, rao: 0n, worst_rao: 0, largest_share_rao: 0, spec_versions: new Set<number>() };
  for (const { residuals, spec_versions } of chunks) {
    const { rounding } = residuals;
    rows += rounding.rows;
    rao += BigInt(rounding.rao);
    const { by_shares: part } = rounding;
    if (part === undefined) continue;
    shares.rows += part.rows;
    shares.rao += BigInt(part.rao);
    shares.worst_rao = Math.max(shares.worst_rao, part.worst_rao);
    shares.largest_share_rao = Math.max(shares.largest_share_rao, part.largest_share_rao);
    for (const { spec_version } of spec_versions) shares.spec_versions.add(spec_version);
  }
  const byShares = { ...shares, rao: shares.rao.toString(), spec_versions: [...shares.spec_versions] };
  return { rows, rao: rao.toString(), by_shares: shares.rows === 0 ? null : byShares };
}
