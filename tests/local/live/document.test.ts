import test from "ava";
import { type LiveDocument, partNamed } from "../../../local/live/document.ts";

const reach = { address: "127.0.0.1", port: 1 };
const part = (name: string) => ({
  name,
  tier: "web",
  address: "10.0.0.4",
  namespace: `ws-${name}`,
  pid: 1,
  ready: true,
});
const live: LiveDocument = {
  https: reach,
  http: reach,
  dns: reach,
  domain: "example.com",
  certificate: "authority",
  caFile: "ca.pem",
  machines: [
    { ...part("web-a-3f2c"), instanceId: "i-00003f2c" },
    { ...part("web-b-77aa"), instanceId: "i-000077aa" },
  ],
  balancers: [part("public-a")],
  databases: [part("web")],
};

test("a part is found by its name, its instance id or the beginning of one", (t) => {
  t.is(partNamed(live, "web-b-77aa").name, "web-b-77aa");
  t.is(partNamed(live, "i-00003f2c").name, "web-a-3f2c");
  t.is(partNamed(live, "pub").name, "public-a");
});

test("a whole name counts more than the beginning of others", (t) => {
  t.is(partNamed(live, "web").tier, "web");
  t.is(partNamed(live, "web").name, "web");
});

test("what names nothing, or more than one thing, is refused with what there is, or what it may mean", (t) => {
  const names = "use one of web-a-3f2c, web-b-77aa, public-a, web.";
  t.throws(() => partNamed(live, "db"), { message: `MACHINE=db names nothing that runs: ${names}` });
  t.throws(() => partNamed(live, ""), { message: `MACHINE= names nothing that runs: ${names}` });
  t.throws(() => partNamed(live, "web-"), {
    message: "MACHINE=web- is the beginning of more than one name: use one of web-a-3f2c, web-b-77aa.",
  });
});
