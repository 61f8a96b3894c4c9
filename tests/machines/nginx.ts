import { type ChildProcess, execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { end, eventually, spawnBound } from "../app/support/processes.ts";

const run = promisify(execFile);

const INSTALLED = "/usr/sbin/nginx";

/** The machine's own nginx, or Debian's in `directory`: unpacked and not installed, since that would start it. Throws where neither can be had. */
export async function findNginx(directory: string): Promise<string> {
  if (existsSync(INSTALLED)) return INSTALLED;
  const download = () => run("apt-get", ["download", "-qq", "nginx"], { cwd: directory });
  await download().catch(async () => {
    await run("apt-get", ["update", "-qq"]);
    await download();
  });
  const archive = readdirSync(directory).find((name) => name.endsWith(".deb"));
  if (archive === undefined) throw new Error("apt-get downloaded no package of nginx");
  await run("dpkg-deb", ["--extract", join(directory, archive), directory]);
  return join(directory, INSTALLED);
}

export interface WebServerParts {
  readonly executable: string;
  /** A folder of its own. */
  readonly root: string;
  /** What user data would write. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Port of a DNS server on 127.0.0.1. */
  readonly resolverPort: number;
  readonly port: number;
}

/** A real nginx with the configuration of a web server, which has its paths in a folder, its resolver and its port on loopback. */
export class Nginx {
  output = "";
  readonly #process: ChildProcess;

  private constructor(executable: string, root: string) {
    this.#process = spawnBound(executable, ["-p", root, "-c", "nginx.conf", "-e", "stderr"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.#process.stderr?.on("data", (text) => {
      this.output += text;
    });
  }

  static async start({ executable, root, files, resolverPort, port }: WebServerParts): Promise<Nginx> {
    const here = (text: string) =>
      text
        .replaceAll("/etc/webstack/", `${root}/etc/webstack/`)
        .replaceAll("include snippets/", `include ${root}/etc/nginx/snippets/`)
        .replace(/resolver 169\.254\.169\.253 /, `resolver 127.0.0.1:${resolverPort} `)
        .replace(/listen 443 /, `listen 127.0.0.1:${port} `)
        .replace(/ *listen \[::\]:443 .*\n/, "");
    for (const { path, content } of files) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(
        join(root, path),
        path.startsWith("/etc/nginx/") || path.endsWith(".conf") ? here(content) : content,
      );
    }
    writeFileSync(join(root, "nginx.conf"), mainConfiguration(root));
    const nginx = new Nginx(executable, root);
    await eventually("nginx listens", () => {
      if (nginx.#process.exitCode !== null) throw new Error(`nginx ended:\n${nginx.output}`);
      return isOpen(port);
    });
    return nginx;
  }

  async stop(): Promise<void> {
    await end(this.#process, "SIGTERM");
  }
}

/** What Debian's own nginx.conf does, as far as it matters. */
const mainConfiguration = (root: string) => `daemon off;
${process.getuid?.() === 0 ? "user root;\n" : ""}worker_processes 1;
pid ${root}/nginx.pid;
events {}
http {
    access_log off;
    ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${root}/${name};`).join("\n    ")}
    include ${root}/etc/nginx/conf.d/*.conf;
    include ${root}/etc/nginx/sites-available/webstack;
}
`;

function isOpen(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(undefined));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
