import { isIPv6 } from "node:net";

/** Whether a block has all addresses of another, of the same version. */
export function contains(outer: string, inner: string): boolean {
  const [outerBase, outerBits] = parsed(outer);
  const [innerBase, innerBits] = parsed(inner);
  if (outerBase.length !== innerBase.length || outerBits > innerBits) return false;
  return outerBase.slice(0, outerBits) === innerBase.slice(0, outerBits);
}

/** The address in binary, and how many bits of it are of the network. */
function parsed(cidr: string): readonly [string, number] {
  const [address = "", bits] = cidr.split("/");
  const words = isIPv6(address) ? wordsOf(address) : address.split(".").map(Number);
  const width = isIPv6(address) ? 16 : 8;
  return [words.map((word) => word.toString(2).padStart(width, "0")).join(""), Number(bits ?? words.length * width)];
}

function wordsOf(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const words = (text: string) => (text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16)));
  if (tail === undefined) return words(head);
  const [first, last] = [words(head), words(tail)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}
