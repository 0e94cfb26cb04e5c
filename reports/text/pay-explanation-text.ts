import type { AnyExplanation } from "../explain/any-explanation.js";
import type { PayExplanation } from "../explain/explain-pay.js";
import type { ReportStyle } from "../style.js";
import { counterfactualText } from "./counterfactual-text.js";
import { type ExplanationView, explanationText } from "./explanation-text.js";
import { paragraph } from "./paragraph.js";
import { raterText } from "./rater-text.js";
import { runExplanationText } from "./run-explanation-text.js";

/** An explanation, what was lacking for it, and a counterfactual. */
export function payExplanationText(
  { explanation, note, counterfactual }: PayExplanation,
  view: ExplanationView & { readonly note: boolean },
  style: ReportStyle,
): string {
  const isNoted = view.note && note !== null;
  const noted = isNoted ? [`${paragraph(style.legible(note), style, style.dim)}\n`] : [];
  const told = toldText(explanation, view, isNoted, style);
  const beside = counterfactual === null ? [] : [counterfactualText(counterfactual, explanation, style)];
  // That another time was taken than was asked for is to be read first.
  const isValidator = explanation.kind === "validator" || explanation.kind === "rater";
  return (isValidator ? [...noted, told, ...beside] : [told, ...beside, ...noted]).join("\n");
}

function toldText(explanation: AnyExplanation, view: ExplanationView, isNoted: boolean, style: ReportStyle): string {
  switch (explanation.kind) {
    case "run":
      return runExplanationText(explanation, view.limit, isNoted, style);
    case "rater":
      return raterText(explanation, style);
    default:
      return explanationText(explanation, view, style);
  }
}
