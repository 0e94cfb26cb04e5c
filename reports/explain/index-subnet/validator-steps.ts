import type { ParticipantRow, PayoutRow, SubmissionRow, ValidatorRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import type { EpochTables } from "../epoch-tables.js";
import { dividePot, type PotDivision } from "../pot-division.js";
import { addPotPart } from "../pot-steps.js";
import { partOf } from "../shared-pot.js";
import type { StepList } from "../step-list.js";

/** How the validators of an epoch shared their pool. */
export interface ValidatorPot {
  /** In the order of `weights`. */
  readonly validators: readonly ParticipantRow[];
  /** How each stood in the consensus of the epoch before; undefined in the first epoch. */
  readonly standings: readonly (Standing | undefined)[];
  /** Stake on its hotkey when the epoch ended, before its pay, rao; null: not recorded. */
  readonly stakes: readonly (bigint | null)[];
  /** Stake of who took part in that consensus, 0 of others, rao; null: not known. */
  readonly weights: readonly bigint[] | null;
  /** Null where nobody has a weight, or it does not give what was paid. */
  readonly division: PotDivision | null;
  /** Why it is not known, in words; empty: it is. */
  readonly lacks: string;
}

interface Standing {
  readonly standing: string;
  readonly judged: boolean;
  readonly severity: string;
  readonly status: string;
}

/** Works out once more who took part in the consensus of the epoch before, and with how much stake. */
export async function validatorPot(
  tables: EpochTables,
  members: readonly ParticipantRow[],
  payouts: readonly PayoutRow[] | null,
  poolRao: bigint | null,
): Promise<ValidatorPot> {
  const validators = members.filter(({ kind }) => kind === "validator");
  const absent = (["submissions", "validators"] as const).filter((table) => !tables.run.tables.includes(table));
  const standings = absent.length > 0 ? validators.map(() => undefined) : await standingsBefore(tables, validators);
  const stakes = validators.map(({ hotkey }) => stakeOf(tables, hotkey));
  const lacking = [...absent, ...(tables.holdings === null ? ["holdings"] : []), ...(payouts === null ? ["payouts"] : [])];
  const known = { validators, standings, stakes };
  if (lacking.length > 0 || poolRao === null) {
    return { ...known, weights: null, division: null, lacks: `not recorded (record.tables: ${lacking.join(", ") || "scores"})` };
  }
  const weights = validators.map((_, k) => (tookPart(standings[k]) ? (stakes[k] ?? 0n) : 0n));
  const division = dividePot(poolRao, weights.map(Number));
  const paid = new Map((payouts ?? []).map(({ participant, paid_rao }) => [participant, BigInt(paid_rao)]));
  const agrees = validators.every(({ participant }, k) => (paid.get(participant) ?? 0n) === (division === null ? 0n : partOf(division, k)));
  if (agrees) return { ...known, weights, division, lacks: "" };
  return { ...known, weights, division: null, lacks: "it does not follow from the stakes and standings that were recorded" };
}

/** The steps from the pool of validators to what one of them was paid. */
export function addValidatorPay(list: StepList, pot: ValidatorPot, who: ParticipantRow, paidRao: number | null): void {
  const { validators, standings, stakes, weights, division, lacks } = pot;
  const k = validators.indexOf(who);
  const standing = standings[k];
  if (standing !== undefined) {
    const told = { words: "in the epoch before" };
    list.add("consensus.standing", standing.standing, { words: `whether its submission counted ${told.words}, or why not` });
    list.add("consensus.judged", Number(standing.judged), { words: `1 where it was compared with a consensus ${told.words}` });
    list.add("consensus.severity", standing.severity, { words: `how far it was astray ${told.words}` });
    list.add("consensus.status", standing.status, { words: `its status after the epoch before; who is suspended does not earn` });
  }
  if (weights !== null) {
    const words =
      standing === undefined
        ? "0: before the first epoch there was no consensus"
        : "1 where its submission counted, was judged and was not astray, and it is not suspended, else 0";
    list.add("consensus.took_part", Number(tookPart(standing)), {
      from: ["consensus.standing", "consensus.judged", "consensus.severity", "consensus.status"],
      words,
    });
  }
  list.add("holdings.stake", stakes[k], {
    unit: "rao",
    words: stakes[k] === null ? "not recorded (record.tables: holdings)" : "stake on its hotkey when the epoch ended, before its pay",
  });
  if (weights !== null) {
    const words = "took_part * stake";
    list.add("validator.weight", weights[k], { unit: "rao", from: ["consensus.took_part", "holdings.stake"], words });
    list.add(
      "others.validators",
      weights.reduce((sum, weight, one) => (one === k ? sum : sum + weight), 0n),
      {
        unit: "rao",
        words: "sum of the weights of all other validators",
      },
    );
  }
  if (division !== null) {
    addPotPart(list, division, k, {
      prefix: "pay",
      share: "validator.weight",
      pot: "pot.validators",
      others: "others.validators",
      part: "pay.paid",
      words: "paid in the epoch: floor + rounding",
    });
    return;
  }
  const nobody = "nobody took part in the consensus of the epoch before, so that the pool goes to nobody";
  list.add("pay.paid", paidRao, {
    unit: "rao",
    from: ["pot.validators", "validator.weight", "others.validators"],
    words:
      lacks === "" ? nobody : `its part of the pool of validators, by stake among those in the consensus of the epoch before; ${lacks}`,
  });
}

function tookPart(standing: Standing | undefined): boolean {
  return standing?.standing === "counted" && standing.judged && standing.severity === "none" && standing.status !== "suspended";
}

async function standingsBefore({ run, epoch }: EpochTables, validators: readonly ParticipantRow[]) {
  const at = { epoch: epoch.epoch - 1 };
  const submissions = byValidator(await readTableRows<SubmissionRow>(run, "submissions", at));
  const rows = byValidator(await readTableRows<ValidatorRow>(run, "validators", at));
  return validators.map(({ participant }): Standing | undefined => {
    const submission = submissions.get(participant);
    const status = rows.get(participant)?.status;
    if (submission === undefined || status === undefined) return undefined;
    const { standing, judged, severity } = submission;
    return { standing, judged, severity, status };
  });
}

function byValidator<Row extends { readonly validator: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [row.validator, row]));
}

/** A hotkey may have positions of several owners. */
function stakeOf({ holdings, positions, epoch }: EpochTables, hotkey: string): bigint | null {
  if (holdings === null) return null;
  let sum = 0n;
  for (const { position, stake_rao } of holdings.values()) {
    const row = positions.get(position);
    if (row?.hotkey === hotkey && row.netuid === epoch.netuid) sum += BigInt(stake_rao);
  }
  return sum;
}
