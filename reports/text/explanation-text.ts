import type { Explanation } from "../explain/explanation.js";
import type { TranchesThen } from "../explain/tranches-then.js";
import { formatTokens } from "../format/amount.js";
import { formatCount, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { derivationText } from "./derivation-text.js";
import { minerText } from "./miner-text.js";
import { paragraph } from "./paragraph.js";
import { participantText } from "./participant-text.js";
import { exitsText, tranchesText } from "./tranches-text.js";
import { validatorText } from "./validator-text.js";

/** How much of an explanation is shown. */
export interface ExplanationView {
  /** Rows of a table. */
  readonly limit: number;
  /** List tranches and exits, too. */
  readonly tranches: boolean;
}

/** Why one miner, or who takes part in an index subnet, was paid what it was in an epoch. */
export function explanationText(explanation: Explanation, { limit, tranches }: ExplanationView, style: ReportStyle): string {
  const parts = [reportText(explanation, limit, style)];
  const { derivation, tranches_then: then } = explanation;
  if (then !== null) parts.push(`${thenText(then, style)}\n`);
  if (derivation !== null) parts.push(`${derivationText(derivation, style)}\n`);
  if (tranches && explanation.kind === "miner") {
    parts.push(tranchesText(explanation.tranches, { limit }, style), exitsText(explanation.exits, { limit }, style));
  }
  return parts.join("\n");
}

function reportText(explanation: Explanation, limit: number, style: ReportStyle): string {
  if (explanation.kind === "miner") return minerText(explanation, style);
  return explanation.kind === "validator" ? validatorText(explanation, limit, style) : participantText(explanation, limit, style);
}

function thenText({ tranches, received_rao: received, remaining_rao: remaining, agree }: TranchesThen, style: ReportStyle): string {
  const used = tranches.filter((tranche) => tranche.used.length > 0);
  const last = used.flatMap((tranche) => tranche.used.map(({ time_ms }) => time_ms)).reduce((latest, ms) => Math.max(latest, ms), 0);
  const consumed =
    used.length === 0 ? "none was consumed from" : `${formatCount(used.length)} of them consumed from, last at ${formatTime(last)}`;
  const sums = `those that count received ${formatTokens(received)} and hold ${formatTokens(remaining)} alpha`;
  const odd = agree ? "" : "; the epoch measured other sums, since stake was moved later";
  return paragraph(
    `Tranches when the epoch ended: ${plural(tranches.length, "tranche")}, ${consumed}; ${sums}${odd}. --tranches lists them, --json all with each event.`,
    style,
  );
}
