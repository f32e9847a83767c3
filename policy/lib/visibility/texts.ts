import { containersOf, TASK_DEFINITION } from "../containers";
import type { StackGraph } from "../graph";
import { perObject } from "../per-object";
import { elements, isObject, isUnknown, type Json, read, type Reading, readPath, type StackResource, text } from "../resource";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const PARAMETER = "aws:ssm/parameter:Parameter";
const OBJECTS = ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject"];

/** A configuration file of a program, where the stack shows its text. */
export interface ConfigText {
  /** The resource that holds it. */
  readonly holder: StackResource;
  /** What it is called there: a key of a ConfigMap or a bucket, the name of a parameter, the container of a command. */
  readonly name: string;
  /** Its text; undefined when that is not known yet. */
  readonly text: string | undefined;
}

/**
 * Every text that programs of a stack are configured with: the data of ConfigMaps, S3 objects and parameters that hold a text, and the commands
 * and variables of ECS containers. Files that a program uploads by their path, and what an image brings along, are not seen.
 */
export function textsOf(graph: StackGraph): readonly ConfigText[] {
  return [
    ...graph.ofType(CONFIG_MAP).flatMap(perMap),
    ...graph.ofType(...OBJECTS).flatMap(perFile),
    ...graph.ofType(PARAMETER).flatMap(perParameter),
    ...graph.ofType(TASK_DEFINITION).flatMap(perTask),
  ];
}

const perMap = perObject(mapTexts);
const perFile = perObject((object: StackResource) => own(object, "key", "content"));
const perParameter = perObject((parameter: StackResource) => own(parameter, "name", "value"));
const perTask = perObject(containerTexts);

function mapTexts(holder: StackResource): ConfigText[] {
  const data = read(holder, "data");
  if (data.state === "unknown") return [{ holder, name: "data", text: undefined }];
  return Object.entries(data.state === "known" && isObject(data.value) ? data.value : {}).map(([name, value]) =>
    config(holder, name, value),
  );
}

function own(holder: StackResource, nameAt: string, textAt: string): ConfigText[] {
  const reading = read(holder, textAt);
  const name = text(read(holder, nameAt)) ?? holder.name;
  return reading.state === "absent" ? [] : [{ holder, name, text: text(reading) }];
}

function containerTexts(holder: StackResource): ConfigText[] {
  const containers = containersOf(holder);
  if (containers.state === "unknown") return [{ holder, name: "containerDefinitions", text: undefined }];
  if (containers.state !== "known") return [];
  return containers.value.flatMap((container) => {
    const variables = elements(readPath(container, "environment")).flatMap((variable): [string, Json][] =>
      variable.state === "known" && isObject(variable.value) ? [[String(nameOf(variable)), variable.value["value"] ?? ""]] : [],
    );
    const words = ["entryPoint", "command"].flatMap((key) => elements(readPath(container, key)).flatMap((word) => text(word) ?? []));
    return [...variables.map(([name, value]) => config(holder, name, value)), ...words.map((word) => config(holder, "command", word))];
  });
}

function nameOf(variable: Reading): string {
  return variable.state === "known" ? (text(readPath(variable.value, "name")) ?? "") : "";
}

function config(holder: StackResource, name: string, value: Json): ConfigText {
  return { holder, name, text: typeof value === "string" && !isUnknown(value) ? value : undefined };
}
