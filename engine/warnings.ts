import type { World } from "./books/world.js";
import type { IndexSummary } from "./index-subnet/index-summary.js";
import { calendarDate } from "./kernel/calendar.js";
import { floor, max } from "./kernel/math.js";
import { tokensText } from "./kernel/money.js";
import { DAY_MS, instantText } from "./kernel/time.js";
import type { RowsRead } from "./rows-read.js";
import { MULTIPLIER_RULE_REGISTRY, type MultiplierRuleChoice } from "./rules/multipliers/index.js";
import { payWithoutStake, stakeWithoutPay } from "./stray-stake.js";

/** More than one part in so many is told: rejections of all withdrawals and of what they ask for, epochs that pay nobody of all epochs. */
const TOLD_FROM = 100;

/** Times of the first and the last that happened in a run; null: nothing did. */
export interface Period {
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** What a reader of a run's results should know before trusting them, in words. */
export function runWarnings(world: World, read: RowsRead, index: IndexSummary | null, period: Period): readonly string[] {
  return [
    ...snapshotsThatDiffer(read),
    ...cameFromOutside(world),
    ...potTooSmall(read),
    ...(index === null ? [] : indexWarnings(index)),
    ...unusedSubnets(world),
    ...stakeWithoutPay(world, read),
    ...payWithoutStake(world, read),
    ...withoutEpochs(world, read),
    ...unfinishedEpochs(read),
    ...marksPassedOver(world, read),
    ...heldBack(world, read),
    ...unpaidEpochs(world, read),
    ...manyRejections(world),
    ...shorterThanWindow(world, read, period),
    ...seatedBefore(world),
    ...paidUnseated(world, read),
    ...priceContradictions(read),
    ...outsideAssumption(world, read),
  ];
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

function potTooSmall({ recorded: { wholePot } }: RowsRead): string[] {
  if (wholePot === null || wholePot.exceeded === 0) return [];
  return [`In ${wholePot.exceeded} epochs the recorded miners were paid more than the whole pot that emission.outside states.`];
}

function indexWarnings({ foundedMs, fund }: IndexSummary): string[] {
  const warnings: string[] = [];
  if (foundedMs === null) warnings.push("The index fund was never founded: there were no fresh prices of all its subnets.");
  if (fund.missingDays.length > 0) {
    warnings.push(`The index was composed without emission rates of ${fund.missingDays.map(calendarDate).join(", ")}.`);
  }
  return warnings;
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

/** A run may end inside an epoch that the clock or a mark would end; it is measured and shared by nobody. */
function unfinishedEpochs({ inside }: RowsRead): string[] {
  return inside.unfinished().map(({ netuid, startMs, unpaidRao }) => {
    const unpaid = unpaidRao === 0 ? "" : `, and ${tokensText(unpaidRao)} alpha that its miners were recorded to be paid is paid to nobody`;
    return `The last epoch of subnet ${netuid}, from ${instantText(startMs)}, had not ended when the run did: it is not measured${unpaid}.`;
  });
}

function marksRead({ cursors }: RowsRead): number {
  return cursors.reduce((sum, { description, read }) => (description.kind === "epoch_marks" ? sum + read : sum), 0);
}

/** Epochs by the clock beside marks, which would end them where the recording's did. */
function marksPassedOver({ configuration }: World, read: RowsRead): string[] {
  const marks = marksRead(read);
  if (configuration.epochs !== "tempo" || marks === 0) return [];
  const passed = marks === 1 ? "1 epoch mark is" : `${marks} epoch marks are`;
  return [
    `${passed} passed over: under epochs: tempo the clock alone ends epochs. Leave epochs out to have them end at the marks (docs/explanation/total-order.md).`,
  ];
}

/** Pay that a replay books when it came: with `max_multiplier: 1` the two modes then differ. */
function heldBack({ configuration }: World, read: RowsRead): string[] {
  const { inside } = read;
  // Of an epoch that never ended nothing is booked.
  const rao = inside.unfinished().reduce((sum, { unpaidRao }) => sum - BigInt(unpaidRao), inside.heldBackRao.toBigInt());
  if (rao <= 0n) return [];
  const why =
    configuration.epochs === "tempo"
      ? ["as epochs: tempo has it", marksRead(read) > 0 ? "" : " Leave epochs out to have epochs end where the recording pays."]
      : ["as its epoch marks have it", ""];
  return [
    `${tokensText(rao)} alpha of miners' pay came inside epochs and is booked when they end, ${why[0]}: who sold it before had nothing of it to sell yet.${why[1]}`,
  ];
}

function unpaidEpochs({ configuration }: World, { epochs }: RowsRead): string[] {
  const { unpaid } = epochs.metrics;
  if (unpaid.firstMs === null || unpaid.lastMs === null || unpaid.count * TOLD_FROM <= epochs.epochs) return [];
  const would = configuration.emission.mode === "replay" || configuration.vesting.mode === "shadow" ? "would pay" : "pays";
  const between = `between ${instantText(unpaid.firstMs)} and ${instantText(unpaid.lastMs)}`;
  const why = configuration.vesting.belowMinimum === "zero" ? " vesting.below_minimum: zero cuts who is below vesting.minimum_stake." : "";
  return [`The rule ${would} nobody in ${unpaid.count} of ${epochs.epochs} epochs ${between}: every final weight is 0.${why}`];
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
  const windows = stages.stages.flatMap(({ stage, variant, of }) => {
    if (stage !== "multiplier") return [];
    const { maxMultiplier, retentionWindowDays } = of as { readonly maxMultiplier: number; readonly retentionWindowDays: number };
    return paysForTime(variant as MultiplierRuleChoice, maxMultiplier) ? [retentionWindowDays] : [];
  });
  return windows.length === 0 ? null : { days: max(...windows), path: "retention_window_days of a multiplier" };
}

/** Ages begin with the first row, so a short run cannot tell what a rule does that pays for time. */
function shorterThanWindow({ configuration }: World, { epochs }: RowsRead, { firstMs, lastMs }: Period): string[] {
  const { mode, rounding, startMs } = configuration.vesting;
  const window = windowDaysOf(configuration);
  if (mode === "off" || window === null || epochs.epochs === 0 || firstMs === null || lastMs === null) return [];
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

/** Pay of a hotkey that the registry says has no seat: a slip in the registry, or a recording that pays after the fact. */
function paidUnseated({ configuration }: World, { recorded }: RowsRead): string[] {
  const { rao, positions } = recorded.unseated;
  if (positions.size === 0 || configuration.emission.mode !== "redistribute") return [];
  const who = positions.size === 1 ? "1 miner was" : `${positions.size} miners were`;
  return [
    `${who} recorded to be paid ${tokensText(rao.toBigInt())} alpha while the registry says that they had no seat: all of it goes to the others. Check the registry's uids and times.`,
  ];
}

function priceContradictions({ events }: RowsRead): string[] {
  const { count, first } = events.prices.contradictions;
  if (first === null) return [];
  const of = first.netuid < 0 ? "the index token" : `subnet ${first.netuid}`;
  return [
    `${count} ${count === 1 ? "price differs" : "prices differ"} from another of the same subnet and instant (first: ${of} at ${instantText(first.timeMs)}); the later row counts.`,
  ];
}

/** What a pseudo-miner is taken for, and how much it carries, decides what the miners of the streams gain. */
function outsideAssumption({ configuration }: World, { recorded: { wholePot }, cursors }: RowsRead): string[] {
  const { emission, vesting } = configuration;
  const { outside } = emission;
  if (emission.mode !== "redistribute" || outside === null || vesting.mode !== "on") return [];
  const paying = cursors.filter(({ description: { kind } }) => kind === "emission" || kind === "balances");
  const contradicts = paying.length > 0 && paying.every(({ description }) => description.coverage === "subnet");
  const whole = wholePot?.wholeRao.toBigInt() ?? 0n;
  const recorded = wholePot?.recordedRao.toBigInt() ?? 0n;
  const warnings: string[] = [];
  if (whole > recorded) {
    warnings.push(
      `emission.outside takes all miners of the subnet together to earn ${tokensText(outside.minerPotRaoPerBlock)} alpha a block (miner_pot_alpha_per_block), ${tokensText(whole)} alpha in this run: ${tokensText(recorded)} alpha are recorded, ${tokensText(whole - recorded)} alpha are outside. It takes everybody whom the streams do not hold to keep a multiplier of 1: what the miners here gain is what they would gain if nobody else held on.`,
    );
  }
  if (contradicts) {
    warnings.push(
      "emission.outside adds miners whom the streams do not hold, and every stream that pays says that the whole subnet is held (coverage: subnet): leave emission.outside out, or state coverage: partial.",
    );
  }
  return warnings;
}
