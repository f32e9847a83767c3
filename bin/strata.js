#!/usr/bin/env node
"use strict";
// Much of a short command goes into compiling what was compiled the last time; Node keeps that from 22.1 on.
require("node:module").enableCompileCache?.();
require("tsx/cjs");
// Only traces of errors need source maps, and those are shown with --verbose only.
if (!process.argv.includes("--verbose")) process.setSourceMapsEnabled(false);
require("../automation/cli.ts")
  .main(process.argv)
  .then((code) => {
    process.exitCode = code;
  });
