import type { CheckDeclaration } from "../../../reports/findings/check.js";
import { CHECKS } from "../../../reports/findings/registry.js";

const HEAD = `<!-- Made by \`npm run docs:reference\` from reports/findings. Do not edit. -->

# Findings: a health check of the mechanism

[\`tenure report\`](../how-to/report.md) looks at a run, a tuning or a comparison with rules of thumb, each with a figure and a threshold, and
says what it found: how grave it is, the evidence, and what to try. No model, no score: a finding says what was measured, and a person decides.

- **serious**: pay is not what the mechanism says it is, or is not safe to go live with.
- **warning**: something that ought to be meant; look whether it is.
- **note**: what the figures cannot say.

A check stays silent where its tables were not recorded; \`tables_missing\` says which these are. That nothing was found means that
these checks found nothing, not that the mechanism is good.

**What they were made for.** Six faults that subnets had in production are rebuilt as small scenarios in the tests, each with a healthy twin
that raises nothing: collateral recorded as 0 that sent a whole pot elsewhere (\`stake_missing\`), weights that were no numbers and became
equal (\`weights_even\`), active miners at 0 for some epochs (\`pay_gaps\`), a sign that slipped (\`order_reversed\`), three of four
scores distorted (\`weights_distorted\`), and pay that was nearly flat (\`pay_too_flat\`).

**Against its own past.** Some checks ask whether an epoch is unlike the others of the same run: the *usual* epoch is the median over epochs. What is
so in most epochs is how the mechanism works, and no accident. A miner's past is a running mean of its base shares, the newest with a weight of 1/16.
`;

function section({ code, says, severities, threshold, tries }: CheckDeclaration): string {
  return `### ${code}\n${says} (${severities.join(", ")})\n\n- *Figure and threshold:* ${threshold}\n- *What to try:* ${tries}\n`;
}

/** What each check says, by what it is made of. */
export function findingsPage(): string {
  const parts = CHECKS.map(({ of, checks }) => `## Of ${of}\n${checks.map(section).join("\n")}`);
  return `${HEAD}\n${parts.join("\n")}`;
}
