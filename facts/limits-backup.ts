import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/aws-backup/latest/devguide";
const API = "https://docs.aws.amazon.com/aws-backup/latest/APIReference";
const DATE = "2026-11";

/** Days in cold storage before a recovery point can be deleted. */
export const COLD_STORAGE = { days: 90, source: `${API}/API_Lifecycle.html`, date: DATE } as const satisfies Fact & Record<string, unknown>;

/** Most days a recovery point of a continuous backup is kept. */
export const CONTINUOUS_BACKUP = { days: 35, source: `${GUIDE}/point-in-time-recovery.html`, date: DATE } as const satisfies Fact &
  Record<string, unknown>;

/** Minutes in which a backup must start and end. */
export const BACKUP_WINDOWS = {
  startsWithin: 60,
  /** Provider's defaults: start within 60, complete within 180. */
  defaultStart: 60,
  defaultCompletion: 180,
  source: `${API}/API_BackupRule.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Days in which a lock in compliance mode can still be changed, and longest retention a lock can ask for. */
export const VAULT_LOCK = {
  leastChangeableDays: 3,
  mostDays: 36_500,
  source: `${GUIDE}/vault-lock.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;
