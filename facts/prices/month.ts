/** Hours that AWS counts a month as in its own calculator. Source: AWS Pricing Calculator, "Hours in a month" (2026-11). */
export const HOURS_PER_MONTH = 730;
