import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mortal } from "./mortal.ts";

export interface Volume {
  /** Such as vol-0123456789abcdef0. */
  readonly volumeId: string;
  /** The name that it is attached under, such as /dev/sdf. */
  readonly device: string;
  /** Holds its content and outlives whoever has it attached. Made where it is missing, and enlarged where it is smaller than the volume. */
  readonly file: string;
  readonly sizeGiB: number;
}

/** The loop device is let go by the kernel when nothing has it open any more, whatever ends this process. */
const HOLD = `
set -eu
device=$(losetup --find --show "$1")
exec 9<"$device"
losetup --detach "$device"
echo "$device $(blkid -p -s LABEL -o value "$device" || true)"
exec sleep infinity
`;

/** The content of an EBS volume as a block device. */
export class AttachedVolume {
  readonly volume: Volume;
  /** Such as /dev/loop0. */
  readonly device: string;
  /** Of its file system, as it is now. */
  readonly label: string;
  readonly #holder: ChildProcess;

  private constructor(volume: Volume, device: string, label: string, holder: ChildProcess) {
    this.volume = volume;
    this.device = device;
    this.label = label;
    this.#holder = holder;
  }

  static async attach(volume: Volume): Promise<AttachedVolume> {
    await released(volume);
    const file = openSync(volume.file, "a");
    const bytes = volume.sizeGiB * 1024 ** 3;
    if (statSync(volume.file).size < bytes) ftruncateSync(file, bytes);
    closeSync(file);

    const holder = spawn(...mortal(["sh", "-c", HOLD, "sh", volume.file]), {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let errors = "";
    holder.stderr.on("data", (data) => {
      errors += data;
    });
    const line = await Promise.race([
      once(holder.stdout, "data").then(([data]) => String(data).trim()),
      once(holder, "close").then(() => {
        throw new Error(`No loop device could be had for the volume ${volume.volumeId}: ${errors.trim()}`);
      }),
    ]);
    holder.stdout.destroy();
    const [device = "", label = ""] = line.split(" ");
    return new AttachedVolume(volume, device, label, holder);
  }

  /** The number in the name of the loop device, and its minor one. */
  get minor(): number {
    return Number(/\d+$/.exec(this.device)?.[0]);
  }

  /** Where Linux shows it: under the name that it is attached by, as older instance types do. */
  get name(): string {
    return `/dev/${basename(this.volume.device).replace(/^sd/, "xvd")}`;
  }

  /** Names that lead to it: by its id, as udev makes it of the serial number of newer instance types, and by its file system's label. */
  get links(): string[] {
    const byId = `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${this.volume.volumeId.replace("-", "")}`;
    return this.label === "" ? [byId] : [byId, `/dev/disk/by-label/${this.label}`];
  }

  /** Waits until nothing has it open: whoever has it mounted must end by himself. */
  async detach(): Promise<void> {
    if (this.#holder.exitCode === null && this.#holder.signalCode === null) {
      const closed = once(this.#holder, "close");
      this.#holder.kill("SIGKILL");
      await closed;
    }
    await released(this.volume);
  }
}

const RELEASE_MS = 10_000;
const POLL_MS = 20;

/**
 * Waits until no loop device has the content any more. What a machine had mounted is written back and let go a little after its last process, and two
 * devices with one content would destroy it.
 */
async function released({ file, volumeId }: Volume): Promise<void> {
  for (let waited = 0; devicesOf(file).length > 0; waited += POLL_MS) {
    if (waited >= RELEASE_MS) {
      throw new Error(`The volume ${volumeId} is attached elsewhere: ${devicesOf(file).join(" and ")} has ${file}.`);
    }
    await sleep(POLL_MS);
  }
}

function devicesOf(file: string): string[] {
  const path = existsSync(file) ? realpathSync(file) : file;
  return readdirSync("/sys/block").filter((name) => {
    try {
      return readFileSync(`/sys/block/${name}/loop/backing_file`, "utf8").trim() === path;
    } catch {
      return false;
    }
  });
}
