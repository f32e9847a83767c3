import { runtime } from "@pulumi/pulumi";
import * as aliases from "@pulumi/pulumi/proto/alias_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, UNKNOWN } from "./graph";
import { PlainStruct } from "./plain-struct";
import { type AliasRequest, type Recorder, type Registration } from "./recorder";

type Callback<Response> = (error: Error | null, response?: Response) => void;

const fromJavaScript = Struct.fromJavaScript.bind(Struct);

/** A message with fields, for the answers of which the SDK reads them one by one. */
function struct(value: Properties): Struct {
  return fromJavaScript(value);
}

function fromStruct(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}

function aliasOf(alias: aliases.Alias): AliasRequest {
  const spec = alias.getSpec();
  if (!spec) return { urn: alias.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent(),
    stack: spec.getStack(),
    project: spec.getProject(),
  };
}

/** What a request says, in the plan's words. */
function registration(request: resource.RegisterResourceRequest): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, key) => {
    propertyDependencies[key] = dependencies.getUrnsList();
  });
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    inputs: fromStruct(request.getObject()),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    providers: Object.fromEntries(request.getProvidersMap().toArray()),
    ...(request.getProvider() && { provider: request.getProvider() }),
    ...(request.getDeletedwith() && { deletedWith: request.getDeletedwith() }),
    aliases: request.getAliasesList().map(aliasOf),
  };
}

function answer(recorder: Recorder, request: resource.RegisterResourceRequest): resource.RegisterResourceResponse {
  const { urn, id, outputs, outputDependencies } = recorder.register(registration(request));
  const response = new resource.RegisterResourceResponse();
  response.setUrn(urn);
  // The SDK takes no id for one that is not known yet.
  response.setId(id === UNKNOWN ? "" : id);
  response.setObject(PlainStruct.of(outputs));
  // The SDK makes a text of every answer for its debug log, also where nobody reads that.
  response.toString = () => `registered ${urn}`;
  const map = response.getPropertydependenciesMap();
  for (const [key, urns] of Object.entries(outputDependencies)) {
    const dependencies = new resource.RegisterResourceResponse.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    map.set(key, dependencies);
  }
  return response;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** What another stack exports, as it was recorded; a plan reads nothing else. */
function readResource(recorder: Recorder, request: resource.ReadResourceRequest): resource.ReadResourceResponse {
  const [type, id] = [request.getType(), request.getId()];
  const outputs = type === STACK_REFERENCE ? recorder.references[id] : undefined;
  if (!outputs)
    recorder.refusals.push(
      type === STACK_REFERENCE
        ? `${id}: is another stack, of which this plan has no recorded outputs`
        : `${type} ${id}: a plan reads nothing from AWS; derive the value from the configuration or from a resource instead`,
    );
  const response = new resource.ReadResourceResponse();
  response.setUrn(recorder.urnOf(request.getParent(), type, request.getName()));
  response.setProperties(struct({ name: id, outputs: outputs ?? {}, secretOutputNames: [] }));
  return response;
}

function invoke(recorder: Recorder, request: resource.ResourceInvokeRequest): provider.InvokeResponse {
  const token = request.getTok();
  const { urn } = fromStruct(request.getArgs());
  const response = new provider.InvokeResponse();
  // The SDK asks for a resource that it got as a reference: an element of a component's list of subnets, say.
  const found = token === "pulumi:pulumi:getResource" && typeof urn === "string" ? recorder.find(urn) : undefined;
  if (found) response.setReturn(struct({ urn: found.urn, id: found.id, state: found.outputs }));
  else recorder.refusals.push(`${token}: a plan makes no calls to AWS; derive the value from the configuration or from a resource instead`);
  return response;
}

/** Runs an answer and hands its result, or its error, to the SDK. */
function answered<Request, Response>(make: (request: Request) => Response) {
  return (request: Request, callback: Callback<Response>): void => {
    let response: Response;
    try {
      response = make(request);
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    callback(null, response);
  };
}

/**
 * Puts Pulumi's own mock monitor in place of the engine, with its answers given by the recorder.
 * Outputs the simulation does not know are unknown to the program, as they are in a preview.
 */
export async function installMonitor(recorder: Recorder, project: string, stack: string): Promise<void> {
  const unreachable = (): never => {
    throw new Error("the mock monitor was asked something that the recorder answers");
  };
  await runtime.setMocks({ newResource: unreachable, call: unreachable }, project, stack, true);
  const monitor = getMonitor();
  if (!monitor) throw new Error("Pulumi's mock monitor is not in place");
  Object.assign(monitor, {
    registerResource: answered((request: resource.RegisterResourceRequest) => answer(recorder, request)),
    registerResourceOutputs: answered((request: resource.RegisterResourceOutputsRequest) => {
      recorder.complete(request.getUrn(), fromStruct(request.getOutputs()));
      return {};
    }),
    readResource: answered((request: resource.ReadResourceRequest) => readResource(recorder, request)),
    invoke: answered((request: resource.ResourceInvokeRequest) => invoke(recorder, request)),
  });
}
