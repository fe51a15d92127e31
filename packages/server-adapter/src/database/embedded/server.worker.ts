/**
 * The embedded database in a thread of its own: PGlite behind a unix socket that any PostgreSQL client can talk to.
 * Started by `startEmbedded`; tells it when it listens, and when it failed.
 */
import { createServer, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import type { EmbeddedOrder, EmbeddedReport } from "./protocol.ts";
import { createTurnQueue, type Client, type TurnQueue } from "./turn-queue.ts";
import { createTurnReader, MalformedMessage, type Turn } from "./turn-reader.ts";

/** Answer to a client that asks for encryption: go on without. */
const withoutEncryption = Uint8Array.of("N".charCodeAt(0));

function serveClient(socket: Socket, queue: TurnQueue): void {
  const reader = createTurnReader();
  const client: Client = { send: (data) => void socket.write(data.slice()), drop: () => void socket.destroy() };
  const take = (turn: Turn): void => {
    if (turn.kind === "encryption") socket.write(withoutEncryption);
    else if (turn.kind === "cancel" || turn.kind === "goodbye") socket.end();
    else queue.add(client, turn);
  };
  socket.on("data", (chunk) => {
    try {
      reader.push(chunk).forEach(take);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      socket.destroy();
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => queue.leave(client));
}

async function serve({ directory, socketPath, dump }: EmbeddedOrder): Promise<() => Promise<void>> {
  const database = await PGlite.create({
    ...(directory !== undefined && { dataDir: directory }),
    ...(dump && { loadDataDir: new Blob([dump]) }),
  });
  const queue = createTurnQueue(database, { onFailure: fail });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serveClient(socket, queue);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    await database.close();
  };
}

function report(message: EmbeddedReport): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}

/** The other side sees the thread end, and starts another. */
function fail(error: unknown): void {
  report({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}

if (parentPort) {
  const order: EmbeddedOrder = workerData;
  try {
    const close = await serve(order);
    parentPort.once("message", () => {
      close().then(() => process.exit(0), fail);
    });
    report({ kind: "listening" });
  } catch (error) {
    fail(error);
  }
}
