import { alternativesOf, baseOf, type ClosedLoopEntry, profitEach } from "../../../recorders/index.js";
import { type Spread, spreadOf } from "../../../studies/index.js";
import { numberColumn, type TableSource, textColumn } from "../../reading/columns.js";

/** What a miner of one strategy makes beyond what one who holds does, TAO. */
export interface StrategyEdge {
  readonly name: string;
  /** What it is measured against. */
  readonly against: string;
  /** What is compared: the same miner in copies of one world, other miners of the same world, or means of replicates of the same miner. */
  readonly by: "same_miner" | "other_miners" | "replicates";
  readonly meanTao: number;
  /** What it is beyond, TAO in the same unit; null: not known. */
  readonly baseTao: number | null;
  /** Of the mean difference, 95 %; null: one draw has none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Miners, or replicates, that it is the mean over. */
  readonly n: number;
}

/** Of alternatives of one run: the same miner in every copy. */
export function alternativeEdges(loop: ClosedLoopEntry): readonly StrategyEdge[] {
  const alternatives = alternativesOf(loop);
  const base = baseOf(alternatives);
  if (base === undefined) return [];
  return alternatives
    .filter((one) => one !== base)
    .map(({ name, own }) => ({
      name,
      against: base.name,
      by: "same_miner" as const,
      meanTao: profitEach(own) - profitEach(base.own),
      baseTao: profitEach(base.own),
      interval: null,
      n: own.begun,
    }));
}

/** Fewer miners of a group than this say nothing of its strategy. */
const FEWEST = 4;

/**
 * Of groups that live in one world: what each miner made for an alpha of its base weights' pay, without what its first stake won or lost by
 * the price, against the miners who hold. Means of two groups of miners, their difference by Welch's interval.
 */
export async function groupEdges(run: TableSource, loop: ClosedLoopEntry): Promise<readonly StrategyEdge[]> {
  const [subnet, ...others] = loop.subnets;
  if (subnet === undefined || others.length > 0 || subnet.alternative !== null || !run.tables.includes("agents")) return [];
  const holders = subnet.strategies.filter(({ strategy }) => strategy === "hold").map(({ group }) => group);
  if (holders.length === 0) return [];
  const { start_tao: start, end_tao: end } = subnet.price;
  const made = new Map<string, number[]>();
  const base: number[] = [];
  for await (const batch of run.readTable("agents")) {
    const [groups, entitled] = [textColumn(batch, "group_name"), textColumn(batch, "entitled_rao")];
    const [profit, stake] = ["profit_tao", "stake_start_rao"].map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      const work = Number(entitled[row]) / 1e9;
      if (work === 0) continue;
      const each = (profit[row] - (stake[row] / 1e9) * (end - start)) / work;
      if (holders.includes(groups[row])) base.push(each);
      else made.set(groups[row], [...(made.get(groups[row]) ?? []), each]);
    }
  }
  if (base.length < FEWEST) return [];
  const held = spreadOf(base);
  return [...made].flatMap(([name, each]) => {
    if (each.length < FEWEST) return [];
    const own = spreadOf(each);
    return [
      {
        name,
        against: holders.join(", "),
        by: "other_miners" as const,
        meanTao: own.mean - held.mean,
        baseTao: held.mean,
        interval: welch(own, held),
        n: own.n,
      },
    ];
  });
}

/** The 95 % interval of a difference of two means; degrees of freedom by the smaller sample, which widens it. */
function welch(a: Spread, b: Spread): StrategyEdge["interval"] {
  const half = (spread: Spread) => (spread.interval === null ? 0 : spread.interval.high - spread.mean);
  const width = Math.hypot(half(a), half(b));
  return { low: a.mean - b.mean - width, high: a.mean - b.mean + width };
}
