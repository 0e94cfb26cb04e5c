export * from "./address-intake.js";
export * from "./ss58.js";
