import { createHash } from "node:crypto";
import { type Properties } from "../../plan/graph";
import { text } from "../../plan/simulate/shapes";
import { type Location } from "./location";

/** Answers a provider function. */
type Answer = (args: Properties, location: Location) => Properties;

/** Letters of the availability zones a region is taken to have; the plan's stack files name theirs. */
const ZONES = ["a", "b", "c", "d"];

function digits(seed: string, length: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, length);
}

/**
 * The provider functions that awsx 3.9 and eks 4.3 ask, by token. What AWS alone knows (the newest version of an add-on, the image behind
 * an SSM parameter) is made up in the shape AWS gives it.
 * Source of the shapes: types of @pulumi/aws 7.48 (2026-11-23).
 */
const FUNCTIONS: Readonly<Record<string, Answer>> = {
  "aws:eks/getAddonVersion:getAddonVersion": ({ addonName, ...args }) => ({
    id: addonName ?? null,
    addonName: addonName ?? null,
    ...args,
    version: "v1.0.0-eksbuild.1",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, { region }) => ({
    id: region,
    groupNames: [region],
    names: ZONES.map((letter) => `${region}${letter}`),
    zoneIds: ZONES.map((_letter, index) => `${region}-az${index + 1}`),
  }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { accountId }) => ({
    id: accountId,
    accountId,
    arn: `arn:aws:iam::${accountId}:user/rehearsal`,
    userId: "AIDAREHEARSAL",
  }),
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_, { region }) => ({ id: region, region, name: region, endpoint: `ec2.${region}.amazonaws.com` }),
  "aws:ssm/getParameter:getParameter": ({ name, ...args }, { region }) => ({
    id: name ?? null,
    name: name ?? null,
    ...args,
    arn: `arn:aws:ssm:${region}::parameter${text(name, "")}`,
    type: "String",
    value: `ami-0${digits(text(name, ""), 16)}`,
    version: 1,
  }),
};

/**
 * Calls a provider function of the simulated cloud.
 * @throws {Error} for one that is not simulated.
 */
export function call(token: string, args: Properties, location: Location): Properties {
  const answer = FUNCTIONS[token];
  if (!answer) throw new Error(`${token}: the simulated cloud does not answer this; add it to automation/rehearse/functions.ts`);
  return answer(args, location);
}
