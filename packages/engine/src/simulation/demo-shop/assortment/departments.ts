/** The whole assortment, department by department. */
import { baking } from "./baking.ts";
import { bedAndBath } from "./bed-and-bath.ts";
import { candlesAndScent } from "./candles-and-scent.ts";
import { cookware } from "./cookware.ts";
import { dining } from "./dining.ts";
import { garden } from "./garden.ts";
import { homeAccents } from "./home-accents.ts";
import type { Department } from "./kind.ts";
import { lighting } from "./lighting.ts";
import { outdoorAndTravel } from "./outdoor-and-travel.ts";
import { pantry } from "./pantry.ts";
import { stationeryAndGifts } from "./stationery-and-gifts.ts";
import { teaAndCoffee } from "./tea-and-coffee.ts";

export const departments: readonly Department[] = [
  teaAndCoffee,
  pantry,
  cookware,
  baking,
  dining,
  homeAccents,
  candlesAndScent,
  lighting,
  bedAndBath,
  stationeryAndGifts,
  garden,
  outdoorAndTravel,
];
