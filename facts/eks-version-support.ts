import { type Fact } from "./row";

const CALENDAR = { source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html", date: "2026-08" } as const;

/** How long Amazon EKS looks after a Kubernetes version. Each day is the first without that support. */
export interface EksVersionSupport extends Fact {
  /** End of standard support; from then on the cluster costs six times as much. */
  readonly standardEnds: string;
  /** End of extended support; from then on EKS upgrades the control plane by itself, on a day it does not say. */
  readonly extendedEnds: string;
}

/**
 * The versions that EKS offers or offered lately, by minor version. What is older than the first of them has no support at all.
 * The page as endoflife.date had read it on 2026-08-22.
 */
export const EKS_VERSION_SUPPORT: Readonly<Record<string, EksVersionSupport>> = {
  "1.29": { standardEnds: "2025-03-23", extendedEnds: "2026-03-23", ...CALENDAR },
  "1.30": { standardEnds: "2025-07-23", extendedEnds: "2026-07-23", ...CALENDAR },
  "1.31": { standardEnds: "2025-11-26", extendedEnds: "2026-11-26", ...CALENDAR },
  "1.32": { standardEnds: "2026-03-23", extendedEnds: "2027-03-23", ...CALENDAR },
  "1.33": { standardEnds: "2026-07-29", extendedEnds: "2027-07-29", ...CALENDAR },
  "1.34": { standardEnds: "2026-12-02", extendedEnds: "2027-12-02", ...CALENDAR },
  "1.35": { standardEnds: "2027-03-27", extendedEnds: "2028-03-27", ...CALENDAR },
  "1.36": { standardEnds: "2027-08-02", extendedEnds: "2028-08-02", ...CALENDAR },
};
