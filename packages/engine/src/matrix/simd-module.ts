/**
 * A small WebAssembly module with two loops that the runtime does not vectorise by itself. Whoever uses it has a scalar
 * twin, for runtimes without SIMD and for pages whose content policy forbids WebAssembly. Assembled by hand; in words:
 *
 *   scores(rows, rowsEnd, vector, vectorEnd, out)          float32, addresses in bytes, rows as long as the vector
 *     for each row: out = row . vector                     two sums of four lanes; length a multiple of 8 numbers
 *
 *   products(left, leftEnd, right, rightEnd, depth, out, stride)      float64; depth and stride in bytes
 *     for each four rows of left, each two of right:       eight sums of two lanes stay in registers
 *       out(i, j) = left row i . right row j               depth a multiple of 4 numbers
 *
 * Both run at least once: no argument may be empty.
 */

/** What the module exports. Addresses are bytes in `memory`. */
export interface SimdKernel {
  readonly memory: WebAssembly.Memory;
  scores(rows: number, rowsEnd: number, vector: number, vectorEnd: number, out: number): void;
  products(
    left: number,
    leftEnd: number,
    right: number,
    rightEnd: number,
    depth: number,
    out: number,
    stride: number,
  ): void;
}

const pageSize = 65_536;

/** Compiled once a thread; null where the runtime will not have it. */
let compiled: WebAssembly.Module | null | undefined;

/**
 * A fresh instance with a memory of its own.
 * @param bytes how much memory it needs
 * @returns undefined where the runtime has no SIMD, allows no WebAssembly or has not that much memory
 * @example
 * const kernel = createSimdKernel(1 << 20);
 */
export function createSimdKernel(bytes: number): SimdKernel | undefined {
  try {
    compiled ??= compile();
    if (compiled === null) return undefined;
    const { exports } = new WebAssembly.Instance(compiled);
    if (!isKernel(exports)) return undefined;
    exports.memory.grow(Math.max(0, Math.ceil(bytes / pageSize) - 1));
    return exports;
  } catch {
    return undefined;
  }
}

function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(moduleText), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

function isKernel(exports: object): exports is SimdKernel {
  return "memory" in exports && "scores" in exports && "products" in exports;
}

/** The module's bytes in base64. */
const moduleText =
  "AGFzbQEAAAABEwJgBX9/f39/AGAHf39/f39/fwADAwIAAQUDAQABBx4DBm1lbW9yeQIABnNjb3JlcwAACHByb2R1Y3RzAAEK7QYCiAECAX8D" +
  "ewNAIAYhByAGIQggAiEFA0AgByAA/QADACAF/QADAP3mAf3kASEHIAggAP0AAxAgBf0AAxD95gH95AEhCCAAQSBqIQAgBUEgaiIFIANJDQAL" +
  "IAQgByAI/eQBIgf9HwAgB/0fAZIgB/0fAiAH/R8DkpI4AgAgBEEEaiEEIAAgAUkNAAsL4AUCCX8MewNAIAIhByAFIQgDQCAAIgogBGoiCyAE" +
  "aiIMIARqIQ0gByIOIARqIg8hCSAYIRAgGCERIBghEiAYIRMgGCEUIBghFSAYIRYgGCEXA0AgDv0AAwAhGSAP/QADACEaIAr9AAMAIRsgECAb" +
  "IBn98gH98AEhECARIBsgGv3yAf3wASERIAv9AAMAIRsgEiAbIBn98gH98AEhEiATIBsgGv3yAf3wASETIAz9AAMAIRsgFCAbIBn98gH98AEh" +
  "FCAVIBsgGv3yAf3wASEVIA39AAMAIRsgFiAbIBn98gH98AEhFiAXIBsgGv3yAf3wASEXIA79AAMQIRkgD/0AAxAhGiAK/QADECEbIBAgGyAZ" +
  "/fIB/fABIRAgESAbIBr98gH98AEhESAL/QADECEbIBIgGyAZ/fIB/fABIRIgEyAbIBr98gH98AEhEyAM/QADECEbIBQgGyAZ/fIB/fABIRQg" +
  "FSAbIBr98gH98AEhFSAN/QADECEbIBYgGyAZ/fIB/fABIRYgFyAbIBr98gH98AEhFyAKQSBqIQogC0EgaiELIAxBIGohDCANQSBqIQ0gD0Eg" +
  "aiEPIA5BIGoiDiAJSQ0ACyAIIQkgCSAQIBH9DQABAgMEBQYHEBESExQVFhcgECAR/Q0ICQoLDA0ODxgZGhscHR4f/fAB/QsDACAJIAZqIQkg" +
  "CSASIBP9DQABAgMEBQYHEBESExQVFhcgEiAT/Q0ICQoLDA0ODxgZGhscHR4f/fAB/QsDACAJIAZqIQkgCSAUIBX9DQABAgMEBQYHEBESExQV" +
  "FhcgFCAV/Q0ICQoLDA0ODxgZGhscHR4f/fAB/QsDACAJIAZqIQkgCSAWIBf9DQABAgMEBQYHEBESExQVFhcgFiAX/Q0ICQoLDA0ODxgZGhsc" +
  "HR4f/fAB/QsDACAIQRBqIQggByAEQQF0aiIHIANJDQALIAUgBkECdGohBSAAIARBAnRqIgAgAUkNAAsL";
