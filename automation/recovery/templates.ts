import { type Json, type Properties } from "../../plan/graph";
import { type Template } from "../../facts/findable";

/** What the places of a template are filled with. */
export interface Filling {
  readonly region: string;
  readonly account: string;
  readonly inputs: Properties;
  readonly arn?: string;
  /** Cloud Control's, with `|` between its parts. */
  readonly identifier?: string;
}

/** Behind the last `/` or `:` of an ARN. */
export function lastOf(arn: string): string {
  return arn.slice(Math.max(arn.lastIndexOf("/"), arn.lastIndexOf(":")) + 1);
}

/** What an ARN says behind its account: `vpc/vpc-1`, `log-group:/strata/dev`, or a bare name. */
function resourceOf(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

/** The name of an ARN's resource, without the kind that it begins with. */
export function namedOf(arn: string): string {
  const resource = resourceOf(arn);
  const kind = /^[a-z-]*[:/]/i.exec(resource)?.[0] ?? "";
  return resource.slice(kind.length);
}

/** Service and kind of an ARN, as the Resource Groups Tagging API filters: `ec2:vpc`, or only `sqs` where there is no kind. */
export function kindOf(arn: string): string {
  const service = arn.split(":")[2] ?? "";
  const kind = /^\/?([a-z-]+)[:/]/i.exec(resourceOf(arn))?.[1];
  return kind === undefined ? service : `${service}:${kind}`;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function valueOf(place: string, { region, account, inputs, arn, identifier }: Filling): string | undefined {
  if (place === "region") return region;
  if (place === "account") return account;
  if (place.startsWith("inputs.")) return text(inputs[place.slice("inputs.".length)]);
  if (/^\d+$/.test(place)) return identifier?.split("|")[Number(place)];
  if (arn === undefined) return undefined;
  return place === "arn" ? arn : place === "last" ? lastOf(arn) : namedOf(arn);
}

/** A template with its places filled; nothing when one is not known. */
export function fill(template: Template, filling: Filling): string | undefined {
  let unknown = false;
  const filled = template.replace(/\{([^}]+)\}/g, (_, place: string) => {
    const value = valueOf(place, filling);
    unknown ||= value === undefined;
    return value ?? "";
  });
  return unknown ? undefined : filled;
}
