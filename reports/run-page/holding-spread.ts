import type { ColumnBatch, VestingConfiguration } from "../../engine/index.js";
import { numberColumn, type TableSource } from "../reading/columns.js";
import type { TablePasses } from "../reading/table-passes.js";
import type { PageGround, PageSubnet } from "./page-subnets.js";
import type { QuantileBands } from "./quantile-bands.js";
import type { Sampling } from "./sampled-epochs.js";
import { SampledValues } from "./sampled-values.js";

/** How holding and the multiplier are spread over those who are followed on a subnet, sample by sample; null: no row tells. */
export interface HoldingSpread {
  readonly netuid: number;
  /** `position`: no miner takes part, so it is of all that were paid. */
  readonly of: "miner" | "position";
  /** Does the multiplier change pay? Else it is what it would be. */
  readonly is_applied: boolean;
  readonly multiplier: QuantileBands | null;
  /** Which column it is of. */
  readonly multiplier_column: "weights.shadow_multiplier" | "holdings.multiplier";
  readonly held_share: QuantileBands | null;
  readonly held_days: QuantileBands | null;
  readonly sampling: Sampling;
}

interface Gathered {
  readonly subnet: PageSubnet;
  readonly multiplier: SampledValues;
  readonly heldShare: SampledValues;
  readonly heldDays: SampledValues;
}

/** Is told of each row of `holdings` or `weights` at a sampled epoch of its subnet. */
export interface SampleListener {
  holding?(position: number, subnet: number, place: number, values: HoldingValues): void;
  multiplier?(position: number, subnet: number, place: number, value: number): void;
}

export interface HoldingValues {
  readonly stakeRao: number;
  readonly heldShare: number;
  readonly heldDays: number;
}

/**
 * Follows `holdings` and `weights`, for the bands and for who else listens. The multiplier is that of `weights` where the rule is
 * on, it is recorded and miners take part, else that of `holdings`, 0 where `below_minimum: zero` cuts.
 * @returns what makes the bands, once the tables were read
 */
export function followHoldingSpread(
  run: Pick<TableSource, "tables">,
  passes: TablePasses,
  ground: PageGround,
  vesting: VestingConfiguration,
  isApplied: (netuid: number) => boolean,
  listener: SampleListener = {},
): () => readonly HoldingSpread[] {
  const gathered = ground.subnets.map(
    (subnet): Gathered => ({
      subnet,
      multiplier: new SampledValues(subnet),
      heldShare: new SampledValues(subnet),
      heldDays: new SampledValues(subnet),
    }),
  );
  const fromWeights = vesting.mode !== "off" && run.tables.includes("weights");
  followHoldings(passes, ground, vesting, gathered, fromWeights, listener);
  if (fromWeights) followWeights(passes, ground, gathered, listener);
  return () =>
    gathered.map(({ subnet, multiplier, heldShare, heldDays }) => ({
      netuid: subnet.netuid,
      of: subnet.miners.size > 0 ? "miner" : "position",
      is_applied: isApplied(subnet.netuid),
      multiplier: multiplier.bands(),
      multiplier_column: fromWeights && subnet.miners.size > 0 ? "weights.shadow_multiplier" : "holdings.multiplier",
      held_share: heldShare.bands(),
      held_days: heldDays.bands(),
      sampling: samplingOf(subnet),
    }));
}

function samplingOf({ samples: { every_epochs, step, last_epoch } }: PageSubnet): Sampling {
  return { every_epochs, step, last_epoch };
}

function followHoldings(
  passes: TablePasses,
  { subnets, subnetOf, isFollowed }: PageGround,
  { belowMinimum, minimumStakeRao, minimumStakeUnit, mode }: VestingConfiguration,
  gathered: readonly Gathered[],
  fromWeights: boolean,
  listener: SampleListener,
): void {
  const cuts = mode !== "off" && belowMinimum === "zero" && minimumStakeUnit === "alpha";
  const batch = (batch: ColumnBatch) => {
    const [epoch, position, stake, share, days, multiplier] = COLUMNS.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const one = position[row];
      const at = subnetOf[one] ?? -1;
      if (at < 0 || isFollowed[one] === 0 || !subnets[at].samples.isSample(epoch[row])) continue;
      const place = subnets[at].samples.placeOf(epoch[row]);
      gathered[at].heldShare.take(place, share[row]);
      gathered[at].heldDays.take(place, days[row]);
      listener.holding?.(one, at, place, { stakeRao: stake[row], heldShare: share[row], heldDays: days[row] });
      // Weights are of miners alone.
      if (fromWeights && subnets[at].miners.size > 0) continue;
      const value = cuts && stake[row] < minimumStakeRao ? 0 : multiplier[row];
      gathered[at].multiplier.take(place, value);
      listener.multiplier?.(one, at, place, value);
    }
  };
  passes.follow("holdings", { batch });
}

const COLUMNS = ["epoch", "position", "stake_rao", "held_share", "held_days", "multiplier"] as const;

function followWeights(
  passes: TablePasses,
  { subnets, subnetOf, isFollowed }: PageGround,
  gathered: readonly Gathered[],
  listener: SampleListener,
): void {
  const batch = (batch: ColumnBatch) => {
    const [epoch, position, multiplier] = ["epoch", "position", "shadow_multiplier"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const one = position[row];
      const at = subnetOf[one] ?? -1;
      if (at < 0 || subnets[at].miners.size === 0 || isFollowed[one] === 0 || !subnets[at].samples.isSample(epoch[row])) continue;
      const place = subnets[at].samples.placeOf(epoch[row]);
      gathered[at].multiplier.take(place, multiplier[row]);
      listener.multiplier?.(one, at, place, multiplier[row]);
    }
  };
  passes.follow("weights", { batch });
}
