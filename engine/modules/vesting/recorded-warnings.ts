import type { World } from "../../books/world.js";
import { tokensText } from "../../kernel/money.js";
import { instantText } from "../../kernel/time.js";
import type { RowsRead } from "../../rows-read.js";
import { about, type Warning } from "../warning.js";
import type { InsidePay } from "./inside-pay.js";
import type { RecordedShares } from "./recorded-shares.js";

/** What a reader should know of the recorded subnets of a run. */
export function recordedWarnings(world: World, shares: RecordedShares, inside: InsidePay, read: RowsRead): readonly Warning[] {
  return [
    ...about("whole_pot", potTooSmall(shares)),
    ...about("epoch_ends", [...unfinishedEpochs(inside), ...marksPassedOver(world, read), ...heldBack(world, inside, read)]),
    ...about("seats", paidUnseated(world, shares)),
    ...about("outside", outsideAssumption(world, shares, read)),
    ...about("pay", [...yumaWithout(world, shares), ...unscored(shares)]),
  ];
}

function potTooSmall({ wholePot }: RecordedShares): string[] {
  if (wholePot === null || wholePot.exceeded === 0) return [];
  return [`In ${wholePot.exceeded} epochs the recorded miners were paid more than the whole pot that emission.outside states.`];
}

/** A run may end inside an epoch that the clock or a mark would end; it is measured and shared by nobody. */
function unfinishedEpochs(inside: InsidePay): string[] {
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
function heldBack({ configuration }: World, inside: InsidePay, read: RowsRead): string[] {
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

/** Pay of a hotkey that the registry says has no seat: a slip in the registry, or a recording that pays after the fact. */
function paidUnseated({ configuration }: World, { unseated }: RecordedShares): string[] {
  const { rao, positions } = unseated;
  if (positions.size === 0 || configuration.emission.mode !== "redistribute") return [];
  const who = positions.size === 1 ? "1 miner was" : `${positions.size} miners were`;
  return [
    `${who} recorded to be paid ${tokensText(rao.toBigInt())} alpha while the registry says that they had no seat: all of it goes to the others. Check the registry's uids and times.`,
  ];
}

/** What Yuma had nothing to make of, which is never turned into equal weights. */
function yumaWithout({ addresses }: World, { yuma }: RecordedShares): string[] {
  if (yuma === null) return [];
  const { all, withoutConsensus, withoutStake } = yuma.epochs;
  const warnings: string[] = [];
  if (withoutConsensus > 0) {
    const stakeless =
      withoutStake === 0
        ? ""
        : ` In ${withoutStake} of them no validator had any stake: give stake_rao with validator_weights, or record what they hold.`;
    warnings.push(
      `In ${withoutConsensus} of ${all} epochs no weight that validators set had the support of kappa: no miner had any incentive, and base weights were all 0.${stakeless}`,
    );
  }
  if (yuma.strangers.size > 0) {
    const [first] = [...yuma.strangers].map((hotkey) => addresses.nameOf(hotkey)).sort();
    const who = yuma.strangers.size === 1 ? `1 hotkey (${first})` : `${yuma.strangers.size} hotkeys (${first}, ...)`;
    warnings.push(`Validators gave weight to ${who} that had no seat on the subnet then: that weight is left out.`);
  }
  return warnings;
}

/** Scores that say nothing of anybody are never turned into equal weights. */
function unscored({ scored }: RecordedShares): string[] {
  if (scored === null || scored.epochs.withoutScore === 0) return [];
  const { all, withoutScore } = scored.epochs;
  return [
    `In ${withoutScore} of ${all} epochs no miner had a score above 0: base weights were all 0. A score counts from the end of the epoch in which it is told, for the hotkey that it names.`,
  ];
}

/** What a pseudo-miner is taken for, and how much it carries, decides what the miners of the streams gain. */
function outsideAssumption({ configuration }: World, { wholePot }: RecordedShares, { cursors }: RowsRead): string[] {
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
