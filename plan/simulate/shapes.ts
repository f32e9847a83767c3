import { type Json, type Properties } from "../graph";
import { arn, autoName, ec2Id, hex, type Place } from "./identifiers";

/** What AWS gives a resource once it exists: its id, and the outputs that follow from nothing the program said. */
export interface Simulated {
  readonly id: string;
  readonly outputs: Properties;
}

/** How a type of resource is answered. */
export type Simulate = (inputs: Properties, place: Place) => Simulated;

/** True for an object that is neither null nor a list. */
export function isRecord(value: Json | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property that is text, or a stand-in. */
export function text(value: Json | undefined, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** A physical name: the program's own, or one that starts with its prefix, or Pulumi's. */
export function named(inputs: Properties, place: Place, key = "name"): string {
  const prefix = inputs[`${key}Prefix`] ?? inputs["namePrefix"];
  if (typeof prefix === "string") return `${prefix}${hex(place, 26)}`;
  return text(inputs[key], autoName(place));
}

/** Resources of EC2 that are known by an id with a prefix and an ARN with that id. */
export function ec2(prefix: string, kind: string): Simulate {
  return (_, place) => {
    const id = ec2Id(place, prefix);
    return { id, outputs: { arn: arn(place, "ec2", `${kind}/${id}`) } };
  };
}

/** Resources that take another's name as their id and say nothing of their own. */
export function sameAs(key: string): Simulate {
  return (inputs, place) => ({ id: text(inputs[key], autoName(place)), outputs: {} });
}

/** Resources known by a name, whose ARN ends in it. */
export function namedArn(
  service: string,
  resource: (name: string, place: Place) => string,
  extra: (name: string, place: Place) => Properties = () => ({}),
): Simulate {
  return (inputs, place) => {
    const name = named(inputs, place);
    return { id: name, outputs: { name, arn: arn(place, service, resource(name, place)), ...extra(name, place) } };
  };
}

/** Resources known by their ARN. */
export function arnAsId(
  service: string,
  resource: (name: string, place: Place) => string,
  extra: (name: string, place: Place) => Properties = () => ({}),
): Simulate {
  return (inputs, place) => {
    const name = named(inputs, place);
    const id = arn(place, service, resource(name, place));
    return { id, outputs: { name, arn: id, ...extra(name, place) } };
  };
}
