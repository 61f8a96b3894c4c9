/** Why a directory cannot be released, as the words that follow "cannot be released:". */
export class Unfit extends Error {
  override readonly name = "Unfit";
}
