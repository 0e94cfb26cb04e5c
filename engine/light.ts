/** What of this room loads at once: for the help of commands, which names what can be chosen from. */
export { STAKE_ACTIONS, STREAM_KINDS } from "./tables/streams.js";
