/** How progress is told. */
export const PROGRESS_MODES = ["auto", "bars", "lines", "events", "none"] as const;
export type ProgressMode = (typeof PROGRESS_MODES)[number];
