import type { PayExplanation } from "../explain/explain-pay.js";
import type { ReportStyle } from "../style.js";
import { counterfactualText } from "./counterfactual-text.js";
import { type ExplanationView, explanationText } from "./explanation-text.js";
import { paragraph } from "./paragraph.js";
import { runExplanationText } from "./run-explanation-text.js";

/** An explanation, what was lacking for it, and a counterfactual. */
export function payExplanationText(
  { explanation, note, counterfactual }: PayExplanation,
  view: ExplanationView & { readonly note: boolean },
  style: ReportStyle,
): string {
  const isNoted = view.note && note !== null;
  const noted = isNoted ? [`${paragraph(style.legible(note), style, style.dim)}\n`] : [];
  const told =
    explanation.kind === "run" ? runExplanationText(explanation, view.limit, isNoted, style) : explanationText(explanation, view, style);
  const beside = counterfactual === null ? [] : [counterfactualText(counterfactual, explanation, style)];
  // That another time was taken than was asked for is to be read first.
  return (explanation.kind === "validator" ? [...noted, told, ...beside] : [told, ...beside, ...noted]).join("\n");
}
