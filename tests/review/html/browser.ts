/** Headless Chromium, by the DevTools protocol over a pipe: no port, no package. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => spawnSync(name, ["--version"]).status === 0,
);

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
}

export interface Page {
  /** Everything that the page or the browser complained of. */
  readonly complaints: readonly string[];
  /** The value of an expression, once it is settled. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** What the window shows, as a PNG. */
  readonly screenshot: () => Promise<Buffer>;
}

export interface Browser {
  readonly open: (url: string, view: View) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export async function launch(command: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "webstack-chromium-"));
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(command, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Set<(message: Message, session: string) => void>();
  let rest = "";
  output.setEncoding("utf8").on("data", (chunk: string) => {
    const [last = "", ...whole] = (rest + chunk).split("\0").reverse();
    rest = last;
    for (const text of whole.reverse()) {
      const message = JSON.parse(text) as Message & { readonly sessionId?: string };
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      for (const listener of listeners) listener(message, message.sessionId ?? "");
    }
  });
  let last = 0;
  const send = async (method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> => {
    const id = ++last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    input.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    const { result = {}, error } = await answer;
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  return {
    async open(url, { width, height, scheme }) {
      const { targetId } = await send("Target.createTarget", { url: "about:blank" });
      const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
      const session = String(sessionId);
      const complaints: string[] = [];
      const loaded = new Promise<void>((resolve) => {
        listeners.add(({ method, params }, from) => {
          if (from !== session) return;
          if (method === "Page.loadEventFired") resolve();
          if (/^(Runtime.exceptionThrown|Log.entryAdded|Runtime.consoleAPICalled)$/.test(method ?? "")) {
            complaints.push(JSON.stringify(params));
          }
        });
      });
      for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`, {}, session);
      const mobile = width < 600;
      await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile }, session);
      const features = [{ name: "prefers-color-scheme", value: scheme }];
      await send("Emulation.setEmulatedMedia", { features }, session);
      await send("Page.navigate", { url }, session);
      await loaded;
      return {
        complaints,
        async evaluate(expression) {
          const params = { expression, awaitPromise: true, returnByValue: true };
          const { result, exceptionDetails } = await send("Runtime.evaluate", params, session);
          if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
          return (result as { readonly value?: unknown }).value;
        },
        async screenshot() {
          const { data } = await send("Page.captureScreenshot", { format: "png" }, session);
          return Buffer.from(data as string, "base64");
        },
      };
    },
    async close() {
      await send("Browser.close");
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
