#!/usr/bin/env node
"use strict";
// Half the time of a plan would go into the stack traces that the Pulumi SDK takes for every promise; --verbose wants them.
if (!process.argv.includes("--verbose")) Error.stackTraceLimit = 0;
require("tsx/cjs");
require("../automation/cli.ts")
  .main(process.argv)
  .then((code) => {
    process.exitCode = code;
  });
