require("tsx/cjs");
const { servePack } = require("../../../policy/lib/crossguard.ts");
const { excepted, TODAY } = require("./pack.ts");

// The rules of one other pack are known too.
servePack(excepted, { today: TODAY, packs: () => [{ name: "other", description: "", rules: [{ id: "of-another-pack" }] }] });
