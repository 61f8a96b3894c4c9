import test from "ava";
import { certificateName } from "../../app/certificate-name.ts";

const HOST = "writer.internal.example.com";
const DOMAIN = "eu-west-1.rds.amazonaws.com";
const alias = (name: string) => async (host: string) => (host === HOST ? [name] : []);

test("an alias in the trusted domain is the name to verify", async (t) => {
  t.is(await certificateName(HOST, DOMAIN, alias(`db-1.c2.${DOMAIN}`)), `db-1.c2.${DOMAIN}`);
});

for (const name of ["db.example.net", "evil-eu-west-1.rds.amazonaws.com", `${DOMAIN}.example.net`, DOMAIN]) {
  test(`an alias elsewhere is not: ${name}`, async (t) => {
    t.is(await certificateName(HOST, DOMAIN, alias(name)), HOST);
  });
}

test("without a trusted domain nobody is asked", async (t) => {
  const asked = () => Promise.reject(new Error("asked"));
  t.is(await certificateName(HOST, undefined, asked), HOST);
});

test("a host without an alias, or one that cannot be found out, is verified by its own name", async (t) => {
  t.is(await certificateName("other", DOMAIN, alias(`db.${DOMAIN}`)), "other");
  t.is(await certificateName(HOST, DOMAIN, () => Promise.reject(new Error("ENODATA"))), HOST);
});
