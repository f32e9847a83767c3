import { type Fault } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { type Descriptor } from "../../components/service/descriptor";
import { type CatalogueEntry } from "../catalogue";

type Check = (entry: CatalogueEntry, all: readonly CatalogueEntry[]) => Fault[];

const named: Check = ({ file, folder, descriptor }) =>
  folder === descriptor.name
    ? []
    : [{ key: `${file}: name`, what: `differs from its folder`, got: descriptor.name, right: `give ${folder}` }];

const uniqueName: Check = ({ file, descriptor }, all) =>
  all
    .filter((other) => other.descriptor.name === descriptor.name && other.file < file)
    .map((other) => ({
      key: `${file}: name`,
      what: `is taken by ${other.file}`,
      got: descriptor.name,
      right: "give each service a name of its own",
    }));

const uniquePath: Check = ({ file, descriptor }, all) =>
  all
    .filter((other) => descriptor.reach?.http !== undefined && other.descriptor.reach?.http === descriptor.reach.http && other.file < file)
    .map((other) => ({
      key: `${file}: reach.http`,
      what: `is taken by ${other.descriptor.name}`,
      got: descriptor.reach?.http,
      right: "give each service a path of its own",
    }));

function ports({ run }: Descriptor): number[] {
  return "image" in run ? [...(run.port === undefined ? [] : [run.port]), ...(run.ports ?? []).map(({ port }) => port)] : [];
}

const portUse: Check = ({ file, descriptor }) => {
  const faults: Fault[] = [];
  const all = ports(descriptor);
  for (const port of new Set(all.filter((port, index) => all.indexOf(port) !== index)))
    faults.push({ key: `${file}: run.ports`, what: "uses a port twice", got: port, right: "give each port once" });
  if ("image" in descriptor.run && descriptor.run.port !== undefined && descriptor.run.ports)
    faults.push({ key: `${file}: run`, what: "gives port and ports", right: "give `port` for one HTTP port, `ports` for anything else" });
  if ("image" in descriptor.run && descriptor.reach?.http !== undefined && all.length === 0)
    faults.push({
      key: `${file}: run.port`,
      what: "is missing for a service that is reached over HTTP",
      right: "give the port of the container",
    });
  const names = "image" in descriptor.run ? (descriptor.run.ports ?? []).map(({ name }) => name) : [];
  for (const name of descriptor.reach?.tcp ?? [])
    if (!names.includes(name))
      faults.push({ key: `${file}: reach.tcp`, what: "names no port of run.ports", got: name, right: suggestion(name, names) });
  return faults;
};

const reachUse: Check = ({ file, descriptor }) =>
  descriptor.reach && descriptor.reach.http === undefined && descriptor.reach.tcp === undefined
    ? [{ key: `${file}: reach`, what: "says from where, but not how", got: descriptor.reach, right: "give `http` or `tcp`" }]
    : "job" in descriptor.run && descriptor.reach
      ? [
          {
            key: `${file}: reach`,
            what: "is given for a job, which nothing can call",
            got: descriptor.reach,
            right: "leave it out, or give `image` instead of `job`",
          },
        ]
      : [];

const knownServices: Check = ({ file, descriptor }, all) => {
  const names = all.map((other) => other.descriptor.name);
  const others = names.filter((name) => name !== descriptor.name);
  const unknown = (key: string, name: string, known: readonly string[]): Fault[] =>
    known.includes(name)
      ? []
      : [{ key: `${file}: ${key}`, what: "names no other service of the catalogue", got: name, right: suggestion(name, known) }];
  return [
    ...(descriptor.needs ?? []).flatMap((need, index) =>
      "service" in need ? unknown(`needs[${index}].service`, need.service, others) : [],
    ),
    ...(descriptor.together ?? []).flatMap((name, index) => unknown(`together[${index}]`, name, others)),
    ...(descriptor.apart ?? []).flatMap((name, index) => unknown(`apart[${index}]`, name, names)),
  ];
};

const knownTriggers: Check = ({ file, descriptor }) => {
  const needs = descriptor.needs ?? [];
  const has = {
    upload: needs.flatMap((need) => ("bucket" in need ? [need.bucket] : [])),
    topic: needs.flatMap((need) => ("topic" in need && need.access === "consume" ? [need.topic] : [])),
    queue: needs.flatMap((need) => ("queue" in need && need.access === "consume" ? [need.queue] : [])),
  };
  return (descriptor.triggers ?? []).flatMap((trigger, index): Fault[] => {
    const key = "upload" in trigger ? "upload" : "topic" in trigger ? "topic" : "queue" in trigger ? "queue" : undefined;
    if (key === undefined) return [];
    const name = (trigger as Record<string, string>)[key] ?? "";
    return has[key].includes(name)
      ? []
      : [
          {
            key: `${file}: triggers[${index}].${key}`,
            what: "is not among the needs it could come from",
            got: name,
            right: suggestion(name, has[key]),
          },
        ];
  });
};

const demandAdds: Check = ({ file, descriptor: { demand } }) =>
  demand.peak < demand.average
    ? [
        {
          key: `${file}: demand.peak`,
          what: "is below demand.average",
          got: `${demand.peak}/s`,
          right: `give at least ${demand.average}/s`,
        },
      ]
    : [];

const needOnce: Check = ({ file, descriptor }) => {
  const keys = (descriptor.needs ?? []).map((need) => Object.entries(need).filter(([key]) => key !== "access" && key !== "partitions"));
  const texts = keys.map((entries) => JSON.stringify(entries.slice(0, 2)));
  return texts.flatMap((text, index) =>
    texts.indexOf(text) < index
      ? [
          {
            key: `${file}: needs[${index}]`,
            what: "is there twice",
            got: descriptor.needs?.[index],
            right: "give each need once; write includes read",
          },
        ]
      : [],
  );
};

/** What a descriptor says that it cannot mean, wherever it is. */
const OWN_CHECKS: readonly Check[] = [portUse, reachUse, knownTriggers, demandAdds, needOnce];
const CHECKS: readonly Check[] = [named, uniqueName, uniquePath, knownServices, ...OWN_CHECKS];

/** What is wrong within one descriptor, that its schema does not see. */
export function descriptorFaults(entry: CatalogueEntry): Fault[] {
  return OWN_CHECKS.flatMap((check) => check(entry, [entry]));
}

/** What is wrong between descriptors that are each right by themselves. */
export function catalogueFaults(entries: readonly CatalogueEntry[]): Fault[] {
  return entries.flatMap((entry) => CHECKS.flatMap((check) => check(entry, entries)));
}
