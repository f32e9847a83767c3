import { z } from "zod";

/**
 * The setting by which a rule about an end of support is told the day it is asked for. Not the day of the clock, so that the same stack
 * always gets the same verdict: who wants it to follow the calendar sets it.
 */
export const DAY_CONFIG = {
  day: z.iso
    .date()
    .default("2026-11-30")
    .describe("Day on which there must still be support, such as 2027-01-31. Default: the end of the month this version was made in."),
} as const;
