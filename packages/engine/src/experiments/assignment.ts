/**
 * Who sees what: a visitor's place is a hash of a salt and their id, so that it needs no table, never moves, and is the
 * same on the server, on the edge and in the browser. Layers have salts of their own and are independent of one
 * another; experiments of one layer own disjoint slots of it and never share a visitor. After Tang et al.,
 * "Overlapping experiment infrastructure: more, better, faster experimentation", KDD 2010.
 */
import { InvalidInput } from "../errors.ts";
import { stickyUnit } from "../random/hash.ts";

/** One treatment of an experiment. */
export interface Arm {
  readonly id: string;
  /** Share of the experiment's visitors, above 0. */
  readonly share: number;
}

/** A comparison of arms among the visitors of one slot of a layer. */
export interface Experiment {
  /** Unique in the shop for ever: it seeds the split into arms, and a name used twice would repeat an old split. */
  readonly id: string;
  /** From where to where in the layer, within [0, 1]; the whole layer when left out. */
  readonly slot?: readonly [from: number, to: number];
  /**
   * Share of the slot's visitors who take part, above 0; all of them when left out. Raise it to ramp up: it only adds
   * visitors, lowering it only releases some, and nobody ever changes arms.
   */
  readonly traffic?: number;
  /** Shares sum to 1 at most; what is left belongs to the experiment but to no arm yet. */
  readonly arms: readonly Arm[];
}

/** Experiments that exclude one another. */
export interface Layer {
  readonly salt: string;
  readonly experiments: readonly Experiment[];
}

/** The part of all visitors who see no recommendations, for as long as the salt lives. */
export interface Holdout {
  readonly salt: string;
  /** Share of all visitors. Raising it only adds visitors, lowering it only releases some. */
  readonly share: number;
}

/** Everything that decides who sees what. */
export interface AssignmentPlan {
  readonly holdout?: Holdout;
  readonly layers: readonly Layer[];
}

/** Where one visitor stands. */
export interface Assignment {
  /** Whether they are held out: then they take part in no experiment. */
  readonly heldOut: boolean;
  /** One entry an experiment they take part in: at most one a layer. */
  readonly arms: readonly { readonly experiment: string; readonly arm: string }[];
}

/** Shares are given in decimals: three thirds may sum to a hair above 1. */
const tolerance = 1e-9;

/**
 * Checks a plan once and returns the function that assigns by it.
 * @throws InvalidInput when shares or slots leave [0, 1], slots overlap, or a salt or id is empty or used twice
 * @example
 * const arms = [{ id: "four", share: 0.5 }, { id: "eight", share: 0.5 }];
 * const assign = createAssignment({
 *   holdout: { salt: "holdout-2026", share: 0.1 },
 *   layers: [{ salt: "cart", experiments: [{ id: "list-length", arms }] }],
 * });
 * assign(visitorId).arms; // [{ experiment: "list-length", arm: "eight" }]
 */
export function createAssignment(plan: AssignmentPlan): (visitorId: string) => Assignment {
  checkPlan(plan);
  const { holdout, layers } = plan;
  return (visitorId) => {
    if (holdout && isHeldOut(holdout, visitorId)) return { heldOut: true, arms: [] };
    const arms: { experiment: string; arm: string }[] = [];
    for (const layer of layers) {
      const experiment = experimentOf(layer, visitorId);
      const arm = experiment && armOf(experiment, visitorId);
      if (experiment && arm) arms.push({ experiment: experiment.id, arm: arm.id });
    }
    return { heldOut: false, arms };
  };
}

/**
 * Whether a visitor belongs to the holdout.
 * @example
 * if (isHeldOut({ salt: "holdout-2026", share: 0.05 }, visitorId)) return;
 */
export function isHeldOut({ salt, share }: Holdout, visitorId: string): boolean {
  return stickyUnit(salt, visitorId) < share;
}

/**
 * The experiment of a layer that a visitor's place falls into, whether or not an arm takes them.
 * @example
 * const experiment = experimentOf(layer, visitorId);
 * const arm = experiment && armOf(experiment, visitorId);
 */
export function experimentOf({ salt, experiments }: Layer, visitorId: string): Experiment | undefined {
  const place = stickyUnit(salt, visitorId);
  return experiments.find(({ slot: [from, to] = [0, 1] }) => from <= place && place < to);
}

/**
 * The arm of an experiment: arms lie end to end in the order given, so an arm appended to them moves nobody.
 * @returns undefined when the visitor is outside the experiment's traffic or falls behind the last arm
 * @example
 * armOf({ id: "cart-copy", arms: [{ id: "old", share: 0.5 }, { id: "new", share: 0.5 }] }, visitorId)?.id;
 */
export function armOf({ id, traffic = 1, arms }: Experiment, visitorId: string): Arm | undefined {
  // Salts of their own, or else widening a slot or the traffic would fill one arm after the other.
  if (traffic < 1 && stickyUnit(`traffic of ${id}`, visitorId) >= traffic) return undefined;
  const place = stickyUnit(`arms of ${id}`, visitorId);
  let end = 0;
  for (const arm of arms) {
    end += arm.share;
    if (place < end || end > 1 - tolerance) return arm;
  }
  return undefined;
}

function checkPlan({ holdout, layers }: AssignmentPlan): void {
  const salts = new Set<string>();
  const ids = new Set<string>();
  if (holdout) {
    addUnique(salts, holdout.salt, "holdout.salt");
    checkShare("holdout.share", holdout.share);
  }
  for (const [index, { salt, experiments }] of layers.entries()) {
    const path = `layers[${index}]`;
    addUnique(salts, salt, `${path}.salt`);
    checkSlots(experiments, `${path}.experiments`);
    for (const [position, experiment] of experiments.entries()) {
      const at = `${path}.experiments[${position}]`;
      addUnique(ids, experiment.id, `${at}.id`);
      if (experiment.traffic !== undefined) checkShare(`${at}.traffic`, experiment.traffic);
      checkArms(experiment.arms, `${at}.arms`);
    }
  }
}

function checkSlots(experiments: readonly Experiment[], path: string): void {
  const slots = experiments.map(({ slot = [0, 1] as const }, index) => ({ from: slot[0], to: slot[1], index }));
  slots.sort((a, b) => a.from - b.from);
  let end = 0;
  for (const { from, to, index } of slots) {
    const at = `${path}[${index}].slot`;
    if (!(from >= 0 && from < to && to <= 1)) throw new InvalidInput(at, `[${from}, ${to}]`, "0 <= from < to <= 1");
    if (from < end)
      throw new InvalidInput(at, `[${from}, ${to}]`, `apart from the slot before it, which ends at ${end}`);
    end = to;
  }
}

function checkArms(arms: readonly Arm[], path: string): void {
  const ids = new Set<string>();
  let sum = 0;
  for (const [index, { id, share }] of arms.entries()) {
    addUnique(ids, id, `${path}[${index}].id`);
    checkShare(`${path}[${index}].share`, share);
    sum += share;
  }
  if (arms.length === 0) throw new InvalidInput(path, "[]", "at least one arm");
  if (sum > 1 + tolerance) throw new InvalidInput(path, sum, "arms whose shares sum to 1 at most");
}

function checkShare(path: string, share: number): void {
  if (!(share > 0 && share <= 1)) throw new InvalidInput(path, share, "a share above 0 and up to 1");
}

function addUnique(known: Set<string>, name: string, path: string): void {
  if (!name || known.has(name)) throw new InvalidInput(path, name, "a name that is not empty and not used twice");
  known.add(name);
}
