export function report(title: string, rows: readonly Record<string, string | number>[]): void {
  console.log(`\n${title}`);
  console.table(rows);
}

export const fixed = (value = 0): string => value.toFixed(1);
export const ratio = (a = 0, b = 1): string => (a / b).toFixed(2);
export const mebibytes = (bytes?: number): string => (bytes === undefined ? "-" : String(Math.round(bytes / 2 ** 20)));
