import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { addBaskets, affinitiesOf, basketsOf, countBaskets, findAffinities, removeBaskets } from "./index.ts";

const orders = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 6 }), { maxLength: 20 });

describe("counts of baskets", () => {
  it("are after new orders what counting all orders gives, and so are the affinities", async () => {
    await fc.assert(
      fc.asyncProperty(orders, orders, fc.constantFrom(undefined, 3), async (old, added, maximumBasketSize) => {
        const options = { level: 1, minimumLift: 1, minimumCount: 1 };
        const all = basketsOf([...old, ...added], 8);
        const before = await countBaskets(basketsOf(old, 8), { maximumBasketSize });
        const after = await addBaskets(before, basketsOf(added, 8));
        expect(after).toEqual(await countBaskets(all, { maximumBasketSize }));
        expect(await affinitiesOf(after, options)).toEqual(
          await findAffinities(all, { ...options, maximumBasketSize }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("are after old orders went what counting the rest gives", async () => {
    await fc.assert(
      fc.asyncProperty(orders, orders, async (old, rest) => {
        const all = await countBaskets(basketsOf([...old, ...rest], 8));
        expect(await removeBaskets(all, basketsOf(old, 8))).toEqual(await countBaskets(basketsOf(rest, 8)));
      }),
      { numRuns: 60 },
    );
  });

  it("take new products at the end of the catalogue", async () => {
    const before = await countBaskets(basketsOf([[0, 1]], 2));
    const after = await addBaskets(before, basketsOf([[1, 3]], 4));
    expect(after).toEqual(
      await countBaskets(
        basketsOf(
          [
            [0, 1],
            [1, 3],
          ],
          4,
        ),
      ),
    );
  });

  it("leave what they were made from as it was", async () => {
    const before = await countBaskets(basketsOf([[0, 1]], 2));
    await addBaskets(before, basketsOf([[0, 1]], 2));
    expect(before).toEqual(await countBaskets(basketsOf([[0, 1]], 2)));
  });

  it("refuse to lose orders they never held, and to grow where rare pairs were dropped", async () => {
    const counts = await countBaskets(basketsOf([[0, 1], [2]], 3));
    await expect(removeBaskets(counts, basketsOf([[0, 1], [0]], 3))).rejects.toThrow(InvalidInput);
    await expect(removeBaskets(counts, basketsOf([[0, 2]], 3))).rejects.toThrow(InvalidInput);
    const frequent = await countBaskets(basketsOf([[0, 1]], 3), { minimumCount: 2 });
    await expect(addBaskets(frequent, basketsOf([[0, 1]], 3))).rejects.toThrow(InvalidOption);
    await expect(affinitiesOf(frequent, { minimumCount: 1 })).rejects.toThrow(InvalidOption);
  });
});
