import type { OpenRun, RatingEntry } from "../../../recorders/index.js";
import { type EpochRow, readEpochs } from "../../reading/epochs.js";
import { rulesOf } from "../../rules.js";
import type { Derivation } from "../derivation.js";
import { StepList } from "../step-list.js";
import { readYumaEpoch } from "../yuma/yuma-epoch.js";
import { addYumaValidator } from "../yuma/yuma-validator-steps.js";
import type { Rater } from "./find-rater.js";

/** What the ratings of a validator of a closed loop counted in an epoch, and what its bonds earned. It is paid no rao: the pot is the miners'. */
export interface RaterExplanation {
  readonly kind: "rater";
  readonly name: string;
  readonly netuid: number;
  /** What its group came to over the whole run. */
  readonly group: RatingEntry | null;
  /** Part of the validators' stake that a weight needs, to count. */
  readonly kappa: number;
  /** Null: the subnet has no epoch. */
  readonly epoch: EpochRow | null;
  /** Down from `yuma.validator.dividends`; null: nobody has bonds here, or there is no epoch. */
  readonly derivation: Pick<Derivation, "hotkey" | "netuid" | "epoch" | "steps"> | null;
}

/** @throws TenureError `TEN-REPORT-003` no such epoch */
export async function explainRater(run: OpenRun, { name, netuid, group, kappa }: Rater, wanted?: number): Promise<RaterExplanation> {
  const { yuma = null, stagesStated } = rulesOf(run, "closed_loop");
  const epoch = (await readEpochs(run)).choose(netuid, wanted) ?? null;
  const loop = run.manifest.summary.closed_loop?.subnets.find((one) => one.netuid === netuid);
  const of = { kind: "rater", name, netuid, epoch, group: loop?.validators.find((one) => one.group === group.name) ?? null } as const;
  if (yuma === null) return { ...of, kappa, derivation: null };
  const counted = yuma.from === "yuma" ? yuma.kappa : yuma.kappaU16 / 65_535;
  if (epoch === null) return { ...of, kappa: counted, derivation: null };
  const list = new StepList(stagesStated);
  const known = await readYumaEpoch(run, yuma, epoch);
  addYumaValidator(list, known, name);
  if (list.steps.length === 0) {
    list.add("yuma.validator.dividends", null, { words: "not recorded (record.tables: yuma_validators; record.every_epochs: 1)" });
  }
  return { ...of, kappa: counted, derivation: { hotkey: name, netuid, epoch: epoch.epoch, steps: list.steps } };
}
