import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type AxeResults } from "axe-core";
import { type Browser, type Page } from "playwright-core";
import { reportFiles } from "../../../../plan/report/files";
import { type Format, FORMATS, valueAt } from "../../../../plan/report/html/format";
import { type ReportData } from "../../../../plan/report/html/report-data";
import { chromiumMissing, startChromium } from "../../../chromium";
import { plannedReport } from "../planned";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const LONG_ENOUGH = 6;
const SLOW = 120_000;

/** A page that is open, with everything it said and asked for. */
interface Opened {
  readonly page: Page;
  readonly messages: string[];
  readonly requests: string[];
}

describe(`the report in Chromium${chromiumMissing}`, function () {
  this.timeout(SLOW);
  let browser: Browser;
  let folder: string;
  let url: string;
  let decommissioned: string;
  let data: ReportData;

  before(async function () {
    if (chromiumMissing) this.skip();
    const { document: plan, stack } = await plannedReport();
    const { html } = await reportFiles(plan, { stack, day: "2026-11-26" });
    folder = mkdtempSync(join(tmpdir(), "strata-report-"));
    url = write("plan.html", html);
    const leaving = await reportFiles({ ...plan, decommissioning: true }, { stack, day: "2026-11-26" });
    decommissioned = write("decommissioned.html", leaving.html);
    data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? "") as ReportData;
    browser = await startChromium();
  });

  after(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true });
  });

  function write(name: string, html: string): string {
    writeFileSync(join(folder, name), html);
    return pathToFileURL(join(folder, name)).href;
  }

  async function open(options: Parameters<Browser["newPage"]>[0] = {}, address = url): Promise<Opened> {
    const page = await browser.newPage({ viewport: SIZES[0] ?? null, ...options });
    const [messages, requests]: [string[], string[]] = [[], []];
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(address);
    await page.waitForSelector("[data-ready]");
    return { page, messages, requests };
  }

  for (const size of SIZES)
    it(`opens from disk at ${size.width} without a message, without asking for anything, and fits`, async () => {
      const { page, messages, requests } = await open({ viewport: size });
      assert.equal(await page.locator("svg.paper .node").count(), data.picture.nodes.length);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= size.width, `the page is ${wide} wide`);
      for (const name of ["Cost", "Schedule", "Policies", "Reachability", "Data", "Resources"])
        assert.ok(await page.getByRole("heading", { name, exact: true, level: 2 }).isVisible(), name);
      assert.deepEqual(messages, []);
      assert.deepEqual(
        requests.filter((one) => one !== url && !one.startsWith("data:")),
        [],
      );
      await page.close();
    });

  for (const colorScheme of ["light", "dark"] as const)
    it(`has nothing that axe finds fault with, in ${colorScheme}`, async () => {
      const { page } = await open({ colorScheme, bypassCSP: true });
      await page.locator('[data-node="orders"]').click();
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.evaluate(AXE);
      const results = await page.evaluate<AxeResults>("axe.run()");
      assert.ok(results.passes.length > 20);
      assert.deepEqual(
        results.violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) })),
        [],
      );
      await page.close();
    });

  it("shows no number but those of its JSON, each as the JSON has it", async () => {
    const { page } = await open();
    await page.locator('[data-node="orders"]').click();
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll("[data-from]")].map((element) => ({
        from: element.getAttribute("data-from") ?? "",
        as: element.getAttribute("data-as") ?? "",
        text: (element.textContent ?? "").replace(element.getAttribute("data-before") ?? "", ""),
      })),
    );
    assert.ok(shown.length > 500, `only ${shown.length} values`);
    for (const { from, as, text } of shown) assert.equal(text, FORMATS[as as Format](valueAt(data, from.split("/"))), from);
    const strings = stringsOf(data).join("\n");
    const others = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.getElementById("page") ?? document.body, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) {
        const text = walker.currentNode as Text;
        const inside = text.parentElement;
        // What says where one is on the page, and the scale of a chart, is no number of the plan; a hint of the picture is told from its node.
        if (/\d/.test(text.data) && !inside?.closest("[data-from], [data-ui], [data-node] > title, style")) found.push(text.data.trim());
      }
      return found;
    });
    assert.deepEqual(
      others.filter(
        (text) => !strings.includes(text) && !numbersIn(text).every((word) => word.length > LONG_ENOUGH && strings.includes(word)),
      ),
      [],
    );
    await page.close();
  });

  it("says before anything else that an environment is taken down for good, in letters that can be read in both schemes", async () => {
    const usual = await open();
    assert.equal(await usual.page.getByRole("note").count(), 0);
    await usual.page.close();
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, messages } = await open({ colorScheme, bypassCSP: true }, decommissioned);
      assert.match((await page.getByRole("note").textContent()) ?? "", /^prod is being decommissioned: nothing of it is protected/);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>("axe.run('header')");
      assert.deepEqual([violations.map(({ id }) => id), messages], [[], []]);
      await page.close();
    }
  });

  it("shows the whole bill and the longest path", async () => {
    const { page } = await open();
    const { cost, schedule } = data;
    assert.ok((await page.locator("header").textContent())?.includes(FORMATS.usd(cost.totals.monthlyUsd)));
    assert.equal(await page.locator("#cost .area").count(), cost.totals.byLayer.filter(({ monthlyUsd }) => monthlyUsd > 0).length);
    assert.equal(await page.locator("#cost .area-part").count(), cost.lines.filter(({ monthlyUsd }) => monthlyUsd > 0).length);
    assert.equal(await page.locator("#schedule .span.critical").count(), schedule.entries.filter(({ critical }) => critical).length);
    await page.close();
  });

  it("finds a service by typing, moves to it and says what it reaches", async () => {
    const { page } = await open();
    await page.getByRole("combobox", { name: "Find in the picture" }).fill("order");
    assert.equal(await page.locator("#picture").getByRole("option").first().textContent(), "orders Fargate");
    await page.keyboard.press("Enter");
    const details = page.getByRole("complementary", { name: "About orders" });
    assert.ok(await details.isVisible());
    assert.match((await details.textContent()) ?? "", /orders-db/);
    const view = await page.locator("g.view").getAttribute("transform");
    assert.match(view ?? "", /scale\([2-9]/);
    const near = await page.locator(".node.near").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("data-node")));
    const expected = data.picture.edges.flatMap(({ from, to }) => (from === "orders" ? [to] : to === "orders" ? [from] : []));
    assert.deepEqual(new Set(near), new Set(expected));
    await page.close();
  });

  it("can be walked by keyboard alone: skip link, parts, picture, choice, and out again", async () => {
    const { page } = await open();
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to the report");
    await page.locator("g.node[tabindex='0']").focus();
    await page.keyboard.press("ArrowRight");
    const second = await page.evaluate(() => document.activeElement?.getAttribute("data-node"));
    assert.ok(second !== null && second !== "internet");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".node.chosen").getAttribute("data-node"), second);
    assert.equal(await page.locator("g.node[tabindex='0']").count(), 1);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".node.chosen").count(), 0);
    await page.keyboard.press("Tab");
    assert.notEqual(await page.evaluate(() => document.activeElement?.closest("svg.paper")), undefined);
    await page.close();
  });

  it("filters policies by level and pack", async () => {
    const { page } = await open();
    const rows = page.locator("#policies").getByRole("region", { name: "What policies found" }).locator("tbody tr");
    const all = await rows.count();
    await page.locator("#policies").getByRole("combobox", { name: "Level" }).selectOption("mandatory");
    assert.equal(await rows.count(), data.policy.violations.filter(({ level }) => level === "mandatory").length);
    await page.locator("#policies").getByRole("combobox", { name: "Level" }).selectOption("");
    await page.locator("#policies").getByRole("searchbox").fill("rotat");
    assert.ok((await rows.count()) < all);
    await page.close();
  });

  it("has in its matrix who reaches whom, and nobody else", async () => {
    const { page } = await open();
    await page.getByRole("searchbox", { name: "Find a name or a port" }).fill("orders-db");
    const cells = await page
      .locator(".matrix tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) =>
          [row.querySelector("th")?.textContent, ...[...row.querySelectorAll("td")].map((cell) => cell.textContent)].join(" "),
        ),
      );
    const expected = data.reachability.filter(({ from, to }) => `${from} ${to}`.includes("orders-db"));
    assert.equal(cells.length, new Set(expected.map(({ from }) => from)).size);
    assert.ok(cells.some((cell) => /^orders .*5432/.test(cell)));
    await page.close();
  });

  it("turns dark and light by its switch", async () => {
    const { page } = await open({ colorScheme: "light" });
    const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    // The page draws itself after the event, not in it.
    await page.getByRole("combobox", { name: "Colours" }).selectOption("dark");
    await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, light);
    await page.getByRole("combobox", { name: "Colours" }).selectOption("light");
    await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor === before, light);
    await page.close();
  });

  it("prints the whole picture in light colours, without what only a screen is for", async () => {
    const { page, messages } = await open({ colorScheme: "dark" });
    for (let index = 0; index < 3; index += 1) await page.getByRole("button", { name: "Zoom in" }).click();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("g.view") ?? document.body).transform), "none");
    assert.equal(await page.locator("nav").isVisible(), false);
    assert.equal(await page.getByRole("button", { name: "Whole picture" }).isVisible(), false);
    assert.equal(
      await page.evaluate(() => getComputedStyle(document.querySelector("#services td") ?? document.body).color),
      "rgb(22, 32, 43)",
    );
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
    assert.deepEqual(messages, []);
    await page.close();
  });
});

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(stringsOf)];
}

/** Words with digits, without the marks around them; a short one would be found by chance. */
function numbersIn(text: string): string[] {
  return text
    .split(/\s+/)
    .filter((word) => /\d/.test(word))
    .map((word) => word.replace(/^[(]|[.,;:)]+$/g, ""));
}

async function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent ?? undefined);
}
