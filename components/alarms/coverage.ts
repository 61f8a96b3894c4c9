/** How a resource is watched, for people to read. */
export interface Coverage {
  readonly resource: string;
  /** Names of its alarms, as docs/alarms.md has them. */
  readonly alarms: readonly string[];
  /** What goes unwatched, and why. */
  readonly gaps: readonly string[];
}

/** A resource that has no alarm. */
export interface Unwatched {
  readonly resource: string;
  readonly reason: string;
}
