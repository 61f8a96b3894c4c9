export type Health =
  | { readonly status: "ok" }
  | { readonly status: "unavailable"; readonly reason: "draining" | "schema-not-ready" | "writer-unreachable" };

export interface HealthParts {
  readonly isDraining: () => boolean;
  readonly isSchemaReady: () => boolean;
  /** Rejects when the writer does not answer in time. */
  readonly pingWriter: () => Promise<unknown>;
  /** In milliseconds. */
  readonly now?: () => number;
}

const KEEP_MILLISECONDS = 1000;

/**
 * Makes the check behind `/healthz`. The writer's answer is kept for a second and asked for once at a time, so that many
 * balancers cost the database no more than one; draining shows at once.
 */
export function createHealthCheck(parts: HealthParts): () => Promise<Health> {
  const { isDraining, isSchemaReady, pingWriter, now = Date.now } = parts;
  let asking: Promise<boolean> | undefined;
  let answer: { readonly reachable: boolean; readonly at: number } | undefined;

  async function isWriterReachable(): Promise<boolean> {
    if (answer !== undefined && now() - answer.at < KEEP_MILLISECONDS) return answer.reachable;
    asking ??= pingWriter()
      .then(
        () => true,
        () => false,
      )
      .then((reachable) => {
        answer = { reachable, at: now() };
        asking = undefined;
        return reachable;
      });
    return asking;
  }

  return async () => {
    if (isDraining()) return { status: "unavailable", reason: "draining" };
    if (!isSchemaReady()) return { status: "unavailable", reason: "schema-not-ready" };
    if (!(await isWriterReachable())) return { status: "unavailable", reason: "writer-unreachable" };
    return isDraining() ? { status: "unavailable", reason: "draining" } : { status: "ok" };
  };
}
