/** A scenario as plain data, as far as it is looked at. */
interface Resolved {
  readonly time: object;
  readonly subnets: readonly { readonly netuid: unknown }[];
}

/** What stands for all subnets that are not named. */
const OTHERS = "others";
/** The one subnet, as a scenario of one may state it. */
const SUBNET = /^\s*subnet(?=[.=\s])/;

/**
 * A resolved scenario, and changes of its values, as somebody states them: what can be stated in two ways is stated in that of the change. Where the
 * changes themselves say both, both stay, and are refused.
 * @param changes `path=value` texts
 */
export function restated<Scenario extends Resolved>(scenario: Scenario, changes: readonly string[]) {
  const { time, subnets } = scenario;
  const [days, end] = ["days", "end"].map((key) => changes.some((text) => text.trim().replace(/\s*=.*$/s, "") === `time.${key}`));
  const named = subnets.filter(({ netuid }) => netuid !== OTHERS);
  const at = named.length === 1 ? subnets.indexOf(named[0]) : null;
  return {
    scenario: { ...scenario, time: days === end ? time : { ...time, [days ? "end" : "days"]: null } },
    changes: changes.map((text) => (at === null ? text : text.replace(SUBNET, `subnets.${at}`))),
  };
}
