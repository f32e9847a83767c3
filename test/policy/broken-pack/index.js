require("tsx/cjs");
const { servePack } = require("../../../policy/lib/crossguard.ts");
const { broken } = require("./pack.ts");

servePack(broken);
