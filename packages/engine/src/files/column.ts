/** Typed columns as files hold them. */

/** Column types that model files hold. */
export type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;
