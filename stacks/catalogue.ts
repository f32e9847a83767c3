import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { type Fault } from "../components/faults";
import { parse } from "../components/parse";
import { Descriptor } from "../components/service/descriptor";
import { catalogueFaults } from "./config/catalogue-checks";

/** Folder of the catalogue, beside `Pulumi.yaml`: one folder a service. */
export const SERVICES_FOLDER = "services";
const DESCRIPTOR_FILE = "service.yaml";

/** A descriptor with where it was read from. */
export interface CatalogueEntry {
  /** Path as a person would name it: `services/orders/service.yaml`. */
  readonly file: string;
  /** Name of its folder. */
  readonly folder: string;
  readonly descriptor: Descriptor;
}

/** Changes a descriptor as it stands in its file. */
type Change = (document: unknown, folder: string) => unknown;

/**
 * Reads a descriptor.
 * @param root folder of the project.
 * @param file path from there, as a person would name it.
 */
export function readDescriptor(
  root: string,
  file: string,
  change: Change = (document) => document,
): { entry?: CatalogueEntry; faults: Fault[] } {
  const path = join(root, file);
  const folder = basename(dirname(path));
  if (!existsSync(path)) return { faults: [{ key: file, what: "is missing", right: "give every service a service.yaml" }] };
  const document = parseDocument(readFileSync(path, "utf8"), { prettyErrors: true });
  if (document.errors.length > 0)
    return {
      faults: document.errors.map((error) => ({
        key: `${file}:${error.linePos?.[0].line ?? 1}`,
        what: `is not YAML: ${error.message.split("\n")[0]?.replace(/:$/, "") ?? error.code}`,
      })),
    };
  const { value, faults } = parse(Descriptor, change(document.toJS(), folder), file);
  return value ? { entry: { file, folder, descriptor: value }, faults } : { faults };
}

/**
 * Reads every service of the catalogue.
 * @param root folder of the project.
 * @param change what is changed in each document before it is read: a what-if.
 * @returns the descriptors by name, and everything that is wrong with them.
 */
export function readCatalogue(root: string, change: Change = (document) => document): { entries: CatalogueEntry[]; faults: Fault[] } {
  const folder = join(root, SERVICES_FOLDER);
  if (!existsSync(folder))
    return { entries: [], faults: [{ key: SERVICES_FOLDER, what: "is missing", right: "make a folder with one folder a service" }] };
  const read = readdirSync(folder, { withFileTypes: true })
    .filter((child) => child.isDirectory())
    .map((child) => child.name)
    .sort()
    .map((name) => readDescriptor(root, `${SERVICES_FOLDER}/${name}/${DESCRIPTOR_FILE}`, change));
  const entries = read.flatMap(({ entry }) => entry ?? []);
  return { entries, faults: [...read.flatMap(({ faults }) => faults), ...catalogueFaults(entries)] };
}
