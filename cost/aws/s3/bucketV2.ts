/** The same type, as the provider called it before version 7. */
export { default } from "./bucket.ts";
