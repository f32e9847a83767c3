// The engine runs a pack as JavaScript; tsx lets it read the TypeScript beside it without a build.
require("tsx/cjs");
const { servePack } = require("../lib/crossguard.ts");
const { architecture } = require("./pack.ts");

servePack(architecture);
