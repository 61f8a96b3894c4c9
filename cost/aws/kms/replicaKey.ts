/** Costs what a key costs. */
export { default } from "./key.ts";
