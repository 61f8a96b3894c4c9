import test from "ava";
import { liveFiles } from "../../../local/live/files.ts";

test("two environments and two checkouts never share a run's name, which fits a namespace and a socket", (t) => {
  const directories = ["/one/.local/dev", "/one/.local/staging", "/two/.local/dev", `/${"deep/".repeat(40)}.local/dev`];
  const all = directories.map(liveFiles);
  t.is(new Set(all.map(({ id }) => id)).size, directories.length);
  for (const { id, sockets } of all) {
    t.regex(id, /^ws[0-9a-f]{6}$/);
    t.is(sockets, `/run/webstack/${id}`);
  }
  t.is(liveFiles("/one/.local/dev").id, liveFiles("/one/.local/dev").id);
});

test("what tools read is beside the environment, and the rest in a directory of its own", (t) => {
  const { live, directory, ...rest } = liveFiles("/one/.local/dev");
  t.is(live, "/one/.local/dev/live.json");
  t.is(directory, "/one/.local/dev/live");
  const { id, sockets, ...within } = rest;
  for (const path of Object.values(within)) t.true(path.startsWith("/one/.local/dev/live/"), path);
});
