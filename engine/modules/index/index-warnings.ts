import { calendarDate } from "../../kernel/calendar.js";
import { about, type Warning } from "../warning.js";
import type { IndexSubnet } from "./index-subnet.js";

export function indexWarnings({ totals, compositions }: IndexSubnet): readonly Warning[] {
  const warnings: string[] = [];
  if (totals.foundedMs === null) warnings.push("The index fund was never founded: there were no fresh prices of all its subnets.");
  const missingDays = [...compositions.missingDays].sort((a, b) => a - b);
  if (missingDays.length > 0) {
    warnings.push(`The index was composed without emission rates of ${missingDays.map(calendarDate).join(", ")}.`);
  }
  return about("fund", warnings);
}
