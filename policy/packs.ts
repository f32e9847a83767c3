import { architecture } from "./architecture/pack";
import { cost } from "./cost/pack";
import type { Pack } from "./lib/rule";
import { preflight } from "./preflight/pack";
import { security } from "./security/pack";

/** Every pack, in the order in which they are reported. A rule is in one of them, and its id is taken in all. */
export const PACKS: readonly Pack[] = [architecture, security, preflight, cost];
