import { addressAt, contains, PUBLIC_POOL, prefixOf } from "./network/addresses.ts";

/** AWS keeps the first four addresses and the last one of a subnet. Source: VPC user guide, subnet sizing. */
const LAST_KEPT = 1;
const FIRST_KEPT = 4;

/**
 * Gives addresses to what AWS runs itself, whose addresses no API tells: private ones from the end of the subnet, since machines have theirs from its
 * beginning. Whoever has an address keeps it.
 */
export class AddressBook {
  readonly #private = new Map<string, string>();
  readonly #public = new Map<string, string>();
  #reserved: ReadonlySet<string> = new Set();

  /** Addresses that the account has given away. */
  reserve(addresses: Iterable<string>): void {
    this.#reserved = new Set(addresses);
    for (const [name, address] of this.#private) if (this.#reserved.has(address)) this.#private.delete(name);
  }

  /** @throws where the subnet has none left */
  privateAddress(name: string, cidr: string): string {
    const had = this.#private.get(name);
    if (had !== undefined && contains(cidr, had)) return had;
    const taken = new Set([...this.#reserved, ...this.#private.values()]);
    const size = 2 ** (32 - prefixOf(cidr));
    for (let place = size - 1 - LAST_KEPT; place >= FIRST_KEPT; place--) {
      const address = addressAt(cidr, place);
      if (taken.has(address)) continue;
      this.#private.set(name, address);
      return address;
    }
    throw new Error(`The subnet ${cidr} has no address left for ${name}.`);
  }

  /** @throws where there is none left */
  publicAddress(name: string): string {
    const had = this.#public.get(name);
    if (had !== undefined) return had;
    const taken = new Set(this.#public.values());
    const size = 2 ** (32 - prefixOf(PUBLIC_POOL));
    for (let place = 1; place < size - LAST_KEPT; place++) {
      const address = addressAt(PUBLIC_POOL, place);
      if (taken.has(address)) continue;
      this.#public.set(name, address);
      return address;
    }
    throw new Error(`${PUBLIC_POOL} has no address left for ${name}.`);
  }

  /** Takes back the addresses of all but these. */
  keep(names: ReadonlySet<string>): void {
    for (const addresses of [this.#private, this.#public]) {
      for (const name of addresses.keys()) if (!names.has(name)) addresses.delete(name);
    }
  }
}
