/** A trained model as data: a kind, a few settings, and named typed columns. */

/** Column types that model files hold. */
export type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** What `Recommender.save` returns and `writeModel` turns into a safetensors file. */
export interface ModelFile {
  /** Name of the method that reads it back, for example `item-neighbours`. */
  readonly kind: string;
  /** Settings and facts that are not columns. JSON values only. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly columns: Readonly<Record<string, Column>>;
}
