import type { Role } from "./picture.ts";

const BALANCER = "M3 10h5m0 0 7-6m-7 6h7m-7 0 7 6M15 4h2m-2 6h2m-2 6h2";
const CYLINDER = "M3 5c0-3.3 14-3.3 14 0s-14 3.3-14 0v10c0 3.3 14 3.3 14 0V5M3 10c0 3.3 14 3.3 14 0";

/** Lines in a square of 20 pixels. */
export const ICONS: Readonly<Record<Role, string>> = {
  internet: "M10 2a8 8 0 1 0 0 16 8 8 0 1 0 0-16M2 10h16M10 2c-5 5-5 11 0 16M10 2c5 5 5 11 0 16",
  outside: "M10 2a8 8 0 1 0 0 16 8 8 0 1 0 0-16M2 10h16",
  names: "M3 3h7l8 8-7 7-8-8zM6.5 6.5v.1",
  "public-balancer": BALANCER,
  "inner-balancer": BALANCER,
  fleet: "M6 2h11v4H6zM4 8h13v4H4zM2 14h15v4H2zM14 4v0M14 10v0M14 16v0",
  server: "M3 3h14v6H3zM3 11h14v6H3zM6 6v0M6 14v0",
  database: CYLINDER,
  replica: CYLINDER,
};

/** A padlock in a square of 10 pixels: closed for TLS, open for what is plain. */
export const LOCKS = {
  closed: "M1.5 5h7v4.5h-7zM3 5V3.2a2 2 0 0 1 4 0V5",
  open: "M1.5 5h7v4.5h-7zM3 5V2.4a2 2 0 0 1 3.8-.8",
} as const;
