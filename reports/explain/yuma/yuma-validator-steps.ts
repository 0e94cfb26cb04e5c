import type { WeightsConfiguration, YumaTrace } from "../../../engine/index.js";
import type { StepList } from "../step-list.js";
import type { YumaEpoch } from "./yuma-epoch.js";

/** What is added to a sum before it divides, in double precision. */
const EPSILON = 1e-6;

/** What a validator's weights were worth to others, and what its bonds earn. */
export function addYumaValidator(list: StepList, { configuration, validators, trace }: YumaEpoch, hotkey: string): void {
  const row = validators.find(({ validator }) => validator === hotkey);
  if (row === undefined) return;
  const at = "yuma.validator";
  list.add(`${at}.stake`, row.stake_rao, { unit: "rao", words: "stake that it counts with" });
  list.add(`${at}.stake_share`, row.stake_share, { unit: "0..1", from: [`${at}.stake`], words: "share of the stake of all validators" });
  if (trace !== null) addPairs(list, trace, hotkey);
  list.add(`${at}.trust`, row.trust, {
    unit: "0..1",
    from: list.steps.flatMap(({ term }) => (term.startsWith("yuma.own.counted.") ? [term] : [])),
    words: "sum of what of its weights counts, over the sum of its weights",
  });
  if (trace !== null) addEarned(list, configuration, trace, hotkey);
  const isExact = configuration.from === "yuma";
  list.add(`${at}.dividends`, row.dividends, {
    unit: "0..1",
    from: [`${at}.earned`, "others.yuma.earned"],
    words: isExact
      ? "earned / (earned + others.yuma.earned + 0.000001): its share of what bonds earn"
      : "earned / (earned + others.yuma.earned), rounded down at each step as the chain does",
  });
}

function addPairs(list: StepList, { validators, miners, weights, clipped }: YumaTrace, hotkey: string): void {
  const i = validators.indexOf(hotkey);
  for (const [j, miner] of miners.entries()) {
    const pair = j * validators.length + i;
    if (weights[pair] === 0 && clipped[pair] === 0) continue;
    list.add(`yuma.own.weight.${miner}`, weights[pair], { unit: "0..1", words: "what it gives this miner, of its row of the sum 1" });
    list.add(`yuma.own.counted.${miner}`, clipped[pair], {
      unit: "0..1",
      from: [`yuma.own.weight.${miner}`],
      words: clipped[pair] < weights[pair] ? "the consensus, which is below its weight" : "its weight, which is not above the consensus",
    });
  }
}

function addEarned(list: StepList, configuration: WeightsConfiguration, trace: YumaTrace, hotkey: string): void {
  const { validators, miners, bonds, incentive } = trace;
  const i = validators.indexOf(hotkey);
  const ids: string[] = [];
  for (const [j, miner] of miners.entries()) {
    const first = j * validators.length;
    if (bonds[first + i] === 0 || incentive[j] === 0) continue;
    const all = bonds.slice(first, first + validators.length).reduce((sum, bond) => sum + bond, 0);
    list.add(`yuma.bond.${miner}`, bonds[first + i], { unit: "0..1", words: "what it holds on the miner after this epoch" });
    list.add(`others.yuma.bonds.${miner}`, all - bonds[first + i], { words: "what all others hold on it" });
    list.add(`yuma.earns.${miner}`, incentive[j], { unit: "0..1", words: "incentive of the miner" });
    ids.push(`yuma.bond.${miner}`, `others.yuma.bonds.${miner}`, `yuma.earns.${miner}`);
  }
  const earned = validators.map((_, at) => earnedBy(configuration, trace, at));
  list.add("yuma.validator.earned", earned[i], {
    from: [...ids, ...(countsStake(configuration) ? ["yuma.validator.stake_share"] : [])],
    words: earnedWords(configuration),
  });
  list.add(
    "others.yuma.earned",
    earned.reduce((sum, one, at) => (at === i ? sum : sum + one), 0),
    { words: "sum of the same of all other validators" },
  );
}

function isRelative(configuration: WeightsConfiguration): boolean {
  return configuration.from === "chain_yuma" || configuration.version === "yuma2c" || configuration.version === "yuma3";
}

function countsStake(configuration: WeightsConfiguration): boolean {
  return configuration.from === "chain_yuma" ? configuration.bonds === "yuma3" : configuration.version === "yuma3";
}

/** What its bonds earn, before it is divided by what all earn. */
function earnedBy(configuration: WeightsConfiguration, { validators, miners, bonds, incentive, stake }: YumaTrace, i: number): number {
  const epsilon = configuration.from === "yuma" && configuration.version === "yuma3" ? EPSILON : 0;
  let sum = 0;
  for (let j = 0, first = 0; j < miners.length; j++, first += validators.length) {
    let all = epsilon;
    for (let at = 0; at < validators.length; at++) all += bonds[first + at];
    const part = isRelative(configuration) ? (all === 0 ? 0 : bonds[first + i] / all) : bonds[first + i];
    sum += part * incentive[j];
  }
  return countsStake(configuration) ? sum * stake[i] : sum;
}

function earnedWords(configuration: WeightsConfiguration): string {
  if (!isRelative(configuration)) return "sum over miners of bond * incentive";
  const epsilon = configuration.from === "yuma" && configuration.version === "yuma3" ? " + 0.000001" : "";
  const stake = countsStake(configuration) ? "stake_share * " : "";
  return `${stake}sum over miners of bond / (bond + others' bonds${epsilon}) * incentive`;
}
