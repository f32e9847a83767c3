import { UNKNOWN } from "../../../../../policy/lib/resource";
import { searchVolumeFitsNode as rule } from "../../../../../policy/preflight/rules/databases/search-volume-fits-node";
import { type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { addStore, DOMAIN, GOOD_DOMAIN, like, within } from "../../given";

const domain = (instanceType: string | null, ebsOptions?: Inputs) =>
  like(DOMAIN, { clusterConfig: { instanceType }, ...(ebsOptions && { ebsOptions }) })();
const gib = (volumeSize: number): Inputs => ({ ebsEnabled: true, volumeSize });

export const cases: RuleCases = {
  rule,
  pass: {
    "of 100 GiB": domain("t3.small.search", gib(100)),
    "of nodes with disks of their own": domain("i3.large.search"),
    "of a type that is newer than what is known": domain("m9g.large.search", gib(4000)),
    "of the older name": like("aws:elasticsearch/domain:Domain", {
      clusterConfig: { instanceType: "r5.large.elasticsearch" },
      ebsOptions: gib(500),
    })(),
  },
  fail: {
    "of more than the type takes": {
      given: domain("t3.small.search", gib(200)),
      says: /volumeSize is 200; it can be 10 to 100 GiB on t3\.small/,
    },
    "of too little": { given: domain("m6g.large.search", gib(5)), says: /10 to 1024 GiB/ },
    "of none": { given: domain("m7g.large.search", { ebsEnabled: false }), says: /ebsEnabled is off, and m7g\.large has no disks/ },
    "of nodes with disks of their own": { given: domain("i3.large.search", gib(100)), says: /i3\.large has disks of its own/ },
  },
  absent: {
    "without volumes": { given: domain("m7g.large.search"), says: /ebsEnabled is off/ },
    "without a size": { given: domain("m7g.large.search", { ebsEnabled: true }), says: /volumeSize is absent/ },
    "without a type, which is m4.large": { given: domain(null), says: /m4\.large has no disks/ },
  },
  unknown: {
    "while the size is not known": domain("m7g.large.search", { ebsEnabled: true, volumeSize: UNKNOWN }),
    "while the type is not known": domain(UNKNOWN, gib(100)),
  },
  mutations: {
    "a search node has a larger volume than it takes": (stack) =>
      addStore(
        stack,
        DOMAIN,
        within(within(GOOD_DOMAIN, "ebsOptions", { volumeSize: 2_000 }), "clusterConfig", { instanceType: "m6g.large.search" }),
      ),
  },
};
