#!/usr/bin/env node
"use strict";
require("tsx/cjs");
require("../automation/cli.ts")
  .main(process.argv)
  .then((code) => {
    process.exitCode = code;
  });
