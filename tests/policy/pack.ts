/** The policy pack as a process, and what the engine asks of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import service from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { ExecutionContext } from "ava";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { type Part, urnOf } from "./stack.ts";

/**
 * Starts a pack as the official language host does for the CLI: the SDK's launcher in the pack's directory, with its own Node and the name of the stack.
 * Nothing of what `make` sets is there.
 */
export function launch(t: ExecutionContext, directory: string, stack = "production") {
  const temporary = mkdtempSync(join(tmpdir(), "webstack-pack-"));
  const launcher = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const pack = spawn(process.execPath, [launcher, "127.0.0.1:1", directory], {
    cwd: directory,
    env: {
      PATH: dirname(process.execPath),
      TMPDIR: temporary,
      PULUMI_NODEJS_TYPESCRIPT: "true",
      PULUMI_NODEJS_PROJECT: "shop",
      PULUMI_NODEJS_STACK: stack,
      PULUMI_NODEJS_DRY_RUN: "true",
      PULUMI_CONFIG: "{}",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(pack, "close");
  t.teardown(async () => {
    pack.kill("SIGKILL");
    await ended;
    rmSync(temporary, { recursive: true, force: true });
  });
  return pack;
}

/** What a pack that cannot start says, and how it ends. */
export async function failure(
  pack: ReturnType<typeof launch>,
): Promise<{ readonly code: number; readonly said: string }> {
  const [said, [code]] = await Promise.all([text(pack.stderr), once(pack, "close")]);
  return { code, said };
}

/** A client of a pack, which says its port as the first thing. */
export async function connect(t: ExecutionContext, pack: ReturnType<typeof launch>): Promise<Engine> {
  const [port] = await once(pack.stdout, "data");
  const client = new service.AnalyzerClient(`127.0.0.1:${String(port).trim()}`, grpc.credentials.createInsecure());
  t.teardown(() => client.close());
  return new Engine(client);
}

type Setting = { readonly level?: "disabled" | "advisory" | "mandatory"; readonly properties?: object };

/** What the engine asks of a pack for a preview. */
export class Engine {
  readonly #client: InstanceType<typeof service.AnalyzerClient>;

  constructor(client: InstanceType<typeof service.AnalyzerClient>) {
    this.#client = client;
  }

  /** Its policies, as `level name`. */
  async policies(): Promise<string[]> {
    const info = await this.#ask<InstanceType<typeof messages.AnalyzerInfo>>("getAnalyzerInfo", new empty.Empty());
    return info.getPoliciesList().map((policy) => `${LEVELS[policy.getEnforcementlevel()]} ${policy.getName()}`);
  }

  async configure(settings: Readonly<Record<string, Setting>>): Promise<void> {
    const request = new messages.ConfigureAnalyzerRequest();
    for (const [policy, { level = "advisory", properties = {} }] of Object.entries(settings)) {
      const config = new messages.PolicyConfig();
      config.setEnforcementlevel(LEVELS.indexOf(level));
      config.setProperties(wire(properties));
      request.getPolicyconfigMap().set(policy, config);
    }
    await this.#ask("configure", request);
  }

  /** Lets it look at a resource that is about to be changed. */
  async check(part: Part): Promise<void> {
    await this.#ask("analyze", described(new messages.AnalyzeRequest(), part));
  }

  /** What the pack says of a stack of these resources, as `level policy name: what was seen`. */
  async preview(parts: readonly Part[]): Promise<string[]> {
    const root: Part = { type: "pulumi:pulumi:Stack", name: "shop-production" };
    for (const part of [root, ...parts]) await this.check(part);
    const request = new messages.AnalyzeStackRequest();
    request.setResourcesList([root, ...parts].map((part) => described(new messages.AnalyzerResource(), part)));
    const answer = await this.#ask<InstanceType<typeof messages.AnalyzeResponse>>("analyzeStack", request);
    return answer.getDiagnosticsList().map((diagnostic) => {
      const name = diagnostic.getUrn().split("::").at(-1);
      // Pulumi's library puts the title of the policy before it.
      const [, seen] = diagnostic.getMessage().split("\n");
      return `${LEVELS[diagnostic.getEnforcementlevel()]} ${diagnostic.getPolicyname()} ${name}: ${seen}`;
    });
  }

  #ask<Answer>(method: keyof typeof service.AnalyzerClient.prototype, request: unknown): Promise<Answer> {
    const call = this.#client[method].bind(this.#client) as unknown as Call<Answer>;
    return promisify(call)(request);
  }
}

type Call<Answer> = (request: unknown, answer: (error: Error | null, response: Answer) => void) => void;

/** By their numbers in the protocol. */
const LEVELS: readonly string[] = ["advisory", "mandatory", "disabled"];

type Json = Parameters<typeof struct.Struct.fromJavaScript>[0];
const wire = (values: object): struct.Struct => struct.Struct.fromJavaScript(values as Json);

function described<Request extends InstanceType<typeof messages.AnalyzeRequest | typeof messages.AnalyzerResource>>(
  request: Request,
  { type, name, inputs = {} }: Part,
): Request {
  request.setType(type);
  request.setName(name);
  request.setUrn(urnOf(type, name));
  request.setProperties(wire(inputs));
  request.setOptions(new messages.AnalyzerResourceOptions());
  return request;
}
