import { join } from "node:path";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import test from "ava";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { resolveSdk } from "../../../local/host/node-process.ts";
import { commandLine, environment } from "../../../local/host/program.ts";

const root = join(import.meta.dirname, "../../..");

function program(options: Record<string, string | boolean> = {}) {
  const info = new messages.ProgramInfo();
  info.setRootDirectory(root);
  info.setProgramDirectory(root);
  info.setEntryPoint(".");
  info.setOptions(struct.Struct.fromJavaScript(options));
  const request = new messages.RunRequest();
  request.setInfo(info);
  request.setMonitorAddress("127.0.0.1:1");
  request.setProject("webstack");
  request.setStack("dev");
  request.setOrganization("organization");
  request.setParallel(8);
  request.getConfigMap().set("webstack:domain", "example.org").set("webstack:network", '{"zones":2}');
  request.setConfigsecretkeysList(["webstack:network"]);
  return request;
}

const launcher = join(root, "node_modules/@pulumi/pulumi/cmd/run/index.js");

test("a program is run by the SDK that it has installed, with what the engine said about the run", (t) => {
  t.deepEqual(commandLine(program(), "127.0.0.1:2"), [
    launcher,
    ...["--monitor", "127.0.0.1:1", "--engine", "127.0.0.1:2", "--organization", "organization"],
    ...["--project", "webstack", "--root-directory", root, "--stack", "dev", "--pwd", root, "--parallel", "8"],
    ".",
  ]);
});

test("a preview is a dry run, and what is unknown is left out", (t) => {
  const request = program();
  request.setDryrun(true);
  request.setOrganization("");
  const parameters = commandLine(request, "127.0.0.1:2");
  t.deepEqual(parameters.slice(-2), ["--dry-run", "."]);
  t.false(parameters.includes("--organization"));
});

test("arguments for Node from Pulumi.yaml come before the launcher", (t) => {
  const parameters = commandLine(program({ nodeargs: "--max-old-space-size=4096  --trace-warnings" }), "");
  t.deepEqual(parameters.slice(0, 3), ["--max-old-space-size=4096", "--trace-warnings", launcher]);
});

test("configuration and the names of its secrets are passed in the environment", (t) => {
  const variables = environment(program());
  t.deepEqual(JSON.parse(variables.PULUMI_CONFIG ?? ""), {
    "webstack:domain": "example.org",
    "webstack:network": '{"zones":2}',
  });
  t.is(variables.PULUMI_CONFIG_SECRET_KEYS, '["webstack:network"]');
  t.is(variables.PATH, process.env.PATH);
});

test("TypeScript is left to Node where Pulumi.yaml says so, else to the SDK, as with the official host", (t) => {
  t.is(environment(program({ typescript: false })).PULUMI_NODEJS_TYPESCRIPT, undefined);
  t.is(environment(program({ typescript: true })).PULUMI_NODEJS_TYPESCRIPT, "true");
  t.is(environment(program()).PULUMI_NODEJS_TYPESCRIPT, "true");
});

test("a directory without the SDK is named, with what to do", (t) => {
  t.throws(() => resolveSdk("cmd/run", "/"), {
    message: "@pulumi/pulumi is not installed in / or above it: run npm install there",
  });
});
