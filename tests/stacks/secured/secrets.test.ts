import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { unwrap } from "../../components/support.ts";
import { ALL, build } from "./support.ts";

/** What the mocks give for passwords and keys. */
const SECRET = /generated-password|private key |PRIVATE KEY/;

/** Paths of values that hold a secret in plain text: without the mark by which the engine encrypts it. */
function plain(value: unknown, path: string): string[] {
  if (typeof value === "string") return SECRET.test(decoded(value)) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  if (pulumi.runtime.specialSigKey in value) return [];
  return Object.entries(value).flatMap(([key, inner]) => plain(inner, `${path}.${key}`));
}

/** User data is base64. */
const decoded = (value: string) => `${value}\n${Buffer.from(value, "base64").toString()}`;

for (const [title, changes] of [
  ["as it is by default", {}],
  ["with everything and an authority of its own", { ...ALL, "tls.certificate": "own-ca" }],
] as const) {
  test(`no secret is in plain text in what the stack registers or gives, ${title}`, async (t) => {
    const { seen, built } = await build(changes);
    t.deepEqual(
      seen.flatMap(({ name, inputs }) => plain(inputs, name)),
      [],
    );
    t.deepEqual(plain(await unwrap(built), "outputs"), []);
  });

  test(`a secret goes to those who must have it and to no others, ${title}`, async (t) => {
    const { seen } = await build(changes);
    const holders = seen.filter(({ inputs }) => SECRET.test(JSON.stringify(inputs))).map(({ name }) => name);
    const own = "tls.certificate" in changes;
    t.deepEqual(
      holders.sort(),
      [
        "database-password",
        "database-primary",
        ...(own
          ? [
              "authority-certificate",
              "authority-certificate-certificate",
              "authority-certificate-request",
              "authority-certificate-signed",
              "authority-inner-certificate-certificate",
              "authority-inner-certificate-request",
              "authority-inner-certificate-signed",
            ]
          : []),
      ].sort(),
    );
  });
}
