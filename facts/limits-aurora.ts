import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";
const DATE = "2026-11";

/** Capacity of Aurora Serverless v2, in ACU of 2 GiB. */
export const AURORA_CAPACITY = {
  /** The least minimum and the least maximum. */
  leastMinimum: 0,
  leastMaximum: 1,
  most: 256,
  step: 0.5,
  source: `${GUIDE}/aurora-serverless-v2.setting-capacity.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Falling to 0 ACU: after how many seconds without a connection, and from which version of each major one on. */
export const AURORA_PAUSE = {
  seconds: { least: 300, most: 86_400 },
  versions: {
    "aurora-postgresql": { 13: 15, 14: 12, 15: 7, 16: 3 },
    "aurora-mysql": { 3: 8 },
  },
  source: `${GUIDE}/aurora-serverless-v2-auto-pause.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;
