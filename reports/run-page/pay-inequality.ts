import type { ColumnBatch } from "../../engine/index.js";
import { numberColumn } from "../reading/columns.js";
import type { TablePasses } from "../reading/table-passes.js";
import type { RunRules } from "../rules.js";
import { multiplierEffect } from "../rules.js";
import type { EpochPots } from "./epoch-pots.js";
import { type Inequality, inequalityOf } from "./lorenz-curve.js";
import type { PageGround } from "./page-subnets.js";

/** How evenly the miners of a subnet are paid over the run, before the rule and under it. */
export interface PayInequality {
  readonly netuid: number;
  /**
   * `weights`: base and final shares of each epoch, times its pot; `positions`: what each was recorded to be paid, and was paid, in
   * all.
   */
  readonly source: "weights" | "positions";
  readonly before: Inequality;
  /** Null: the rule was not applied, and no table tells what it would have paid. */
  readonly under: Inequality | null;
}

/**
 * Follows `weights`.
 * @param pots of the miners by epoch, once their weights come; null: not every epoch is recorded
 * @returns what makes the figures, once the tables were read
 */
export function followPayInequality(
  passes: TablePasses,
  ground: PageGround,
  rules: RunRules,
  pots: EpochPots | null,
): () => readonly PayInequality[] {
  const shares = pots === null ? null : followShares(passes, ground, pots);
  return () => inequalityIn(ground, rules, shares);
}

function inequalityIn(ground: PageGround, rules: RunRules, shares: Shares | null): readonly PayInequality[] {
  const applied = multiplierEffect(rules) === "applied" || rules.stages !== null;
  return ground.subnets.flatMap(({ netuid, miners }, at): PayInequality[] => {
    if (miners.size === 0) return [];
    const ids = [...miners];
    if (shares !== null && ids.some((id) => shares.took[id] === 1)) {
      const of = (sums: Float64Array) =>
        inequalityOf(
          Float64Array.from(
            ids.filter((id) => shares.took[id] === 1),
            (id) => sums[id],
          ),
        );
      return [{ netuid, source: "weights", before: of(shares.before), under: of(shares.under) }];
    }
    const paid = ids.map((id) => ground.positions.get(id)?.at_end).filter((end) => end !== undefined);
    const sharing = paid
      .map(({ recorded_as_miner_rao, paid_as_miner_rao }) => ({ recorded: recorded_as_miner_rao, paid: paid_as_miner_rao }))
      .filter(({ recorded, paid }) => recorded > 0n || paid > 0n);
    if (sharing.length === 0) return [];
    const before = inequalityOf(Float64Array.from(sharing, ({ recorded }) => Number(recorded)));
    const differs = applied && ground.subnets[at] !== undefined && sharing.some(({ recorded, paid }) => recorded !== paid);
    const under = differs ? inequalityOf(Float64Array.from(sharing, ({ paid }) => Number(paid))) : null;
    return [{ netuid, source: "positions", before, under }];
  });
}

interface Shares {
  /** By position: parts of pots in all, rao as doubles: figures, no accounts. */
  readonly before: Float64Array;
  readonly under: Float64Array;
  readonly took: Uint8Array;
}

/** The rows of an epoch stand together in `weights`. */
function followShares(passes: TablePasses, { subnetOf }: PageGround, pots: EpochPots): Shares {
  const length = subnetOf.length;
  const shares = { before: new Float64Array(length), under: new Float64Array(length), took: new Uint8Array(length) };
  const members: number[] = [];
  const bases: number[] = [];
  const finals: number[] = [];
  let [openSubnet, openEpoch] = [-1, -1];
  const close = () => {
    const pot = openSubnet < 0 ? 0 : pots.at(openSubnet, openEpoch);
    const sum = bases.reduce((all, base) => all + base, 0);
    if (pot > 0) {
      members.forEach((one, at) => {
        shares.took[one] = 1;
        shares.before[one] += sum > 0 ? (bases[at] / sum) * pot : 0;
        shares.under[one] += finals[at] * pot;
      });
    }
    members.length = bases.length = finals.length = 0;
  };
  const batch = (batch: ColumnBatch) => {
    const [epoch, position, base, final] = ["epoch", "position", "base_weight", "final_weight"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const subnet = subnetOf[position[row]] ?? -1;
      if (subnet < 0) continue;
      if (epoch[row] !== openEpoch || subnet !== openSubnet) {
        close();
        [openSubnet, openEpoch] = [subnet, epoch[row]];
      }
      members.push(position[row]);
      bases.push(base[row]);
      finals.push(final[row]);
    }
  };
  passes.follow("weights", { batch, end: close });
  return shares;
}
