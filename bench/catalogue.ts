import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";

const ROOT = resolve(__dirname, "..");

/** A need or reach as its descriptor has it. */
type Descriptor = Record<string, unknown> & { name: string; needs?: Record<string, unknown>[]; reach?: Record<string, unknown> };

/** Name of a copy of a service; of anything else the name itself. */
function copyName(name: string, index: number, names: ReadonlySet<string>): string {
  return names.has(name) ? `${name.slice(0, 14)}-${index}` : name;
}

/** Keys whose value names another service or a shared thing; copies must not all point at the original's. */
function renamed(descriptor: Descriptor, index: number, names: ReadonlySet<string>): Descriptor {
  const suffix = `-${index}`;
  const own = (name: string) => copyName(name, index, names);
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

/** The stack file of dev for so many copies: what it says of one service or store, it says of each copy. */
function grownStack(copies: number, names: ReadonlySet<string>): string {
  const file = parse(readFileSync(join(ROOT, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, Record<string, unknown>> };
  const { config } = file;
  const copied = (entries: unknown, name: (original: string, index: number) => string) =>
    Object.fromEntries(
      Object.entries((entries ?? {}) as Record<string, unknown>).flatMap(([original, value]) =>
        Array.from({ length: copies }, (_, index) => [name(original, index), value] as const),
      ),
    );
  config["strata:services"] = copied(config["strata:services"], (original, index) => copyName(original, index, names));
  const persistence = (config["strata:persistence"] ??= {});
  persistence["databases"] = copied(persistence["databases"], (original, index) => `${original}-${index}`);
  // A thousand services in one account have asked AWS for more than the default.
  config["strata:functions"] = { ...config["strata:functions"], concurrency: 100_000 };
  return stringify(file);
}

/**
 * A project whose catalogue is our own, copied as a whole until it has at least a number of services: each copy with names, paths and
 * databases of its own.
 * @returns the folder, the number of services, and what removes it.
 */
export function grownCatalogue(atLeast: number): { root: string; services: number; dispose: () => void } {
  const root = mkdtempSync(join(tmpdir(), "strata-bench-"));
  cpSync(join(ROOT, "Pulumi.yaml"), join(root, "Pulumi.yaml"));
  const entries = readdirSync(join(ROOT, "services"), { withFileTypes: true });
  const originals = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const names = new Set(originals);
  const copies = Math.ceil(atLeast / originals.length);
  for (const entry of entries) if (entry.isFile()) cpSync(join(ROOT, "services", entry.name), join(root, "services", entry.name));
  for (let index = 0; index < copies; index += 1)
    for (const original of originals) {
      const descriptor = parse(readFileSync(join(ROOT, "services", original, "service.yaml"), "utf8")) as Descriptor;
      const folder = join(root, "services", copyName(original, index, names));
      cpSync(join(ROOT, "services", original), folder, { recursive: true });
      writeFileSync(join(folder, "service.yaml"), stringify(renamed(descriptor, index, names)));
    }
  writeFileSync(join(root, "Pulumi.dev.yaml"), grownStack(copies, names));
  return { root, services: copies * originals.length, dispose: () => rmSync(root, { recursive: true, force: true }) };
}
