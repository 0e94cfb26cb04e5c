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
  const parts = [
    explanation.kind === "run" ? runExplanationText(explanation, view.limit, style) : explanationText(explanation, view, style),
  ];
  if (counterfactual !== null) parts.push(counterfactualText(counterfactual, style));
  if (view.note && note !== null) parts.push(`${paragraph(style.legible(note), style, style.dim)}\n`);
  return parts.join("\n");
}
