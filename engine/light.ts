/** What of this room loads at once: for the help of commands, which names what can be chosen from. */
export { STAKE_ACTIONS } from "./tables/streams/stake-actions.js";
export { STREAM_KINDS } from "./tables/streams/stream-kinds.js";
