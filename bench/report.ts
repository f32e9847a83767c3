import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makePlan } from "../plan/plan";
import { reportFiles } from "../plan/report/files";
import { findChromium, startChromium } from "../test/chromium";
import { grownCatalogue } from "./catalogue";

/** A report of a catalogue of one size. */
export interface ReportGrowth {
  readonly services: number;
  /** Seconds to lay out the picture and to write the page, without the plan. */
  readonly seconds: number;
  readonly megabytes: number;
  /** Median seconds from asking Chromium for the file until everything is drawn; absent where there is no Chromium. */
  readonly opens?: number;
}

async function opening(html: string, runs: number): Promise<number | undefined> {
  if (findChromium() === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));
  const browser = await startChromium();
  try {
    writeFileSync(join(folder, "plan.html"), html);
    const taken: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const page = await browser.newPage();
      const started = performance.now();
      await page.goto(pathToFileURL(join(folder, "plan.html")).href);
      await page.waitForSelector("[data-ready]");
      taken.push((performance.now() - started) / 1000);
      await page.close();
    }
    return taken.sort((left, right) => left - right)[Math.floor(runs / 2)];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** Draws a catalogue of each size and opens what was drawn. */
export async function reportGrowth(sizes: readonly number[], runs: number): Promise<ReportGrowth[]> {
  const results: ReportGrowth[] = [];
  for (const atLeast of sizes) {
    const { root, services, dispose } = grownCatalogue(atLeast);
    try {
      const { document, stack } = await makePlan(root, "dev");
      const started = performance.now();
      const { html } = await reportFiles(document, { stack });
      const seconds = (performance.now() - started) / 1000;
      const opens = await opening(html, runs);
      results.push({ services, seconds, megabytes: Buffer.byteLength(html) / 1e6, ...(opens !== undefined && { opens }) });
    } finally {
      dispose();
    }
  }
  return results;
}
