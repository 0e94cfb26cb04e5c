import type { ResultTableName } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { asksHolding } from "../findings/evidence/run-evidence.js";
import { hasSubnetsBeside } from "../index-run-overview.js";
import { runOverview, type SubnetOverview } from "../overview.js";
import { TablePasses } from "../reading/table-passes.js";
import { behavioursOf, indexNetuidOf, kindOf, multiplierEffect, type RuledSubnets, type RunRules, rulesOf } from "../rules.js";
import { type RunSummary, runSummary } from "../run-summary.js";
import { statedTitle } from "../stage-step.js";
import { type AgePyramid, AgePyramidBuilder } from "./age-pyramid.js";
import { type FundCourse, readFundCourse } from "./fund-course.js";
import { followHoldingSpread, type HoldingSpread } from "./holding-spread.js";
import { type IrregularFlows, readRejectedWithdrawals, readUnexplainedFlows } from "./irregular-flows.js";
import { LargestExits } from "./largest-exits.js";
import { type MinerPages, MinerPagesBuilder, MOST_PAGES } from "./miner-pages.js";
import { type PageGround, readGround } from "./page-subnets.js";
import { followPayInequality, type PayInequality } from "./pay-inequality.js";
import { type PriceCourse, readPriceCourses } from "./price-course.js";
import { followRewards } from "./reward-pass.js";
import { simulatedWords } from "./simulated-words.js";
import { readSlashes, type SlashEvent } from "./slashing-timeline.js";
import { type RestTotals, readRests, readStageMoves, type StageMoves } from "./stage-moves.js";
import { readTierIncome, type TierIncome } from "./tier-income.js";
import { type TimeGrid, timeGrid } from "./time-grid.js";
import { passTranches } from "./tranche-pass.js";
import { readWithdrawals, type WithdrawalsByReason } from "./withdrawals-by-reason.js";

/** All that the page of a run shows, as numbers. */
export interface RunPageData {
  /** The folder as it is typed in the commands of the page. */
  readonly run: string;
  /** Version of Tenure that made the run. */
  readonly version: string;
  readonly description: string;
  /** What was simulated, a sentence a line. */
  readonly simulated: readonly string[];
  readonly summary: RunSummary;
  readonly holding: readonly HoldingSpread[];
  readonly inequality: readonly PayInequality[];
  /** Null: no table tells, or nothing is held. */
  readonly age_pyramid: AgePyramid | null;
  readonly withdrawals: WithdrawalsByReason | null;
  /** As the scenario lists them; empty where the rule is no list. */
  readonly stage_names: readonly string[];
  readonly stage_moves: readonly StageMoves[];
  readonly rests: readonly RestTotals[];
  readonly rejected: IrregularFlows | null;
  readonly unexplained: IrregularFlows | null;
  readonly prices: readonly PriceCourse[];
  readonly fund: FundCourse | null;
  readonly tiers: TierIncome | null;
  readonly slashes: readonly SlashEvent[];
  /** The miners, best paid first, subnet by subnet. */
  readonly miners: readonly SubnetOverview[];
  readonly miner_pages: readonly MinerPages[];
  /** Names of the positions that the page names, by id. */
  readonly hotkeys: ReadonlyMap<number, string>;
}

/** Spans of a chart over time, at most, and of the tranches of a miner. */
const MOST_SPANS = 120;
const MOST_SPANS_OF_MINER = 60;

/** Those that a page reads whole, in the order in which they are read. */
export const LARGE_TABLES: readonly ResultTableName[] = ["holdings", "rewards", "weights", "tranches", "exits", "stage_weights"];

/**
 * Reads what the page of a run shows, each large table once.
 * @param passes what else follows the tables that are read here
 */
export async function readRunPageData(run: OpenRun, typed: string, passes = new TablePasses(run)): Promise<RunPageData> {
  const { manifest } = run;
  const rules = rulesOf(run);
  const [ground, summary] = [await readGround(run, rules.record.everyEpochs), await runSummary(run)];
  const period = summary.period ?? statedPeriod(run);
  const gridOf = (most: number) => timeGrid(period.start_ms, period.end_ms, most);
  const grid = gridOf(MOST_SPANS);
  const miners = await overviewOf(run, rules);
  const pages = pageBuilders(ground, miners, gridOf(MOST_SPANS_OF_MINER));
  const holding = followHoldingSpread(run, passes, ground, rules.vesting, appliedOn(run), {
    holding: (...of) => pages[of[1]]?.holding(...of),
    multiplier: (...of) => pages[of[1]]?.multiplier(...of),
  });
  const recorded = followRewards(passes, ground, { reward: (...of) => pages[of[1]]?.reward(...of) });
  const pots = run.tables.includes("rewards") ? recorded : null;
  const inequality = followPayInequality(passes, ground, rules, rules.record.everyEpochs === 1 ? pots : null);
  await passes.read();
  const pyramid = new AgePyramidBuilder();
  await passTranches(run, [pyramid, ...pages]);
  const exits = new LargestExits(Uint8Array.from(ground.subnetOf, (_, position) => Number(pages.some((page) => page.has(position)))));
  const tiers = summary.index?.tiers.map(({ tier }) => tier) ?? [];
  const data = {
    run: typed,
    version: manifest.tool.version,
    description: descriptionOf(run),
    simulated: simulatedWords(manifest.scenario.resolved, rules, isAppliedOn(kindOf(run), rules)),
    summary,
    holding: holding(),
    inequality: inequality(),
    age_pyramid: pyramid.pyramid,
    withdrawals: await readWithdrawals(run, grid, exits),
    stage_names: stageNames(rules),
    stage_moves: await readStageMoves(run, ground, stageNames(rules), rules.stages),
    rests: await readRests(run, ground, rules.stages, pots),
    rejected: await readRejectedWithdrawals(run, grid),
    unexplained: await readUnexplainedFlows(run, grid),
    prices: await readPriceCourses(run),
    fund: await readFundCourse(run),
    tiers: await readTierIncome(run, grid, tiers),
    slashes: await readSlashes(run),
    miners,
    hotkeys: new Map([...ground.positions.values()].map(({ position, hotkey }) => [position, hotkey])),
  };
  return { ...data, miner_pages: pages.map((page) => page.build(exits)) };
}

/** Of a run in which nothing happened, as its scenario states it. */
function statedPeriod({ manifest: { scenario } }: OpenRun): { readonly start_ms: number; readonly end_ms: number } {
  const { time } = scenario.resolved as { readonly time?: { readonly start?: string | null; readonly end?: string | null } };
  const stated = [time?.start, time?.end].flatMap((one) => (one == null ? [] : [Date.parse(one)]));
  return { start_ms: stated.at(0) ?? 0, end_ms: stated.at(-1) ?? 0 };
}

/** Do multipliers change pay on a subnet? The rules of each kind of subnet are read once. */
function appliedOn(run: OpenRun): (netuid: number) => boolean {
  const known = new Map<RuledSubnets, boolean>();
  return (netuid) => {
    const kind = kindOf(run, netuid);
    const found = known.get(kind) ?? isAppliedOn(kind, rulesOf(run, kind));
    known.set(kind, found);
    return found;
  };
}

function isAppliedOn(kind: RuledSubnets, rules: RunRules): boolean {
  return multiplierEffect(rules) === "applied" && asksHolding(kind, rules);
}

function descriptionOf({ manifest: { scenario } }: OpenRun): string {
  const { description } = scenario.resolved as { readonly description?: unknown };
  return typeof description === "string" ? description : "";
}

/** As the scenario names them, in the order of the list; none where the rule is no list. */
function stageNames({ stages }: RunRules): readonly string[] {
  return (stages?.stages ?? []).map(statedTitle);
}

/** The miners of all subnets; those of an index subnet are its participants and validators. */
async function overviewOf(run: OpenRun, rules: RunRules): Promise<readonly SubnetOverview[]> {
  const behaviours = behavioursOf(run);
  const index = indexNetuidOf(run);
  const own = await runOverview(run, rules, { epoch: null, behaviours });
  if (index === null || !(await hasSubnetsBeside(run, index))) return own;
  const beside = await runOverview(run, rulesOf(run, "recorded"), { epoch: null, behaviours, besides: index });
  return [...own.filter(({ netuid }) => netuid === index), ...beside];
}

/** By index into the subnets of the page. */
function pageBuilders(ground: PageGround, miners: readonly SubnetOverview[], grid: TimeGrid): readonly MinerPagesBuilder[] {
  let left = MOST_PAGES;
  return ground.subnets.map(({ netuid }, at) => {
    const lines = miners.find((subnet) => subnet.netuid === netuid)?.miners ?? [];
    const wanted = lines.slice(0, left).map(({ position }) => position.position);
    left -= wanted.length;
    return new MinerPagesBuilder(ground, at, wanted, grid);
  });
}
