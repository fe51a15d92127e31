/** What the session signals are read from, trained once and saved as columns: the log, the transitions, the priors. */
import type { ModelFile } from "../files/model-file.ts";
import { columnOf, rowsOf } from "../models/model-columns.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { TrainingControls } from "../models/training.ts";
import {
  buildSessionLog,
  clickPriors,
  columnsOfLog,
  countTransitions,
  readLog,
  type ClickPriors,
  type SessionData,
  type SessionLog,
  type Transitions,
} from "../sequences/index.ts";
import type { SessionSettings } from "./session-settings.ts";

export interface SessionParts {
  readonly log: SessionLog;
  readonly transitions: Transitions;
  readonly priors: ClickPriors;
}

/** Reads the sessions: everything but the weights. */
export async function buildSessionParts(
  data: SessionData,
  settings: SessionSettings,
  controls: TrainingControls,
): Promise<SessionParts> {
  const log = await buildSessionLog(data, Math.max(settings.neighbours.m, settings.context.m), controls);
  return {
    log,
    transitions: await countTransitions(log, settings, controls),
    priors: clickPriors(log, settings),
  };
}

const transitionColumns = ["next", "skip", "back"] as const;
const totalColumns = ["nextTotal", "skipTotal", "backTotal"] as const;
const priorColumns = ["popularity", "recentPopularity", "latestPopularity", "unseen", "recentShare"] as const;

/** The parts as columns of a model file. */
export function columnsOfParts({ log, transitions, priors }: SessionParts): ModelFile["columns"] {
  return {
    ...columnsOfLog(log),
    transitionOffsets: transitions.offsets,
    transitionTargets: transitions.targets,
    ...pick(transitions, [...transitionColumns, ...totalColumns]),
    ...pick(priors, priorColumns),
  };
}

/**
 * @throws InvalidFile when a column is absent or does not fit the others
 */
export function* readParts(file: ModelFile): InPieces<SessionParts> {
  const log = yield* readLog(file);
  const { columns } = log.sessions;
  const { offsets, indices: targets } = yield* rowsOf(file, "transitionOffsets", "transitionTargets", {
    rows: columns,
    columns,
  });
  return {
    log,
    transitions: {
      offsets,
      targets,
      ...(yield* readFloats(file, transitionColumns, targets.length)),
      ...(yield* readFloats(file, totalColumns, columns)),
    },
    priors: yield* readFloats(file, priorColumns, columns),
  };
}

function* readFloats<Name extends string>(
  file: ModelFile,
  names: readonly Name[],
  length: number,
): InPieces<Record<Name, Float32Array>> {
  const columns = new Map<Name, Float32Array>();
  for (const name of names) columns.set(name, yield* columnOf(file, name, Float32Array, length));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are the names, by construction
  return Object.fromEntries(columns) as Record<Name, Float32Array>;
}

function pick<Name extends string>(
  source: Readonly<Record<Name, Float32Array>>,
  names: readonly Name[],
): Record<string, Float32Array> {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}
