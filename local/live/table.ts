import type { Member, Status } from "./status.ts";

/** The members as a table, in the order that a request goes. */
export function table(members: readonly Member[]): string {
  const rows = members.map(({ tier, name, address, state, readyAfterSeconds }) => [
    tier,
    name,
    address,
    state,
    readyAfterSeconds === undefined ? "" : seconds(readyAfterSeconds),
  ]);
  return aligned([["tier", "name", "address", "state", "ready after"], ...rows]);
}

/** What has become ready since an earlier status, a line each. */
export function news(before: Status | undefined, now: Status): string[] {
  const known = new Set(before?.members.filter(({ ready }) => ready).map(({ name }) => name));
  const all = now.members.filter(({ ready }) => ready);
  return all
    .filter(({ name }) => !known.has(name))
    .map(({ tier, name, address, state, readyAfterSeconds = 0 }) =>
      [seconds(readyAfterSeconds).padStart(7), tier.padEnd(13), name.padEnd(28), address.padEnd(15), state].join("  "),
    );
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
