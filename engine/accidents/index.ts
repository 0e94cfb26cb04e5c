export { ACCIDENTS, type Accident, type AccidentCode, accidentOf, accidentText } from "./accident.js";
export { FEWEST_IN_GAP, GAP_MINERS, gapLimit } from "./pay-gaps.js";
export { FEWEST_SPREAD, FLAT_GINI, ONE_HAS } from "./pay-spread.js";
export { BORN_BY_ALL, CANCELLED, cancelledPart, LEAST_TAKEN, type PenaltyMeans } from "./penalty-cancelled.js";
export { FEWEST_RANKED, LUCK_MINERS, REVERSED, REVERSED_EPOCHS, rankWhereFalling } from "./reward-order.js";
export { RunAccidents } from "./run-accidents.js";
