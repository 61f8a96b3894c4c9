import test, { type ExecutionContext } from "ava";
import { mariadbMissing } from "./mariadb-install.ts";
import { Surroundings } from "./surroundings.ts";

const missing = await mariadbMissing();

/** Starts the databases before the tests of a file, and ends and removes all after them. */
export function useSurroundings(): Surroundings {
  const surroundings = new Surroundings();
  test.after.always("stop and remove everything", () => surroundings.stop());
  if (missing === undefined) test.before("start the databases", () => surroundings.start());
  else {
    test("SKIPPED: the tests of this file need MariaDB", (t) => {
      t.log(missing);
      t.pass();
    });
  }
  return surroundings;
}

/** Declares a test that needs the databases; it is skipped where there can be none. */
export function integration(title: string, implementation: (t: ExecutionContext) => Promise<void>): void {
  if (missing === undefined) test.serial(title, implementation);
  else test.serial.skip(title, implementation);
}
