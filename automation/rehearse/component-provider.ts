import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Json, type Properties, UNKNOWN } from "../../plan/graph";
import { type Registration, withReferences } from "../../plan/recorder";
import { type ChildRequest, type RegisteredChild } from "../../plan/simulate/expansion";
import { EXPANSIONS } from "../../plan/simulate/expansions";
import { isRecord, text } from "../../plan/simulate/shapes";
import { makeUrn } from "../../plan/urn";
import { construct, type Registrar } from "./construct";
import { fromStruct, LARGEST_MESSAGE, toStruct, unary } from "./protocol";

const DEFAULT_REGION = "us-east-1";

/** Calls the engine and waits for its answer. */
function asked<Response>(call: (callback: (error: Error | null, response: Response) => void) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}

function holdsUnknown(value: Json): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** What the request says of the component itself, in the plan's words. */
function registrationOf(request: proto.ConstructRequest): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getInputdependenciesMap().forEach((dependencies, key) => {
    propertyDependencies[key] = dependencies.getUrnsList();
  });
  return withReferences({
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: false,
    remote: true,
    inputs: fromStruct(request.getInputs()),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    providers: Object.fromEntries(request.getProvidersMap().toArray()),
  });
}

/** The engine that a component registers its children with. */
class EngineRegistrar implements Registrar {
  private readonly monitor: ResourceMonitorClient;
  private readonly providers: Readonly<Record<string, string>>;

  constructor(private readonly request: proto.ConstructRequest) {
    this.monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": LARGEST_MESSAGE,
      "grpc.max_send_message_length": LARGEST_MESSAGE,
    });
    this.providers = Object.fromEntries(request.getProvidersMap().toArray());
  }

  urnOf({ parent, type, name }: ChildRequest): string {
    return makeUrn(this.request.getStack(), this.request.getProject(), parent, type, name);
  }

  async register(child: ChildRequest): Promise<RegisteredChild> {
    const unknown = Object.entries(child.inputs).flatMap(([key, value]) => (holdsUnknown(value) ? [key] : []));
    if (!this.request.getDryrun() && unknown.length > 0)
      throw new Error(
        `${this.urnOf(child)}: only AWS knows ${unknown.join(", ")}, which a simulated component can't ask; give a fixed value`,
      );
    const [source = ""] = child.type.split(":");
    const provider = child.provider ?? (child.custom ? this.providers[source] : undefined);
    return this.send({ ...child, ...(provider !== undefined && { provider }) });
  }

  /** Registers the component itself. */
  async registerComponent(component: Registration): Promise<RegisteredChild> {
    return this.send(component, (sent) => {
      for (const [name, provider] of Object.entries(this.providers)) sent.getProvidersMap().set(name, provider);
    });
  }

  async complete(urn: string, outputs: Properties): Promise<void> {
    const sent = new resource.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toStruct(outputs));
    await asked<Empty>((callback) => this.monitor.registerResourceOutputs(sent, callback));
  }

  async find(urn: string): Promise<RegisteredChild | undefined> {
    const sent = new resource.ResourceInvokeRequest()
      .setTok("pulumi:pulumi:getResource")
      .setArgs(toStruct({ urn }))
      .setAcceptresources(true);
    const answer = await asked<proto.InvokeResponse>((callback) => this.monitor.invoke(sent, callback));
    const { id, state } = fromStruct(answer.getReturn());
    return isRecord(state) ? { urn, id: text(id, ""), outputs: state } : undefined;
  }

  close(): void {
    this.monitor.close();
  }

  private async send(
    child: ChildRequest,
    more: (sent: resource.RegisterResourceRequest) => void = () => undefined,
  ): Promise<RegisteredChild> {
    const { type, name, parent, custom, inputs, provider, ignoreChanges = [] } = child;
    const isProtected = child.protect ?? this.request.getProtect();
    const sent = new resource.RegisterResourceRequest()
      .setType(type)
      .setName(name)
      .setParent(parent)
      .setCustom(custom)
      .setObject(toStruct(inputs))
      .setDependenciesList([...new Set(child.dependencies)])
      .setIgnorechangesList([...ignoreChanges])
      .setProvider(provider ?? "")
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSupportspartialvalues(true)
      .setAliasspecs(true);
    if (isProtected !== undefined) sent.setProtect(isProtected);
    if (child.retainOnDelete !== undefined) sent.setRetainondelete(child.retainOnDelete);
    // Of a resource that says it for no property, the engine takes every property to come from everything that the resource waits for.
    for (const key of Object.keys(inputs)) {
      const urns = [...(child.propertyDependencies[key] ?? [])];
      sent.getPropertydependenciesMap().set(key, new resource.RegisterResourceRequest.PropertyDependencies().setUrnsList(urns));
    }
    more(sent);
    const answer = await asked<resource.RegisterResourceResponse>((callback) => this.monitor.registerResource(sent, callback));
    return { urn: answer.getUrn(), id: answer.getId() || (custom ? UNKNOWN : ""), outputs: fromStruct(answer.getObject()) };
  }
}

async function answer(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
  const expand = EXPANSIONS[request.getType()];
  if (!expand) throw new Error(`${request.getType()}: there is no model of this component`);
  const registrar = new EngineRegistrar(request);
  try {
    const registration = registrationOf(request);
    const { urn } = await registrar.registerComponent(registration);
    const { type, name, inputs, dependencies, propertyDependencies } = registration;
    const region = text(inputs["region"], DEFAULT_REGION);
    const { outputs, outputDependencies } = await construct(
      expand,
      { urn, type, name, inputs, dependencies, propertyDependencies, region },
      registrar,
    );
    await registrar.complete(urn, outputs);
    const response = new proto.ConstructResponse().setUrn(urn).setState(toStruct(outputs));
    for (const [key, urns] of Object.entries(outputDependencies))
      response.getStatedependenciesMap().set(key, new proto.ConstructResponse.PropertyDependencies().setUrnsList([...urns]));
    return response;
  } finally {
    registrar.close();
  }
}

/**
 * A provider of components in the place of awsx or eks, whose plugins are not installed: it registers the children that the plan expects.
 * @param version that it says it has.
 */
export function componentService(version: string): grpc.UntypedServiceImplementation {
  const accepted = (request: proto.CheckRequest): proto.CheckResponse => new proto.CheckResponse().setInputs(request.getNews());
  return {
    getPluginInfo: unary((_: Empty) => new PluginInfo().setVersion(version)),
    checkConfig: unary(accepted),
    diffConfig: unary((_: proto.DiffRequest) => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary((_: proto.ConfigureRequest) =>
      new proto.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true).setAcceptresources(true),
    ),
    construct: unary(answer),
    cancel: unary((_: Empty) => new Empty()),
  };
}
