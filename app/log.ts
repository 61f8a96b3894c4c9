export type Level = "info" | "warn" | "error";

export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

type Fields = Readonly<Record<string, unknown>>;

/** Writes each event as one line of JSON: `time` (ISO 8601, UTC), `level`, `message`, then the event's own fields. */
export function createLog(write: (line: string) => unknown, now: () => Date = () => new Date()): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/** What a log may tell of an error: its code and message, never the statement or the values of a query. */
export function errorFields(error: unknown): { readonly error: string; readonly code?: string } {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { error: error.message, ...code };
}
