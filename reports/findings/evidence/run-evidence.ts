import type { OpenRun } from "../../../recorders/index.js";
import { keptByAll, sendsElsewhere } from "../../elsewhere.js";
import { type Epochs, readEpochs } from "../../reading/epochs.js";
import { type PositionRow, readPositions, wasPaid } from "../../reading/positions.js";
import type { TablePasses } from "../../reading/table-passes.js";
import { indexNetuidOf, kindOf, type MultiplierEffect, multiplierEffect, type RuledSubnets, type RunRules, rulesOf } from "../../rules.js";
import { type EpochRowsReader, followEpochs } from "./epoch-rows.js";
import { alternativeEdges, groupEdges, type StrategyEdge } from "./groups.js";
import { readLastStages, type StageShares } from "./last-stages.js";
import { PayGaps } from "./pay-gaps.js";
import { type PotOfEpoch, readPots } from "./pots.js";
import { readScores, type ScoreEvidence } from "./scored-miners.js";
import { minimumOf, type StakeMinimum } from "./stake-minimum.js";
import { StakeSeries } from "./stake-series.js";
import { WeightSeries } from "./weight-series.js";

/** What the tables and the manifest of a run say of one subnet, gathered in one pass over each table. */
export interface SubnetEvidence {
  readonly netuid: number;
  readonly kind: RuledSubnets;
  readonly rules: RunRules;
  readonly effect: MultiplierEffect;
  readonly summary: OpenRun["manifest"]["summary"];
  readonly epochs: ReturnType<Epochs["of"]>;
  /** Positions that were ever paid as miners, or recorded to be. */
  readonly miners: readonly PositionRow[];
  /** Null where the table was not recorded, like what follows. */
  readonly weights: WeightSeries | null;
  readonly gaps: PayGaps | null;
  readonly stakes: StakeSeries | null;
  readonly minimum: StakeMinimum | null;
  readonly pots: readonly PotOfEpoch[] | null;
  /** Of the last epoch; empty where there is no list, or the run did not record it. */
  readonly stages: readonly StageShares[];
  /** Of an index subnet. */
  readonly scores: ScoreEvidence | null;
}

/** What a whole run says. */
export interface RunEvidence {
  readonly run: OpenRun;
  readonly subnets: readonly SubnetEvidence[];
  readonly edges: readonly StrategyEdge[];
  /** What the run itself warns of. */
  readonly warnings: readonly string[];
}

/**
 * Asks for the rows that the evidence is made of.
 * @returns what makes it, once `passes` has read them
 */
export async function followRunEvidence(run: OpenRun, passes: TablePasses): Promise<() => Promise<RunEvidence>> {
  const positions = await readPositions(run);
  const epochs = await readEpochs(run);
  const subnets = epochs.netuids.map((netuid) => beginSubnet(run, netuid, positions, epochs));
  const byNetuid = new Map(subnets.map((subnet) => [subnet.netuid, subnet]));
  const series = {
    weights: (netuid: number) => byNetuid.get(netuid)?.weights,
    rewards: (netuid: number) => byNetuid.get(netuid)?.gaps,
    holdings: (netuid: number) => byNetuid.get(netuid)?.stakes,
  };
  for (const table of ["weights", "rewards", "holdings"] as const) {
    passes.follow(table, followEpochs(positions, passedOn(series[table])));
  }
  return () => evidenceOf(run, epochs, subnets);
}

async function evidenceOf(run: OpenRun, epochs: Epochs, subnets: readonly Begun[]): Promise<RunEvidence> {
  const { closed_loop: loop } = run.manifest.summary;
  const index = indexNetuidOf(run);
  return {
    run,
    subnets: await Promise.all(
      subnets.map(async (subnet) => ({
        ...subnet,
        pots: subnet.kind === "index" ? null : await potsOf(run, subnet, epochs),
        stages: await readLastStages(run, subnet.netuid, subnet.epochs.at(-1)?.epoch ?? 0),
        scores: subnet.netuid === index ? await readScores(run) : null,
      })),
    ),
    edges: loop === null ? [] : [...alternativeEdges(loop), ...(await groupEdges(run, loop))],
    warnings: run.manifest.summary.warnings,
  };
}

type Begun = Omit<SubnetEvidence, "pots" | "stages" | "scores">;

function beginSubnet(run: OpenRun, netuid: number, positions: ReadonlyMap<number, PositionRow>, epochs: Epochs): Begun {
  const kind = kindOf(run, netuid);
  const rules = rulesOf(run, kind);
  const own = [...positions.values()].filter((position) => position.netuid === netuid);
  const miners = own.filter((position) => position.role === "miner" && wasPaid(position));
  const minimum = asksHolding(kind, rules) ? minimumOf(rules) : null;
  const ids = new Set(miners.map(({ position }) => position));
  const has = (table: OpenRun["tables"][number]) => run.tables.includes(table);
  return {
    netuid,
    kind,
    rules,
    effect: multiplierEffect(rules),
    summary: run.manifest.summary,
    epochs: epochs.of(netuid),
    miners,
    weights: has("weights") ? new WeightSeries(leftOfPots(kind, rules)) : null,
    gaps: has("rewards") ? new PayGaps() : null,
    stakes: has("holdings") ? new StakeSeries((position) => ids.has(position), minimum?.rao ?? 0) : null,
    minimum,
  };
}

/** What is kept of every pot by statement is in none of the shares; those of an index subnet are of what its miners get together. */
function leftOfPots(kind: RuledSubnets, rules: RunRules): number {
  const list = kind === "index" || multiplierEffect(rules) !== "applied" ? null : rules.stages;
  const kept = list === null ? null : keptByAll(list);
  return kept === null || kept === 0 ? 1 : kept;
}

/** Does pay ask what anybody holds? On an index subnet it does where the scenario says so. */
export function asksHolding(kind: RuledSubnets, { stages, index }: RunRules): boolean {
  return kind !== "index" || stages !== null || index?.vestingMultipliers === true;
}

/** Hands the rows of each subnet to the one who follows it. */
function passedOn(
  of: (netuid: number) => (Pick<EpochRowsReader, "rows" | "end"> & { begin(epoch: number): void }) | null | undefined,
): EpochRowsReader {
  let current: ReturnType<typeof of>;
  return {
    begin: (netuid, epoch) => {
      current = of(netuid);
      current?.begin(epoch);
    },
    rows: (batch, range) => current?.rows(batch, range),
    end: () => current?.end(),
  };
}

async function potsOf(run: OpenRun, { netuid, rules, effect, gaps }: Begun, epochs: Epochs): Promise<readonly PotOfEpoch[] | null> {
  const list = effect === "applied" ? rules.stages : null;
  const kept = list === null ? 1 : keptByAll(list);
  if (kept === null) return null;
  return readPots(run, netuid, epochs, 1 - kept, list !== null && sendsElsewhere(list), (epoch) => gaps?.paidRao(epoch));
}
