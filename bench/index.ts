import Table from "cli-table3";
import { cpus, totalmem } from "node:os";
import { findEngine } from "../automation/rehearse/engine";
import { growth } from "./growth";
import { makespans, makespanTable } from "./makespan";
import { peers, whyNoPeer } from "./peer";
import { policyGrowth } from "./policy-growth";
import { previews } from "./preview";
import { reportGrowth } from "./report";
import { schedules } from "./schedule";
import { replans } from "./watch";

const GROWTH_SIZES = [13, 104, 182, 507, 1001];
/** Size that the others are compared with. */
const GROWTH_BASE = 104;
const GROWTH_RUNS = 3;
const POLICY_RUNS = 5;
const PEER_RUNS = 5;
const REPORT_SIZES = [13, 1001];
const REPORT_RUNS = 3;
const WATCH_RUNS = 9;
const PREVIEW_RUNS = 3;
const SCHEDULE_RUNS = 9;
const BYTES_PER_GIB = 1 << 30;

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / BYTES_PER_GIB)} GiB, Node ${process.version}`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const drawn = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) drawn.push([...row]);
  return `${title}\n${drawn.toString()}\n`;
}

function benchPeer(): string {
  const reason = whyNoPeer();
  if (reason) return `Against cdk synth: left out; ${reason}\n`;
  const contestants = peers(PEER_RUNS);
  const peer = contestants.at(-1);
  if (!peer) throw new Error("nobody was measured");
  return table(
    `The same platform, planned and checked, each in a new process, median of ${PEER_RUNS} runs by turns`,
    ["command", "seconds", "ratio", "resources", "rules"],
    contestants.map(({ name, seconds, resources, rules }) => [
      name,
      seconds.toFixed(2),
      (seconds / peer.seconds).toFixed(2),
      resources,
      rules,
    ]),
  );
}

function benchGrowth(): string {
  const measured = growth(GROWTH_SIZES, GROWTH_RUNS);
  const base = measured.find(({ services }) => services === GROWTH_BASE)?.microsecondsPerResource ?? Number.NaN;
  return table(
    `Plan of dev by size of the catalogue, median of ${GROWTH_RUNS} runs`,
    ["services", "resources", "CPU seconds", "µs a resource", `against ${GROWTH_BASE}`, "MB at most"],
    measured.map(({ services, resources, seconds, microsecondsPerResource, megabytes }) => [
      services,
      resources,
      seconds.toFixed(2),
      microsecondsPerResource.toFixed(0),
      (microsecondsPerResource / base).toFixed(2),
      megabytes,
    ]),
  );
}

function benchPolicies(): string {
  return table(
    `Policies: every rule of every pack in this process, median of ${POLICY_RUNS} runs`,
    ["resources", "rules", "seconds", "µs a resource", "slowest rules, ms"],
    policyGrowth(POLICY_RUNS).map(({ resources, rules, seconds, slowest }) => [
      resources,
      rules,
      seconds.toFixed(3),
      ((seconds * 1e6) / resources).toFixed(0),
      slowest.map(({ rule, milliseconds }) => `${milliseconds.toFixed(1)} ${rule}`).join("\n"),
    ]),
  );
}

async function benchReports(): Promise<string> {
  const drawn = await reportGrowth(REPORT_SIZES, REPORT_RUNS);
  return table(
    `Reports, without the plan; opened from disk, median of ${REPORT_RUNS} runs`,
    ["services", "seconds to draw", "MB", "seconds to open in Chromium"],
    drawn.map(({ services, seconds, megabytes, opens }) => [
      services,
      seconds.toFixed(2),
      megabytes.toFixed(1),
      opens?.toFixed(2) ?? "no Chromium",
    ]),
  );
}

async function benchPreview(): Promise<string> {
  const found = findEngine();
  if ("missing" in found) return `The engine's own preview: skipped, no Pulumi engine (${found.missing.join(", ")} not on PATH)\n`;
  const both = await previews(PREVIEW_RUNS);
  const [, plain] = both;
  return table(
    `The engine's own preview over a simulated cloud, median of ${PREVIEW_RUNS} runs by turns; components of other processes ${found.components}`,
    ["program", "resources", "seconds", "ratio"],
    both.map(({ program, resources, seconds }) => [program, resources, seconds.toFixed(2), (seconds / plain.seconds).toFixed(2)]),
  );
}

async function benchSchedules(): Promise<string> {
  return table(
    `Schedule of prod, once its resources are known, the first time and median of ${SCHEDULE_RUNS} after it`,
    ["action", "resources", "first, CPU ms", "then, CPU ms"],
    (await schedules(process.cwd(), "prod", SCHEDULE_RUNS)).map(({ action, resources, firstMs, thenMs }) => [
      action,
      resources,
      firstMs.toFixed(0),
      thenMs.toFixed(0),
    ]),
  );
}

async function benchWatch(): Promise<string> {
  const { cold, replans: all } = await replans(WATCH_RUNS);
  return table(
    `strata plan dev --watch: from an edit to what it changes, median of ${WATCH_RUNS}, beside a plan in a new process`,
    ["edit", "seconds", "ratio"],
    [
      ...all.map(({ edit, seconds }) => [edit, seconds.toFixed(2), (seconds / cold).toFixed(3)]),
      ["new process", cold.toFixed(2), (1).toFixed(3)],
    ],
  );
}

/** Needs the engine, and some minutes of it. */
async function benchMakespan(): Promise<string> {
  const found = findEngine();
  if ("missing" in found) return `Makespan of up: skipped, no Pulumi engine (${found.missing.join(", ")} not on PATH)\n`;
  return makespanTable(await makespans(process.cwd(), "dev"));
}

const SECTIONS: Readonly<Record<string, () => string | Promise<string>>> = {
  peer: benchPeer,
  growth: benchGrowth,
  policies: benchPolicies,
  reports: benchReports,
  watch: benchWatch,
  schedules: benchSchedules,
  preview: benchPreview,
  makespan: benchMakespan,
};

/** `npm run bench` measures everything, `npm run bench -- peer` one part. */
async function bench(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in SECTIONS));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: no part of the benchmark; there are ${Object.keys(SECTIONS).join(", ")}`);
  process.stdout.write(`${machine()}\n\n`);
  for (const [name, section] of Object.entries(SECTIONS))
    if (names.length === 0 || names.includes(name)) process.stdout.write(`${await section()}\n`);
}

bench(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
