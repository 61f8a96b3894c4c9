/**
 * Endings of names that no public resolver answers for. Sources: RFC 6761 (example, invalid, localhost, test), RFC 6762 with its appendix G (corp, home,
 * internal, intranet, lan, local, private), RFC 7686 (onion), RFC 8375 (home.arpa), RFC 9476 (alt).
 */
const PRIVATE_ENDINGS = [
  "alt",
  "corp",
  "example",
  "home",
  "home.arpa",
  "internal",
  "intranet",
  "invalid",
  "lan",
  "local",
  "localhost",
  "onion",
  "private",
  "test",
];

/** Whether a name can be one that the world looks up. `example.com` counts: it stands for such a name. */
export const isPublic = (domain: string): boolean => !PRIVATE_ENDINGS.some((ending) => domain.endsWith(`.${ending}`));
