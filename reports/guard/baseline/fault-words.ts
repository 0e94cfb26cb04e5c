import type { TenureError } from "../../../engine/index.js";
import type { DamagedBaseline } from "./damaged-baseline.js";

/** What an update says of a baseline that it could not compare with. */
export function replacedWords({ fault, approvals }: DamagedBaseline): string {
  const kept = approvals === null ? "its approvals are lost" : "its approvals are kept";
  return `the baseline could not be read (${fault.code}) and was replaced without a comparison; ${kept}`;
}

/** What an update says of a fault that did not hinder the comparison. */
export function sideFaultWords(part: "approvals" | "terms", { code }: TenureError): string {
  return part === "approvals"
    ? `approvals were edited by hand or merged (${code}) and are kept as they stand`
    : `terms of the baseline could not be used (${code}); where there is such a file they are made anew`;
}
