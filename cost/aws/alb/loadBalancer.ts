/** Another name for the same type. */
export { default } from "../lb/loadBalancer.ts";
