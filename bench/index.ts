import Table from "cli-table3";
import { cpus, totalmem } from "node:os";
import { growth } from "./growth";

const SIZES = [13, 104, 507, 1001];
const RUNS = 3;

function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / (1 << 30))} GiB, Node ${process.version}`;
}

const table = new Table({
  head: ["services", "resources", "seconds", "µs a resource", "against 104", "MB"],
  style: { head: [], border: [] },
});
const measured = growth(SIZES, RUNS);
const base = measured.find(({ services }) => services === 104)?.microsecondsPerResource ?? Number.NaN;
for (const { services, resources, seconds, microsecondsPerResource, megabytes } of measured)
  table.push([
    services,
    resources,
    seconds.toFixed(2),
    microsecondsPerResource.toFixed(0),
    (microsecondsPerResource / base).toFixed(2),
    megabytes,
  ]);
process.stdout.write(`Plan of dev by size of the catalogue, median of ${RUNS} runs\n${machine()}\n${table.toString()}\n`);
