import {
  type ConsensusConfiguration,
  PARTICIPANT_PRESETS,
  type RewardsConfiguration,
  SCORE_PARAMETERS,
  TAO20_ORIGINAL_REWARDS,
  TAO20_ORIGINAL_SLASHING,
  TAO20_ORIGINAL_VOLUME,
} from "../../../engine/index.js";
import { durationText } from "../duration.js";
import { isRuleFile } from "../rule-file.js";
import { type Words, wordsOf } from "./configuration-words.js";
import type { CONSENSUS_PRESETS } from "./consensus.js";
import type { REWARDS_PRESETS } from "./rewards.js";

const REWARDS = {
  "tao20-original-rewards": TAO20_ORIGINAL_REWARDS,
  "tao20-original-volume": TAO20_ORIGINAL_VOLUME,
} as const satisfies Readonly<Record<(typeof REWARDS_PRESETS)[number], RewardsConfiguration>>;

const CONSENSUS = {
  "tao20-original-slashing": TAO20_ORIGINAL_SLASHING,
} as const satisfies Readonly<Record<(typeof CONSENSUS_PRESETS)[number], ConsensusConfiguration>>;

/** Fills in what the presets of an index subnet say and the scenario does not, in place. */
export function applyIndexPresets(scenario: Readonly<Record<string, unknown>>): void {
  const { index } = scenario;
  if (!isMapping(index)) return;
  fill(index.rewards, REWARDS, hasOwnScore(index.rewards) ? wordsBesideOwnScore : wordsOf);
  fill(index.consensus, CONSENSUS, consensusWords);
  if (Array.isArray(index.participants)) for (const group of index.participants) fill(group, PARTICIPANT_PRESETS, wordsOf);
}

function fill<Configuration extends object>(
  section: unknown,
  presets: Readonly<Record<string, Configuration>>,
  words: (configuration: Configuration) => Words,
): void {
  if (!isMapping(section) || typeof section.preset !== "string" || !Object.hasOwn(presets, section.preset)) return;
  complete(section, words(presets[section.preset]));
}

/** Lists are taken whole: a stated one is not filled up. */
function complete(section: Record<string, unknown>, words: Words): void {
  // A window that is stated leaves no room for the preset's.
  const stated = ["deviation_window", "deviation_window_epochs"].some((key) => Object.hasOwn(section, key));
  for (const [key, value] of Object.entries(words)) {
    if (key.startsWith("deviation_window") && stated) continue;
    if (!Object.hasOwn(section, key)) section[key] = value;
    else if (isMapping(section[key]) && isMapping(value)) complete(section[key], value);
  }
}

/** The rules of consensus themselves stand beside the sections, and the window is one of two keys. */
function consensusWords({ consensus, severity, ...sections }: ConsensusConfiguration): Words {
  const { window, ...bounds } = severity;
  const inTime = window.kind === "time";
  return {
    ...wordsOf(consensus),
    severity: {
      ...wordsOf(bounds),
      deviation_window_epochs: inTime ? null : window.epochs,
      deviation_window: inTime ? durationText(window.ms) : null,
    },
    ...wordsOf(sections),
  };
}

/** Is the score that of a file of one's own, which takes no parameter of a built-in one? */
function hasOwnScore(rewards: unknown): boolean {
  return isMapping(rewards) && isMapping(rewards.score) && isRuleFile(rewards.score.formula);
}

function wordsBesideOwnScore({ score, ...rewards }: RewardsConfiguration): Words {
  const others = Object.entries(score).filter(([name]) => !Object.hasOwn(SCORE_PARAMETERS, name));
  return { ...wordsOf(rewards), score: wordsOf(Object.fromEntries(others)) };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
