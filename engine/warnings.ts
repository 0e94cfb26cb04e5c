import { accidentText } from "./accidents/index.js";
import type { World } from "./books/world.js";
import type { PriceContradictions } from "./events/price-contradictions.js";
import { floor, max } from "./kernel/math.js";
import { tokensText } from "./kernel/money.js";
import { DAY_MS, instantText } from "./kernel/time.js";
import { loneTakers } from "./lone-takers.js";
import type { SubnetModule } from "./modules/subnet-module.js";
import { about, inOrder } from "./modules/warning.js";
import type { RowsRead } from "./rows-read.js";
import { MULTIPLIER_RULE_REGISTRY, type MultiplierRuleChoice } from "./rules/multipliers/index.js";
import { holdingMultipliers } from "./rules/stages/listed-stages.js";
import { payWithoutStake, stakeWithoutPay } from "./stray-stake.js";
import { unpricedBudgets } from "./unpriced-budgets.js";
import { unpricedLimits } from "./unpriced-limits.js";

/** More than one part in so many is told: rejections of all withdrawals and of what they ask for, epochs that pay nobody of all epochs. */
const TOLD_FROM = 100;

/** Times of the first and the last that happened in a run; null: nothing did. */
export interface Period {
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** What a reader of a run's results should know before trusting them, in words. */
export function runWarnings(world: World, read: RowsRead, modules: readonly SubnetModule[], period: Period): readonly string[] {
  return inOrder([
    ...about("balances", [...snapshotsThatDiffer(read), ...cameFromOutside(world)]),
    ...about("streams", [
      ...unusedSubnets(world),
      ...stakeWithoutPay(world, read),
      ...payWithoutStake(world, read),
      ...withoutEpochs(world, read),
    ]),
    ...about("pay", [...unpaidEpochs(world, read), ...loneTakers(world, read)]),
    ...about("accidents", read.epochs.accidents.told().map(accidentText)),
    ...about("coverage", [...manyRejections(world), ...shorterThanWindow(world, read, period)]),
    ...about("seats", seatedBefore(world)),
    ...about("prices", [...priceContradictions(read), ...unpricedLimits(read), ...unpricedBudgets(read)]),
    ...modules.flatMap((module) => module.warnings(read)),
  ]);
}

function snapshotsThatDiffer({ events: { snapshots } }: RowsRead): string[] {
  if (snapshots.mismatches === 0) return [];
  return [
    `${snapshots.mismatches} of ${snapshots.compared} recorded balances differ from the ledger; snapshots: update books the difference.`,
  ];
}

function cameFromOutside({ flowTotals: { fromOutsideRao } }: World): string[] {
  if (fromOutsideRao.toBigInt() === 0n) return [];
  return [
    `Transfers and moves brought ${fromOutsideRao} rao more than their senders were known to hold: the streams do not tell where it came from (kind \`from_outside\` of the table unexplained).`,
  ];
}

/** Subnets that the scenario names while every event is of others: a number mistyped, most likely. */
function unusedSubnets({ configuration, subnets }: World): string[] {
  const met = [...subnets.values()].filter((subnet) => subnet.positionCount > 0).map((subnet) => subnet.configuration.netuid);
  if (met.length === 0) return [];
  const others = met.sort((a, b) => a - b).join(", ");
  return configuration.subnets
    .filter(({ netuid }) => !met.includes(netuid) && (subnets.get(netuid)?.priceTaoPerAlpha ?? 0) === 0)
    .map(
      ({ netuid }) =>
        `The scenario names subnet ${netuid}, and no event is of it; the streams tell of ${others}. What the scenario sets for subnet ${netuid} is not used.`,
    );
}

/** A run without epochs measures and pays nothing. */
function withoutEpochs({ configuration }: World, { epochs, cursors }: RowsRead): string[] {
  if (epochs.epochs > 0) return [];
  if (cursors.every(({ read }) => read === 0)) return ["Nothing happens in the time of the run, so no epoch ends."];
  return configuration.epochs === "emission"
    ? ["Nobody is paid, so no epoch ends; set epochs: tempo to have them end by the clock."]
    : ["The run ended before its first epoch did."];
}

function unpaidEpochs({ configuration }: World, { epochs }: RowsRead): string[] {
  const { unpaid } = epochs.metrics;
  if (unpaid.firstMs === null || unpaid.lastMs === null || unpaid.count * TOLD_FROM <= epochs.epochs) return [];
  const would = unpaid.shared === 0 || configuration.vesting.mode === "shadow" ? "would pay" : "pays";
  const between = `between ${instantText(unpaid.firstMs)} and ${instantText(unpaid.lastMs)}`;
  const why = configuration.vesting.belowMinimum === "zero" ? " vesting.below_minimum: zero cuts who is below vesting.minimum_stake." : "";
  const text = `The rule ${would} nobody in ${unpaid.count} of ${epochs.epochs} epochs ${between}: every final weight is 0.${why}`;
  // Without a base weight there was nothing to pay by: that has an accident of its own.
  return [unpaid.count > epochs.accidents.epochsWithoutWeights ? accidentText({ code: "nobody_paid", text }) : text];
}

/** Emission rows are most of the events of a recording: withdrawals without cover are told against withdrawals, in number and in amount. */
function manyRejections({ flowTotals: { rejections, withdrawals } }: World): string[] {
  let count = 0;
  for (const one of Object.values(rejections)) count += one;
  const short = withdrawals.shortRao.toBigInt();
  const asked = withdrawals.askedRao.toBigInt();
  if (count * TOLD_FROM <= withdrawals.count && short * BigInt(TOLD_FROM) <= asked) return [];
  return [
    `${count} of ${withdrawals.count} withdrawals ${count === 1 ? "asks" : "ask"} for more than is held: ${tokensText(short)} of the ${tokensText(asked)} alpha that they all ask for is not there (table rejections). The streams do not tell everything that came in: stake from before a recording is unknown to it unless balances tell of it, and ages begin with its start.`,
  ];
}

/** The longest age that the rule, or a multiplier of the list of stages, pays for; null: none pays for time. */
function windowDaysOf({ vesting, stages }: World["configuration"]): { readonly days: number; readonly path: string } | null {
  // What a plug-in pays for is not known.
  const paysForTime = (rule: MultiplierRuleChoice, maxMultiplier: number) =>
    typeof rule === "string" && "retentionWindowDays" in MULTIPLIER_RULE_REGISTRY[rule].parameters && maxMultiplier > 1;
  if (stages === null) {
    const { rule, maxMultiplier, retentionWindowDays: days } = vesting;
    return paysForTime(rule, maxMultiplier) ? { days, path: "vesting.retention_window_days" } : null;
  }
  const windows = holdingMultipliers(stages.stages).flatMap(({ variant, of }) => {
    const { maxMultiplier, retentionWindowDays } = of as { readonly maxMultiplier: number; readonly retentionWindowDays: number };
    return paysForTime(variant as MultiplierRuleChoice, maxMultiplier) ? [retentionWindowDays] : [];
  });
  return windows.length === 0 ? null : { days: max(...windows), path: "retention_window_days of a multiplier" };
}

/** Ages begin with the first row, so a short run cannot tell what a rule does that pays for time. */
function shorterThanWindow({ configuration }: World, { epochs }: RowsRead, { firstMs, lastMs }: Period): string[] {
  const { mode, rounding, startMs } = configuration.vesting;
  const window = windowDaysOf(configuration);
  if (mode === "off" || window === null || epochs.metrics.epochs === 0 || firstMs === null || lastMs === null) return [];
  const days = max(0, lastMs - max(firstMs, startMs ?? firstMs)) / DAY_MS;
  if ((rounding === "whole_days" ? floor(days) : days) >= window.days) return [];
  const oldest = floor(days * 1_000) / 1_000;
  return [
    `No stake can be older than ${oldest} ${oldest === 1 ? "day" : "days"} in this run, and ${window.path} is ${window.days}: nobody can have the full bonus for time.`,
  ];
}

/** Hotkeys that are paid and have no registration row, where there are registration rows (docs/explanation/registry.md). */
function seatedBefore({ subnets }: World): string[] {
  return [...subnets.values()]
    .filter(({ registry, seatsAreRecorded }) => seatsAreRecorded && registry.inferred > 0)
    .map(({ registry, configuration }) => {
      const [hotkeys, seats] = registry.inferred === 1 ? ["1 hotkey is", "it counts"] : [`${registry.inferred} hotkeys are`, "they count"];
      return `${hotkeys} paid on subnet ${configuration.netuid} and never registered: the registry holds only part of the seats; ${seats} as seated since before the run.`;
    });
}

function priceContradictions({ events }: RowsRead): string[] {
  const ofIndex = (netuid: number) => (netuid < 0 ? "the index token" : `subnet ${netuid}`);
  return [
    ...differingPrices(events.prices.contradictions, "subnet and instant", (netuid) => `${ofIndex(netuid)} at `),
    ...differingPrices(events.taoPrices.contradictions, "instant (stream tao_price)", () => ""),
  ];
}

function differingPrices({ count, first }: PriceContradictions, same: string, ofWhat: (netuid: number) => string): string[] {
  if (first === null) return [];
  const differ = count === 1 ? "price differs" : "prices differ";
  return [
    `${count} ${differ} from another of the same ${same} (first: ${ofWhat(first.netuid)}${instantText(first.timeMs)}); the later row counts.`,
  ];
}
