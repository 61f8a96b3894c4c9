import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import test from "ava";
import { ASSET, SIGNATURE } from "../../../../../local/provider/core/values.ts";
import { liveThrough } from "../../operations.ts";
import { refuses } from "../../refuses.ts";
import { startAccount } from "../account.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const VERSIONING = "aws:s3/bucketVersioning:BucketVersioning";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

const account = await startAccount();
const folder = await mkdtemp(path.join(tmpdir(), "webstack-object-"));
test.after.always(async () => {
  account.stop();
  await rm(folder, { recursive: true });
});
const { operations } = account;
const client = new S3Client(account.client);

const newBucket = async (name: string, versioned = false): Promise<string> => {
  const { id } = await operations.create(BUCKET, name, { forceDestroy: true });
  if (versioned)
    await operations.create(VERSIONING, name, { bucket: id, versioningConfiguration: { status: "Enabled" } });
  return id;
};

const textOf = async (Bucket: string, Key: string): Promise<string | undefined> =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

const md5 = (content: string) => createHash("md5").update(content).digest("hex");

/** As the engine sends an asset: with the hash of its content. */
const asset = (where: object, content: string) => ({
  [SIGNATURE]: ASSET,
  hash: createHash("sha256").update(content).digest("hex"),
  ...where,
});

test("an object lives as AWS's own would", async (t) => {
  const bucket = await newBucket("life");
  const inputs = {
    bucket,
    key: "site/index.html",
    content: "one",
    contentType: "text/html",
    cacheControl: "no-cache",
    metadata: { made: "here" },
    tags: { tier: "web" },
  };
  await liveThrough(t, operations, {
    type: OBJECT,
    name: "index",
    inputs,
    unknown: [
      "acl",
      "arn",
      "bucketKeyEnabled",
      "checksumCrc32",
      "checksumCrc32c",
      "checksumCrc64nvme",
      "checksumSha1",
      "checksumSha256",
      "etag",
      "kmsKeyId",
      "serverSideEncryption",
      "storageClass",
      "versionId",
    ],
    empty: [
      "acl",
      "checksumCrc32",
      "checksumCrc32c",
      "checksumCrc64nvme",
      "checksumSha1",
      "checksumSha256",
      "kmsKeyId",
      "versionId",
    ],
    update: {
      inputs: {
        ...inputs,
        content: "two",
        contentType: "text/plain",
        metadata: { made: "there" },
        tags: { tier: "app" },
      },
      paths: ["content", "contentType", "metadata.made", "tags.tier"],
    },
    replace: { inputs: { ...inputs, bucket: "other", key: "other" }, properties: ["bucket", "key"] },
    importWithout: ["content", "forceDestroy"],
    async account(id, step) {
      t.is(id, `${bucket}/site/index.html`);
      const place = { Bucket: bucket, Key: "site/index.html" };
      const found = client.send(new HeadObjectCommand(place));
      if (step === "deleted") return void (await t.throwsAsync(found, { name: "NotFound" }));
      const created = step === "created";
      t.like(await found, {
        ContentType: created ? "text/html" : "text/plain",
        CacheControl: "no-cache",
        Metadata: { made: created ? "here" : "there" },
        ETag: `"${md5(created ? "one" : "two")}"`,
      });
      t.is(await textOf(place.Bucket, place.Key), created ? "one" : "two");
      const { TagSet } = await client.send(new GetObjectTaggingCommand(place));
      t.deepEqual(TagSet, [{ Key: "tier", Value: created ? "web" : "app" }]);
    },
  });
});

test("an object is made of a file, a text, a web page, or bytes in base64", async (t) => {
  const bucket = await newBucket("sources");
  const file = path.join(folder, "file.txt");
  await writeFile(file, "from a file");
  const server = createServer((_, response) => response.end("from the web")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const web = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const made = {
    file: { source: asset({ path: file }, "from a file") },
    url: { source: asset({ uri: pathToFileURL(file).href }, "from a file") },
    text: { source: asset({ text: "from a text" }, "from a text") },
    web: { source: asset({ uri: web }, "from the web") },
    bytes: { contentBase64: Buffer.from("from bytes").toString("base64") },
    nothing: {},
  };
  const texts: Record<string, string | undefined> = {};
  for (const [key, inputs] of Object.entries(made)) {
    await operations.create(OBJECT, key, { bucket, key, ...inputs });
    texts[key] = await textOf(bucket, key);
  }
  server.close();
  t.deepEqual(texts, {
    file: "from a file",
    url: "from a file",
    text: "from a text",
    web: "from the web",
    bytes: "from bytes",
    nothing: "",
  });
});

test("the key is the logical name when the program gives none", async (t) => {
  const bucket = await newBucket("named");
  const made = await operations.create(OBJECT, "index.html", { bucket, content: "x" });
  t.is(made.id, `${bucket}/index.html`);
  t.is(made.state.key, "index.html");
  t.is(made.state.contentType, "application/octet-stream");
  t.is(made.state.arn, `arn:aws:s3:::${bucket}/index.html`);
});

test("slashes in a key that mean nothing are left out", async (t) => {
  const bucket = await newBucket("slashes");
  const inputs = { bucket, key: "//a//b", content: "x" };
  const made = await operations.create(OBJECT, "slashes", inputs);
  t.is(made.id, `${bucket}/a/b`);
  t.is(await textOf(bucket, "a/b"), "x");
  t.deepEqual((await operations.diff(made, inputs)).differences, []);
});

test("a file that moves without a change is no change, another content is", async (t) => {
  const bucket = await newBucket("moved");
  const of = (file: string, content: string) => ({ bucket, source: asset({ path: path.join(folder, file) }, content) });
  await writeFile(path.join(folder, "a.txt"), "same");
  await writeFile(path.join(folder, "c.txt"), "other");
  const made = await operations.create(OBJECT, "moved", of("a.txt", "same"));
  t.deepEqual((await operations.diff(made, of("b.txt", "same"))).differences, []);
  const changed = of("c.txt", "other");
  t.deepEqual((await operations.diff(made, changed)).differences, [{ path: "source", kind: "update", replace: false }]);
  const foreseen = await operations.previewUpdate(made, changed);
  t.is(typeof foreseen.etag, "symbol", "an etag that will change is unknown");
  const updated = await operations.update(made, changed);
  t.is(updated.state.etag, md5("other"));
  t.is(await textOf(bucket, "moved"), "other");
});

test("sourceHash uploads again, and is gone from the state when the program drops it", async (t) => {
  const bucket = await newBucket("hashed", true);
  const inputs = { bucket, content: "x" };
  const made = await operations.create(OBJECT, "hashed", { ...inputs, sourceHash: "1" });
  const again = await operations.update(made, { ...inputs, sourceHash: "2" });
  t.not(again.state.versionId, made.state.versionId);
  const dropped = await operations.update(again, inputs);
  t.is(dropped.state.sourceHash, undefined);
  t.deepEqual((await operations.diff(dropped, inputs)).differences, []);
});

test("an upload keeps the tags, and a change of tags uploads nothing", async (t) => {
  const bucket = await newBucket("tagged", true);
  const inputs = { bucket, content: "one", tags: { a: "1" } };
  const made = await operations.create(OBJECT, "tagged", inputs);
  const uploaded = await operations.update(made, { ...inputs, content: "two" });
  t.deepEqual(uploaded.state.tags, { a: "1" });
  t.not(uploaded.state.versionId, made.state.versionId);
  const retagged = await operations.update(uploaded, { ...inputs, content: "two", tags: { a: "2", b: "3" } });
  t.is(retagged.state.versionId, uploaded.state.versionId);
  t.deepEqual(retagged.state.tags, { a: "2", b: "3" });
});

test("an object of a versioned bucket goes in all its versions", async (t) => {
  const bucket = await newBucket("versions", true);
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a.txt.bak", Body: "neighbour" }));
  const made = await operations.create(OBJECT, "a.txt", { bucket, content: "one", forceDestroy: true });
  const updated = await operations.update(made, { bucket, content: "two", forceDestroy: true });
  await operations.delete(updated);
  const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  t.deepEqual(
    Versions?.map(({ Key }) => Key),
    ["a.txt.bak"],
  );
  t.is(DeleteMarkers, undefined);
});

test("a checksum is told when the program asks for one", async (t) => {
  const bucket = await newBucket("sums");
  const made = await operations.create(OBJECT, "sum", { bucket, content: "x", checksumAlgorithm: "SHA256" });
  t.is(made.state.checksumSha256, createHash("sha256").update("x").digest("base64"));
});

test("an object that was deleted by hand is found to be gone", async (t) => {
  const bucket = await newBucket("gone");
  const made = await operations.create(OBJECT, "gone", { bucket, content: "x" });
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "gone" }));
  t.is(await operations.refresh(made), undefined);
});

test("an object is imported by its id or its address", async (t) => {
  const bucket = await newBucket("imported");
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a/b.txt", Body: "x", ContentType: "text/plain" }));
  const byId = await operations.import(OBJECT, "imported", `${bucket}/a/b.txt`);
  const byAddress = await operations.import(OBJECT, "imported", `s3://${bucket}/a/b.txt`);
  t.like(byId, { id: `${bucket}/a/b.txt`, state: { bucket, key: "a/b.txt", contentType: "text/plain" } });
  t.deepEqual(byAddress, byId);
  await t.throwsAsync(operations.import(OBJECT, "imported", "b.txt"), {
    message: "b.txt is not the id of an object; it must be of the form bucket/key",
  });
});

test("a source that cannot be read says why", async (t) => {
  const bucket = await newBucket("missing");
  const missing = path.join(folder, "missing.txt");
  await t.throwsAsync(operations.create(OBJECT, "missing", { bucket, source: asset({ path: missing }, "") }), {
    message: `source ${missing} cannot be read: ENOENT: no such file or directory, open '${missing}'`,
  });
});

test("an object that a killed run made is found by its place", async (t) => {
  const bucket = await newBucket("lost");
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: "a", Body: "x" }));
  t.is(await operations.lost(OBJECT, "a", "token", { bucket, key: "a" }), `${bucket}/a`);
  t.is(await operations.lost(OBJECT, "b", "token", { bucket, key: "b" }), undefined);
});

refuses(
  operations,
  OBJECT,
  { bucket: "b", content: "x", contentBase64: "eA==" },
  "content cannot be set together with contentBase64; remove one of them",
  "contentBase64 cannot be set together with content; remove one of them",
);
refuses(
  operations,
  OBJECT,
  { bucket: "b", contentBase64: "?", storageClass: "HOT", kmsKeyId: "mine" },
  'contentBase64 must be base64, got "?"',
  'storageClass must be one of STANDARD, REDUCED_REDUNDANCY, GLACIER, STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING, DEEP_ARCHIVE, OUTPOSTS, GLACIER_IR, SNOW, EXPRESS_ONEZONE, FSX_OPENZFS, FSX_ONTAP, got "HOT"',
  'kmsKeyId must be an ARN such as arn:aws:iam::123456789012:role/name, got "mine"',
);
refuses(operations, OBJECT, { bucket: "b", source: "file.txt" }, 'source must be an asset, got "file.txt"');
refuses(
  operations,
  OBJECT,
  { bucket: "b", metadata: { MadeBy: "me" } },
  "metadata.MadeBy must be in lower case, since S3 makes it so; write madeby",
);
refuses(
  operations,
  OBJECT,
  { bucket: "b", objectLockMode: "GOVERNANCE" },
  "objectLockMode needs objectLockRetainUntilDate beside it",
);
