/** What a monitoring system asks for: Prometheus metrics of requests, decisions, events, queues and the engine. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Services } from "./services.ts";
import type { Observation } from "./surroundings.ts";

/** Seconds; the design's budget for a recommendation is 10 ms at p99. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface Metrics {
  /** Counts one answered request. */
  observe(observation: Observation): void;
  /** The same services, with decisions and events counted on their way. */
  watch(services: Services): Services;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsOptions {
  /** Adds memory, event loop and garbage collection of the process. */
  readonly ofProcess?: boolean;
}

/**
 * @example
 * const metrics = createMetrics();
 * const app = createRouter({ services: metrics.watch(services), observe: metrics.observe, ...others });
 */
export function createMetrics({ ofProcess = true }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: "basketlift_http_request_duration_seconds",
    help: "Answered requests by route and status, and how long they took.",
    labelNames: ["route", "status"] as const,
    buckets,
    registers,
  });
  const decisions = new Counter({
    name: "basketlift_decisions_total",
    help: "Decisions by status, ghosts of the holdout included.",
    labelNames: ["status"] as const,
    registers,
  });
  const events = new Counter({
    name: "basketlift_events_total",
    help: "Committed storefront events by kind; one that was sent twice may count twice.",
    labelNames: ["kind"] as const,
    registers,
  });

  return {
    observe({ route, status, seconds }) {
      requests.observe({ route, status }, seconds);
    },
    watch(services) {
      addStateGauges(services, registers);
      return {
        ...services,
        decisions: {
          ...services.decisions,
          record(receipt, circumstances) {
            decisions.inc({ status: receipt.status });
            services.decisions.record(receipt, circumstances);
          },
        },
        events: {
          ...services.events,
          async append(rows) {
            await services.events.append(rows);
            for (const { kind } of rows) events.inc({ kind });
          },
        },
      };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Read when somebody asks. */
function addStateGauges({ database, decisions, engine, events }: Services, registers: Registry[]): void {
  const waiting = new Gauge({
    name: "basketlift_waiting_rows",
    help: "Rows that are not committed yet.",
    labelNames: ["queue"] as const,
    registers,
    collect() {
      waiting.set({ queue: "events" }, events.waiting());
      waiting.set({ queue: "decisions" }, decisions.waiting());
    },
  });
  const up = new Gauge({
    name: "basketlift_database_up",
    help: "1 while the database answers.",
    registers,
    collect() {
      up.set(database.problem() === undefined ? 1 : 0);
    },
  });
  const serving = new Gauge({
    name: "basketlift_engine_trained_timestamp_seconds",
    help: "When the engine that serves was trained; no series while there is none.",
    labelNames: ["version", "run"] as const,
    registers,
    collect() {
      serving.reset();
      const current = engine.current();
      if (current === undefined) return;
      serving.set({ version: current.engine.version, run: current.runId }, current.trainedAt.getTime() / 1000);
    },
  });
}
