import { RULE_KEYS } from "../../scenarios/index.js";

/** A scenario as plain data, as far as it is looked at. */
interface Resolved {
  readonly time: object;
  readonly subnets: readonly { readonly netuid: unknown }[];
  readonly vesting?: object;
  readonly index?: object | null;
}

/** What stands for all subnets that are not named. */
const OTHERS = "others";
/** The one subnet, as a scenario of one may state it. */
const SUBNET = /^\s*subnet(?=[.=\s])/;

/**
 * A resolved scenario, and changes of its values, as somebody states them: what can be stated in two ways is stated in that of the change,
 * such as a rule under `vesting` by a list of stages. Where the changes themselves say both, both stay, and are refused.
 * @param changes `path=value` texts
 */
export function restated<Scenario extends Resolved>(scenario: Scenario, changes: readonly string[]) {
  const paths = changes.map((text) => text.trim().replace(/\s*=.*$/s, ""));
  const { time, subnets } = scenario;
  const [days, end] = ["days", "end"].map((key) => paths.includes(`time.${key}`));
  const named = subnets.filter(({ netuid }) => netuid !== OTHERS);
  const at = named.length === 1 ? subnets.indexOf(named[0]) : null;
  const ruled = paths.includes("stages") ? withoutRule(scenario) : scenario;
  return {
    scenario: { ...ruled, time: days === end ? time : { ...time, [days ? "end" : "days"]: null } },
    changes: changes.map((text) => (at === null ? text : text.replace(SUBNET, `subnets.${at}`))),
  };
}

/** What `vesting` says of how holding is measured stays; its rule goes, as a list of stages states that. */
function withoutRule<Scenario extends Resolved>(scenario: Scenario): Scenario {
  const { vesting = {}, index = null } = scenario;
  const measured = Object.fromEntries(Object.entries(vesting).filter(([key]) => !RULE_KEYS.some((rule) => rule === key)));
  // What a preset says stands written out.
  return { ...scenario, preset: null, vesting: measured, index: index === null ? null : { ...index, vesting_multipliers: false } };
}
