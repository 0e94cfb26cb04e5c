import type { YumaTrace } from "../../../engine/index.js";
import type { StepList } from "../step-list.js";
import type { YumaEpoch, YumaMinerRow } from "./yuma-epoch.js";
import { addYumaValidator } from "./yuma-validator-steps.js";

/** From what validators set to the incentive of a miner, and what a validator's bonds earn (docs/explanation/yuma.md). */
export function addYuma(list: StepList, yuma: YumaEpoch, hotkey: string): void {
  const { configuration, miners, trace } = yuma;
  const kappa = configuration.from === "yuma" ? configuration.kappa : configuration.kappaU16 / 65_535;
  list.add("parameter.kappa", kappa, { unit: "0..1", words: "part of the stake that a weight needs, to count" });
  const row = miners.find((one) => one.hotkey === hotkey);
  if (row !== undefined) addMiner(list, yuma, row);
  else if (miners.length === 0) list.add("yuma.incentive", null, { words: "not recorded (record.tables: yuma_miners)" });
  else list.add("yuma.incentive", 0, { unit: "0..1", words: "0: no validator gives it any weight" });
  if (yuma.validators.some(({ validator }) => validator === hotkey)) addYumaValidator(list, yuma, hotkey);
  else if (trace === null && miners.length > 0) {
    list.add("others.yuma.weights", null, {
      words: "weights by validator are in no table; a run with a trace has them (without --no-again)",
    });
  }
}

function addMiner(list: StepList, { configuration, miners, trace }: YumaEpoch, row: YumaMinerRow): void {
  const { prerank, consensus, rank, incentive, hotkey } = row;
  const raters = trace === null ? [] : ratersOf(trace, hotkey);
  for (const { name, stake, weight } of raters) {
    list.add(`yuma.stake.${name}`, stake, { unit: "0..1", words: "share of the stake of all validators" });
    list.add(`yuma.weight.${name}`, weight, { unit: "0..1", words: "of its row, which is of the sum 1" });
  }
  const pairs = raters.flatMap(({ name }) => [`yuma.stake.${name}`, `yuma.weight.${name}`]);
  list.add("yuma.prerank", prerank, { unit: "0..1", from: pairs, words: "sum of stake * weight: its rank, were nothing clipped" });
  if (trace !== null) {
    const j = trace.miners.indexOf(hotkey);
    const others = trace.supported.reduce((sum, one, at) => (at === j ? sum : sum + one), 0);
    list.add("yuma.supported", trace.supported[j], {
      unit: "0..1",
      from: [...pairs, "parameter.kappa"],
      words: "the largest weight that at least kappa of the stake gives it, or more; 0 where none is",
    });
    list.add("others.yuma.supported", others, { unit: "0..1", words: "sum of the same of all other miners" });
  }
  const gridded = "floor(supported / (supported + others.yuma.supported) * 65535) / 65535: weights above it are clipped to it";
  list.add("yuma.consensus", consensus, {
    unit: "0..1",
    from: ["yuma.supported", ...(configuration.from === "yuma" ? ["others.yuma.supported"] : [])],
    words: configuration.from === "yuma" ? gridded : "as supported: weights above it are clipped to it",
  });
  const isOfEarlier = configuration.from === "yuma" && configuration.version === "yuma2b";
  for (const { name, weight, clipped } of raters) {
    const cut = clipped < weight ? `: ${weight - clipped} of its weight is clipped, since too little stake agrees` : "";
    list.add(`yuma.clipped.${name}`, clipped, {
      unit: "0..1",
      from: [...(isOfEarlier ? [] : [`yuma.weight.${name}`]), "yuma.consensus"],
      words: isOfEarlier ? "min(its weight of the epoch before, consensus)" : `min(weight, consensus)${cut}`,
    });
  }
  const counted = raters.flatMap(({ name }) => [`yuma.stake.${name}`, `yuma.clipped.${name}`]);
  list.add("yuma.rank", rank, { unit: "0..1", from: counted, words: "sum of stake * what of each weight counts" });
  const ranks = miners.reduce((sum, one) => (one === row ? sum : sum + one.rank), 0);
  list.add("others.yuma.rank", ranks, { unit: "0..1", words: "sum of the ranks of all other miners" });
  list.add("yuma.trust", prerank === 0 ? 0 : rank / prerank, {
    unit: "0..1",
    from: ["yuma.rank", "yuma.prerank"],
    words: "rank / prerank: what of the weights that it was given counts",
  });
  const takesAll = configuration.from === "yuma" && configuration.winnerTakesAll;
  list.add("yuma.incentive", incentive, {
    unit: "0..1",
    from: ["yuma.rank", "others.yuma.rank"],
    words: takesAll ? "what the miners of the highest rank share; 0 of others" : "rank / (rank + others.yuma.rank)",
  });
}

/** Who gives a miner any weight, or what counts of one. */
function ratersOf({ validators, miners, stake, weights, clipped }: YumaTrace, hotkey: string) {
  const first = miners.indexOf(hotkey) * validators.length;
  return validators.flatMap((name, i) => {
    const one = { name, stake: stake[i], weight: weights[first + i], clipped: clipped[first + i] };
    return one.weight > 0 || one.clipped > 0 ? [one] : [];
  });
}
