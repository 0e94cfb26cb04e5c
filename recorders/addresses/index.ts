export * from "./address-intake.js";
export * from "./canonical-address.js";
export * from "./ss58.js";
