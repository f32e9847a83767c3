"use strict";
const { parentPort } = require("node:worker_threads");
const { default: ELK } = require("elkjs/lib/elk.bundled");

/** Lays out what it is sent, in a thread of its own. In JavaScript: nothing transforms TypeScript here. */
const elk = new ELK();
parentPort?.on("message", (/** @type {{ id: number, graph: import("elkjs/lib/elk-api").ElkNode }} */ { id, graph }) => {
  elk.layout(graph).then(
    (laidOut) => parentPort?.postMessage({ id, laidOut }),
    (/** @type {unknown} */ error) => parentPort?.postMessage({ id, error }),
  );
});
