/** Whose resources these are, and where: what ARNs are made of. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** The partition of AWS, such as `aws`. */
  readonly partition: string;
  readonly region: string;
}
