import { type Fact } from "../row";

/**
 * A text with places: `{region}`, `{account}`, `{inputs.bucket}`; of what was found `{arn}`, `{last}` (of the ARN, behind its last `/` or `:`), `{named}` (of the
 * ARN, behind the kind of resource), and `{0}`, the first part of Cloud Control's identifier.
 */
export type Template = string;

/** How a resource is found in AWS whose creation was begun, by nothing but what was asked for. */
export type Finding =
  | {
      /** Cloud Control is asked for it: its identifier follows from the inputs. */
      readonly by: "identifier";
      readonly cloudFormation: string;
      readonly identifier: Template;
    }
  | {
      /** The Resource Groups Tagging API lists what has the stack's tags; what is asked for must be what is there. */
      readonly by: "tags";
      /** Service and type as in an ARN, such as `ec2:vpc`. */
      readonly resourceType: string;
      /** Asked of Cloud Control to compare, by identifier. */
      readonly compared?: {
        readonly cloudFormation: string;
        readonly identifier: Template;
        readonly properties: Readonly<Record<string, string>>;
      };
      /** Input that the physical name begins with. */
      readonly prefix?: string;
    }
  | {
      /** Neither name nor tags tell: Cloud Control lists what is in its parent, and what is asked for must be what is there. */
      readonly by: "parent";
      readonly cloudFormation: string;
      /** Properties of Cloud Control that say which parent, by input. None where a list takes none. */
      readonly within: Readonly<Record<string, string>>;
      readonly properties: Readonly<Record<string, string>>;
    }
  | {
      /** Making it again changes nothing: the call that makes it puts it over what is there. */
      readonly by: "again";
      readonly because: string;
    }
  | {
      /** AWS keeps nothing of it. */
      readonly by: "nothing";
      readonly because: string;
    }
  | {
      /** AWS tells nobody: a person has to look. */
      readonly by: "person";
      readonly look: string;
    };

export interface Findable extends Fact {
  readonly find: Finding;
  /** The id, of what was found. */
  readonly id: Template;
  /** Which id it is: the one a state has, or the one that an import takes, where they differ. */
  readonly idOf: "state" | "import";
}

/**
 * Identifiers and properties are those of the resource schemas of CloudFormation, which Cloud Control takes; the ids those of each resource's page in the
 * registry, under "Import".
 */
const SOURCE: Fact = {
  source:
    "https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/supported-resources.html, schemas of us-east-1; https://www.pulumi.com/registry/packages/aws/",
  date: "2026-11",
};

export function byIdentifier(
  cloudFormation: string,
  identifier: Template,
  id: Template = "{0}",
  idOf: Findable["idOf"] = "state",
): Findable {
  return { find: { by: "identifier", cloudFormation, identifier }, id, idOf, ...SOURCE };
}

export function byTags(
  resourceType: string,
  id: Template,
  more: Omit<Extract<Finding, { by: "tags" }>, "by" | "resourceType"> = {},
  idOf: Findable["idOf"] = "state",
): Findable {
  return { find: { by: "tags", resourceType, ...more }, id, idOf, ...SOURCE };
}

export function byParent(
  cloudFormation: string,
  within: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, string>>,
  id: Template,
  idOf: Findable["idOf"] = "state",
): Findable {
  return { find: { by: "parent", cloudFormation, within, properties }, id, idOf, ...SOURCE };
}

export function again(call: string): Findable {
  return { find: { by: "again", because: `${call} puts it over what is there` }, id: "", idOf: "state", ...SOURCE };
}

export function nothing(because: string): Findable {
  return { find: { by: "nothing", because }, id: "", idOf: "state", ...SOURCE };
}

export function person(look: string): Findable {
  return { find: { by: "person", look }, id: "", idOf: "import", ...SOURCE };
}
