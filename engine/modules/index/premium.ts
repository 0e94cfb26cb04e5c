/** Market price over NAV less 1; 0 where either is missing. */
export function premiumOf(priceTao: number, navTao: number): number {
  return navTao > 0 && priceTao > 0 ? priceTao / navTao - 1 : 0;
}
