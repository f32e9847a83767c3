import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

const ROOT = resolve(__dirname, "..");

/** A need or reach as its descriptor has it. */
type Descriptor = Record<string, unknown> & { name: string; needs?: Record<string, unknown>[]; reach?: Record<string, unknown> };

/** Keys whose value names another service or a shared thing; copies must not all point at the original's. */
function renamed(descriptor: Descriptor, index: number, names: ReadonlySet<string>): Descriptor {
  const suffix = `-${index}`;
  const own = (name: string) => (names.has(name) ? `${name.slice(0, 14)}${suffix}` : name);
  const copy = structuredClone(descriptor);
  copy.name = own(copy.name);
  if (copy.reach && typeof copy.reach["http"] === "string")
    copy.reach = { ...copy.reach, http: `/c${index}${copy.reach["http"]}`.replace(/\/$/, "") };
  for (const need of copy.needs ?? []) {
    if (typeof need["service"] === "string") need["service"] = own(need["service"]);
    if (typeof need["store"] === "string") need["name"] = `${String(need["name"])}${suffix}`;
  }
  for (const tie of ["together", "apart"]) if (Array.isArray(copy[tie])) copy[tie] = (copy[tie] as string[]).map(own);
  return copy;
}

/**
 * A project whose catalogue is our own, copied until it has a number of services: each copy with names, paths and databases of its own.
 * @returns the folder, and what removes it.
 */
export function grownCatalogue(services: number): { root: string; dispose: () => void } {
  const root = mkdtempSync(join(tmpdir(), "strata-bench-"));
  for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]) cpSync(join(ROOT, file), join(root, file));
  const originals = readdirSync(join(ROOT, "services"));
  const names = new Set(originals);
  for (let index = 0; index < services; index += 1) {
    const original = originals[index % originals.length] ?? "";
    const descriptor = parse(readFileSync(join(ROOT, "services", original, "service.yaml"), "utf8")) as Descriptor;
    const copy = renamed(descriptor, Math.floor(index / originals.length), names);
    // A round that is cut short has services that its others need but that are not there.
    const last = Math.floor(index / originals.length) === Math.floor(services / originals.length);
    if (last) copy.needs = (copy.needs ?? []).filter((need) => !("service" in need));
    if (last) for (const tie of ["together", "apart"]) delete copy[tie];
    const folder = join(root, "services", copy.name);
    cpSync(join(ROOT, "services", original), folder, { recursive: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "service.yaml"), stringify(copy));
  }
  return { root, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
