/** Makes the tags of one tier's resources. */
export interface Tagger {
  /** Tags of a resource, where `part` names it within the stack. */
  readonly named: (part: string) => Record<string, string>;
  /** Tags of an S3 object: no name, and of the user's own the first by key, as many as there is room for. */
  readonly forObject: () => Record<string, string>;
}
