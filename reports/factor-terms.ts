import {
  asksPrice,
  boundFactor,
  explainFactor,
  goesBeyond,
  isRead,
  type NamedTerm,
  type OneMiner,
  RAO_PER_TOKEN,
  ruleLabel,
  type StageConfiguration,
  withholdsFrom,
} from "../engine/index.js";
import { askAgain } from "./asked-again.js";
import { unlessItFails } from "./unless-it-fails.js";

/** Whom the stages of a list are asked about once more. */
export interface AskedMiner {
  readonly stages: readonly StageConfiguration[];
  readonly netuid: number;
  /** Null where its holdings were not recorded. */
  readonly miner: OneMiner | null;
}

/** How a factor came about. */
export interface FactorTerms {
  /** As recorded, else as it is asked again; null where it cannot be asked. */
  readonly factor: number | null;
  readonly terms: readonly NamedTerm[];
  readonly note: string | null;
  /** The stage, from 1, that withheld the bonus. */
  readonly withheld_by: number | null;
}

/**
 * The terms of the factor of a stage.
 * @param recorded the factor in the run; null: it was not recorded
 */
export function factorTerms(asked: AskedMiner, index: number, recorded: number | null): FactorTerms {
  const { stages, miner } = asked;
  const configuration = stages[index];
  const { stage, variant } = configuration;
  if (miner === null || !isRead(stage) || !isRead(variant)) return { factor: recorded, terms: [], note: null, withheld_by: null };
  const beyond = goesBeyond(configuration);
  if (beyond !== null) return asRecorded(asked, index, miner, recorded, beyond);
  if (asksPrice(configuration)) return limitInTao(asked, index, miner, recorded);
  const given = answerOf(configuration, miner);
  const withheld = withheldBy(asked, index, miner, recorded, given);
  const own = typeof stage === "object" ? stage : typeof variant === "object" ? variant : null;
  const explain = () => explainFactor(configuration, miner);
  let told: { readonly terms: readonly NamedTerm[]; readonly note: string | null };
  if (own === null) told = { terms: explain(), note: null };
  else {
    // A multiplier rule is not asked about who received nothing; who may be without the bonus has another factor than it gives.
    const isCompared = !withheld.isPossible && (own === stage || !Number.isNaN(miner.heldShare));
    told = askAgain(ruleLabel(own), isCompared ? recorded : null, explain);
    // A stage may ask for more than results hold, and then answers something else.
    if (own === stage && told.note !== null && told.terms.length > 0) {
      told = { terms: [], note: `${told.note} Its terms are not shown: it may depend on more than the results hold.` };
    }
  }
  if (withheld.by === null) {
    return { factor: recorded ?? (withheld.isPossible ? null : given), ...told, withheld_by: null };
  }
  const by = `stage ${withheld.by}, ${ruleLabel(stages[withheld.by - 1].stage)}, withholds the bonus, so it is 1`;
  return { factor: 1, terms: [...told.terms, { name: "factor", formula: by, value: 1 }], note: told.note, withheld_by: withheld.by };
}

/** Of a factor that goes by more than what the miner holds: as the run recorded it, and by what. */
function asRecorded(asked: AskedMiner, index: number, miner: OneMiner, recorded: number | null, beyond: string): FactorTerms {
  const label = ruleLabel(asked.stages[index].variant ?? asked.stages[index].stage);
  const withheld = withheldBy(asked, index, miner, recorded, null);
  const by = withheld.by === null ? `as recorded; by ${beyond}` : `stage ${withheld.by} withholds the bonus, so it is 1`;
  const factor = withheld.by === null ? recorded : 1;
  return {
    factor,
    terms: factor === null ? [] : [{ name: "factor", formula: by, value: factor }],
    note: recorded === null ? `Stage ${index + 1}, ${label}: its factor goes by ${beyond}, and was not recorded.` : null,
    withheld_by: withheld.by,
  };
}

/** Of a limit in TAO where the price is to be had, and gives what the run recorded; else of what is known without it. */
function limitInTao({ stages, netuid }: AskedMiner, index: number, miner: OneMiner, recorded: number | null): FactorTerms {
  const configuration = stages[index];
  if (miner.priceTaoPerAlpha > 0) {
    const terms = explainFactor(configuration, miner);
    const factor = terms[terms.length - 1].value;
    if (recorded === null || factor === recorded) return { factor, terms, note: null, withheld_by: null };
  }
  const { atLeast } = configuration.parameters as { readonly atLeast: number };
  const label = ruleLabel(configuration.stage);
  return {
    factor: recorded,
    terms: [
      { name: "stake_alpha", formula: "", value: miner.stakeRao / RAO_PER_TOKEN },
      { name: "at_least", formula: "in TAO", value: atLeast },
      ...(recorded === null ? [] : [{ name: "factor", formula: "as recorded; by stake_alpha * the latest price", value: recorded }]),
    ],
    note: `Stage ${index + 1}, ${label}: what its stake was worth in TAO is not shown, since the results hold no price of subnet ${netuid} at that time (the table prices, which a run with an index subnet fills).`,
    withheld_by: null,
  };
}

/** What a factor stage gives a miner by itself; null where its rule fails. */
function answerOf(configuration: StageConfiguration, miner: OneMiner): number | null {
  return unlessItFails(() => {
    const terms = explainFactor(configuration, miner);
    return terms.length === 0 ? 1 : terms[terms.length - 1].value;
  });
}

interface Withheld {
  readonly by: number | null;
  /** May a stage have withheld it, as far as the results tell? */
  readonly isPossible: boolean;
}

/** Which stage before withheld a bonus; `given` is what its rule gives, null: not known. */
function withheldBy({ stages }: AskedMiner, index: number, miner: OneMiner, recorded: number | null, given: number | null): Withheld {
  if (!isBonus(stages[index]) || (recorded !== null && recorded !== 1)) return { by: null, isPossible: false };
  const answers = stages.slice(0, index).map((one) => withholding(one, miner));
  const sure = answers.indexOf("yes");
  if (sure !== -1) return { by: sure + 1, isPossible: true };
  const possible = answers.flatMap((answer, at) => (answer === "perhaps" ? [at + 1] : []));
  // Nothing else makes 1 of what the rule gives.
  const [only = null] = recorded === 1 && given !== null && given !== 1 && possible.length === 1 ? possible : [];
  return { by: only, isPossible: possible.length > 0 };
}

/** A rule of one's own may depend on more than it can be told here: what it denies may have been so. */
function withholding(one: StageConfiguration, miner: OneMiner): "yes" | "no" | "perhaps" {
  const { stage, variant } = one;
  if (!isRead(stage)) return "perhaps";
  if (!isRead(variant)) return "no";
  if (unlessItFails(() => boundFactor(one)?.withholds === undefined) === true) return "no";
  if (goesBeyond(one) !== null || (asksPrice(one) && !(miner.priceTaoPerAlpha > 0))) return "perhaps";
  const answer = unlessItFails(() => withholdsFrom(one, miner));
  return answer === true ? "yes" : answer === false && typeof stage === "string" ? "no" : "perhaps";
}

function isBonus(configuration: StageConfiguration): boolean {
  return unlessItFails(() => boundFactor(configuration)?.isBonus === true) === true;
}
