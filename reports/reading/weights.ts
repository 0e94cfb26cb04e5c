import { numberColumn, type TableSource } from "./columns.js";

/** A row of the table `weights`. */
export interface WeightRow {
  readonly epoch: number;
  readonly position: number;
  readonly base_weight: number;
  readonly multiplier: number;
  readonly shadow_multiplier: number;
  readonly final_weight: number;
  readonly weight_gain: number;
}

/** The weights of the chosen epochs, by position. Empty where the run did not record them. Parameters as `readHoldings`. */
export async function readWeights(
  run: TableSource,
  epochOf: (position: number) => number | undefined,
  loneEpoch?: number,
): Promise<ReadonlyMap<number, WeightRow>> {
  const weights = new Map<number, WeightRow>();
  if (!run.tables.includes("weights")) return weights;
  const names = ["epoch", "position", "base_weight", "multiplier", "shadow_multiplier", "final_weight", "weight_gain"];
  for await (const batch of run.readTable("weights", loneEpoch === undefined ? "oldest_first" : { epoch: loneEpoch })) {
    const [epoch, position, base, multiplier, shadow, final, gain] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (epoch[row] !== epochOf(position[row])) continue;
      weights.set(position[row], {
        epoch: epoch[row],
        position: position[row],
        base_weight: base[row],
        multiplier: multiplier[row],
        shadow_multiplier: shadow[row],
        final_weight: final[row],
        weight_gain: gain[row],
      });
    }
  }
  return weights;
}
