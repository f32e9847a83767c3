#!/usr/bin/env node
"use strict";
const { join, resolve } = require("node:path");
const { deferModules } = require("../loader/deferred");
const { KeptModules } = require("../loader/kept-modules");

/** @type {string} what makes Node load TypeScript. */
const TYPESCRIPT = "tsx/cjs";
const root = resolve(__dirname, "..");
// The settings of the project, wherever the command is run from.
process.env["TSX_TSCONFIG_PATH"] ??= join(root, "tsconfig.json");

function transform() {
  require(TYPESCRIPT);
  process.setSourceMapsEnabled(false);
}

deferModules();
// With --verbose a person looks for what is wrong: traces show the lines of the sources then.
const kept = process.argv.includes("--verbose") ? undefined : new KeptModules({ root, transform });
if (kept) kept.install();
else require(TYPESCRIPT);
require("../automation/cli")
  .main(process.argv)
  .then((/** @type {number} */ code) => {
    process.exitCode = code;
    kept?.keep();
  })
  // A bug of ours: the process ends with it, as with every error that nobody expects.
  .catch((/** @type {unknown} */ error) =>
    setImmediate(() => {
      throw error;
    }),
  );
