/** Sets of products as a bit each: 12.5 kB for 100,000 of them, and 32 of them joined or cut at a time. */

/** Bit `p % 32` of word `p / 32` says whether product `p` is in. Bits past the last product are 0. */
export type Bitmap = Uint32Array;

export function createBitmap(size: number): Bitmap {
  return new Uint32Array(Math.ceil(size / 32));
}

export function fullBitmap(size: number): Bitmap {
  const bitmap = createBitmap(size).fill(0xffffffff);
  if (size % 32 > 0) bitmap[bitmap.length - 1] = 2 ** (size % 32) - 1;
  return bitmap;
}

export function isIn(bitmap: Bitmap, product: number): boolean {
  return (bitmap[product >>> 5] & (1 << (product & 31))) !== 0;
}

/**
 * @param codes one a product
 * @param holds 1 for codes of products that are in
 */
export function bitmapOfCodes(codes: Uint32Array, holds: Uint8Array): Bitmap {
  const bitmap = createBitmap(codes.length);
  for (let word = 0; word < bitmap.length; word++) {
    const first = word * 32;
    const end = Math.min(codes.length, first + 32);
    let bits = 0;
    for (let product = first; product < end; product++) bits |= holds[codes[product]] << (product - first);
    bitmap[word] = bits;
  }
  return bitmap;
}

/** Keeps in `bitmap` what is in `other` too. */
export function intersectWith(bitmap: Bitmap, other: Bitmap): void {
  for (let word = 0; word < bitmap.length; word++) bitmap[word] &= other[word];
}

/** Adds what is in `other`. */
export function uniteWith(bitmap: Bitmap, other: Bitmap): void {
  for (let word = 0; word < bitmap.length; word++) bitmap[word] |= other[word];
}

/** Takes out what is in `other`. */
export function subtractFrom(bitmap: Bitmap, other: Bitmap): void {
  for (let word = 0; word < bitmap.length; word++) bitmap[word] &= ~other[word];
}

/** @returns how many are in */
export function countBits(bitmap: Bitmap): number {
  let count = 0;
  for (let word of bitmap) for (; word !== 0; word &= word - 1) count++;
  return count;
}

/** @returns those that are in, ascending */
export function membersOf(bitmap: Bitmap): Uint32Array {
  const members = new Uint32Array(countBits(bitmap));
  let length = 0;
  for (let word = 0; word < bitmap.length; word++) {
    for (let bits = bitmap[word]; bits !== 0; bits &= bits - 1) {
      members[length++] = word * 32 + 31 - Math.clz32(bits & -bits);
    }
  }
  return members;
}
