import type { ResultTableName } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import { TablePasses } from "../reading/table-passes.js";
import type { Check, Found } from "./check.js";
import { followRunEvidence, type RunEvidence, type SubnetEvidence } from "./evidence/run-evidence.js";
import type { Finding } from "./finding.js";
import { SUBNET_CHECKS } from "./registry.js";
import { strategyBeatsHolding } from "./run/strategy-beats-holding.js";
import { tablesMissing } from "./run/tables-missing.js";
import { warnedFindings } from "./run/warned.js";
import { bySeverity, gravest } from "./severity.js";

/** A health check of the mechanism of a run, by rules with thresholds (docs/explanation/findings.md): the gravest findings first. */
export async function runFindings(run: OpenRun): Promise<readonly Finding[]> {
  const passes = new TablePasses(run);
  const evidence = await followRunEvidence(run, passes);
  await passes.read();
  return findingsOf(await evidence());
}

/** The same of evidence that is at hand. */
export function findingsOf({ run, subnets, edges, warnings }: RunEvidence): readonly Finding[] {
  const lacking = new Map<string, readonly ResultTableName[]>();
  const ofSubnets = SUBNET_CHECKS.flatMap((check): readonly Finding[] => {
    const asked = subnets.filter((subnet) => check.applies?.(subnet) ?? true);
    const lacks = [...new Set(asked.flatMap((subnet) => check.needs?.(subnet) ?? []))].filter((table) => !run.tables.includes(table));
    // What can be asked without them is asked.
    if (lacks.length > 0) lacking.set(check.code, lacks);
    return together(
      check,
      asked.flatMap((subnet) => foundIn(check, subnet)),
      subnets.length > 1,
    );
  });
  const edge = strategyBeatsHolding.find(edges);
  const ofStrategies = edge === null ? [] : [{ code: strategyBeatsHolding.code, ...edge }];
  const warned = warnedFindings(warnings, new Set(ofSubnets.map(({ code }) => code)));
  // What the run saw is the cause of what follows of it.
  return bySeverity([...warned, ...ofSubnets, ...ofStrategies, ...tablesMissing(lacking)]);
}

interface FoundIn {
  readonly netuid: number;
  readonly found: Found;
}

function foundIn(check: Check<SubnetEvidence>, subnet: SubnetEvidence): readonly FoundIn[] {
  const found = check.find(subnet);
  return found === null ? [] : [{ netuid: subnet.netuid, found }];
}

/** Subnets whose evidence is printed; the others are counted. */
const SHOWN_SUBNETS = 3;

/** One finding for all subnets that have it. */
function together({ code }: Check<SubnetEvidence>, found: readonly FoundIn[], isMany: boolean): readonly Finding[] {
  const [first, ...others] = found;
  if (first === undefined) return [];
  if (!isMany) return [{ code, ...first.found }];
  const shown = found.slice(0, SHOWN_SUBNETS);
  const rest = found.length - shown.length;
  return [
    {
      code,
      severity: gravest(found.map(({ found: { severity } }) => severity)),
      title:
        others.length === 0
          ? `Subnet ${first.netuid}: ${first.found.title}`
          : `In ${found.length} subnets. Subnet ${first.netuid}: ${first.found.title}`,
      evidence: [
        ...shown.flatMap(({ netuid, found: { title, evidence } }, at) => [
          ...(at === 0 ? [] : [`Subnet ${netuid}: ${title}`]),
          ...evidence.map((line) => `Subnet ${netuid}: ${line}`),
        ]),
        ...(rest === 0 ? [] : [`The same in ${rest} more.`]),
      ],
      tries: first.found.tries,
    },
  ];
}
