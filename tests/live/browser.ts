/** A browser that shows a site by its real name, driven by the Chrome DevTools Protocol. */
import { execFile, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { connect } from "node:tls";
import { promisify } from "node:util";
import type { Keeper } from "../e2e/world.ts";

const run = promisify(execFile);

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** Debian's name for it, and that of others. */
export const chromium = ["chromium", "chromium-browser", "google-chrome"].map(found).find((path) => path !== undefined);
const certutil = found("certutil");

export interface BrowserOptions {
  /** The name, and the address and port that lead to it. */
  readonly domain: string;
  readonly address: string;
  readonly port: number;
  /** Certificates of authorities that it trusts beside its own, as PEM. */
  readonly authorities: string;
}

export class Browser {
  /** By what it trusts the site: its store of authorities, or where this machine cannot write that, the key of the site. */
  readonly trust: "store" | "key";
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;
  #session = "";

  private constructor(socket: WebSocket, trust: "store" | "key") {
    this.#socket = socket;
    this.trust = trust;
    socket.addEventListener("message", ({ data }) => {
      const answer = JSON.parse(data) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async start(keeper: Keeper, options: BrowserOptions): Promise<Browser> {
    const { domain, address, port, authorities } = options;
    const home = mkdtempSync(join(tmpdir(), "webstack-browser-"));
    keeper.teardown(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
    const certificates = authorities.match(CERTIFICATE) ?? [];
    if (certutil) await store(certutil, home, certificates);
    const process_ = spawn(
      chromium ?? keeper.fail("there is no Chromium here"),
      [
        "--headless=new",
        // Chromium's own sandbox does not work for root.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        `--user-data-dir=${join(home, "profile")}`,
        `--host-resolver-rules=MAP ${domain}:443 ${address}:${port}`,
        "--remote-debugging-port=0",
        "--window-size=1100,900",
        ...(certutil ? [] : [`--ignore-certificate-errors-spki-list=${await verifiedKey(options)}`]),
        "about:blank",
      ],
      { env: { ...process.env, HOME: home }, stdio: ["ignore", "ignore", "pipe"] },
    );
    keeper.teardown(async () => {
      if (process_.exitCode !== null || process_.signalCode !== null) return;
      process_.kill("SIGKILL");
      await once(process_, "exit");
    });
    let url = "";
    let said = "";
    for await (const line of createInterface({ input: process_.stderr })) {
      said += `${line}\n`;
      url = /^DevTools listening on (ws:.*)$/.exec(line)?.[1] ?? "";
      if (url !== "") break;
    }
    if (url === "") keeper.fail(`Chromium did not start:\n${said}`);
    process_.stderr.resume();
    const socket = new WebSocket(url);
    keeper.teardown(() => socket.close());
    await once(socket, "open");
    const browser = new Browser(socket, certutil ? "store" : "key");
    const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
    browser.#session = String(sessionId);
    return browser;
  }

  /** Answers with what went wrong, if anything. */
  async open(url: string): Promise<string | undefined> {
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText === undefined) await this.until("document.readyState === 'complete'");
    return errorText as string | undefined;
  }

  /** What an expression of JavaScript is on the page. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send("Runtime.evaluate", { expression, returnByValue: true });
    return (result as { value?: unknown }).value;
  }

  async until(condition: string): Promise<void> {
    while ((await this.evaluate(condition).catch(() => false)) !== true) await new Promise((go) => setTimeout(go, 50));
  }

  /** A PNG of what is to be seen. */
  async screenshot(file: string): Promise<void> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    writeFileSync(file, Buffer.from(String(data), "base64"));
  }

  /** One command of the protocol. */
  send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#sent;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result ?? {});
      });
      this.#socket.send(JSON.stringify({ id, method, params, ...(this.#session && { sessionId: this.#session }) }));
    });
  }
}

interface Answer {
  readonly id: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Chromium on Linux trusts what the NSS database of whoever runs it trusts. */
async function store(certutil: string, home: string, certificates: readonly string[]): Promise<void> {
  const database = `sql:${join(home, ".pki/nssdb")}`;
  mkdirSync(join(home, ".pki/nssdb"), { recursive: true });
  await run(certutil, ["-d", database, "-N", "--empty-password"]);
  for (const [index, certificate] of certificates.entries()) {
    const file = join(home, `${index}.pem`);
    writeFileSync(file, certificate);
    await run(certutil, ["-d", database, "-A", "-t", "C,,", "-n", `authority-${index}`, "-i", file]);
  }
}

/** The hash of the key that the site shows, where these authorities vouch for it: whoever cannot be taught an authority can be told what it would say. */
function verifiedKey({ domain, address, port, authorities }: BrowserOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, servername: domain, ca: [authorities] });
    socket.once("error", () => resolve(""));
    socket.once("secureConnect", () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
      socket.end();
      resolve(key ? hash("sha256", key, "base64") : "");
    });
  });
}

function found(name: string): string | undefined {
  const paths = (process.env.PATH ?? "").split(delimiter).map((directory) => join(directory, name));
  return paths.find((path) => existsSync(path));
}
