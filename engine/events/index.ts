export type { CompositionListener } from "./composition-events.js";
export { EmissionIntake } from "./emission-intake.js";
export type { EventHandler, EventHandlers } from "./event-handler.js";
export { type EventListeners, Events } from "./events.js";
export type { PriceListener } from "./price-events.js";
export type { StakeEvent } from "./stake-flows.js";
export { StreamCursor } from "./stream-cursor.js";
