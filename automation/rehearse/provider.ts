import { type UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Properties } from "../../plan/graph";
import { typeOf } from "../../plan/urn";
import { Behaviour } from "./behaviour";
import { type Clock } from "./clock";
import { type Cloud } from "./cloud";
import { type Change, type Difference, difference } from "./difference";
import { call } from "./functions";
import { Lifecycle } from "./lifecycle";
import { DEFAULT_LOCATION, locationOf } from "./location";
import { fromStruct, ProtocolError, toStruct, unary } from "./protocol";
import { Circumstances, InitFailedError, TimedLifecycle } from "./timed-lifecycle";

/** What a simulated provider is made with. */
export interface ProviderArgs {
  readonly cloud: Cloud;
  /** Version it says it has. */
  readonly version: string;
  /** How the cloud behaves. Default: nothing takes time, and nothing goes wrong. */
  readonly behaviour?: Behaviour;
  /** Default: the one that the behaviour asks for. */
  readonly clock?: Clock;
}

const { Kind } = proto.PropertyDiff;

/** How the protocol says a change, by whether it replaces. */
const KINDS: Readonly<Record<Change, readonly [proto.PropertyDiff.Kind, proto.PropertyDiff.Kind]>> = {
  add: [Kind.ADD, Kind.ADD_REPLACE],
  update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  delete: [Kind.DELETE, Kind.DELETE_REPLACE],
};

function diffResponse({ changes, replaces }: Difference): proto.DiffResponse {
  const keys = Object.keys(changes);
  const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  response.setChanges(keys.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList(keys);
  response.setReplacesList([...replaces]);
  response.setHasdetaileddiff(true);
  for (const [key, change] of Object.entries(changes)) {
    const [inPlace, replacing] = KINDS[change];
    const paths = replaces.filter((path) => path === key || path.startsWith(`${key}.`));
    for (const path of paths.length > 0 ? paths : [key])
      response.getDetaileddiffMap().set(path, new proto.PropertyDiff().setKind(paths.length > 0 ? replacing : inPlace).setInputdiff(true));
  }
  return response;
}

/** What a resource is when it came to be and is not right, in the protocol's words. */
function protocolError(error: unknown, inputs: Properties): unknown {
  if (!(error instanceof InitFailedError)) return error;
  return new ProtocolError(error.message, { id: error.made.id, properties: error.made.outputs, inputs });
}

function accepted(request: proto.CheckRequest): proto.CheckResponse {
  return new proto.CheckResponse().setInputs(request.getNews());
}

/**
 * A resource provider over the simulated cloud, as the engine talks to it. Many operations may be under way at once.
 * It takes plain values: the engine gives it ids for resources and clear text for secrets, and keeps secret what depends on them.
 * Source: `proto/pulumi/provider.proto` of pulumi 3.248 (2026-11-23).
 */
export function providerService({ cloud, version, behaviour = Behaviour.parse({}), clock }: ProviderArgs): UntypedServiceImplementation {
  let location = DEFAULT_LOCATION;
  const circumstances = new Circumstances(cloud, behaviour, clock);
  const lifecycle = (): Lifecycle => new Lifecycle(cloud, location);
  const timed = (): TimedLifecycle => new TimedLifecycle(circumstances, location);
  const diff = (request: proto.DiffRequest): proto.DiffResponse =>
    diffResponse(difference(typeOf(request.getUrn()), fromStruct(request.getOldInputs()), fromStruct(request.getNews())));

  return {
    getPluginInfo: unary((_: Empty) => new PluginInfo().setVersion(version)),
    checkConfig: unary(accepted),
    diffConfig: unary(diff),
    configure: unary((request: proto.ConfigureRequest) => {
      location = locationOf(fromStruct(request.getArgs()));
      return new proto.ConfigureResponse().setSupportspreview(true);
    }),
    invoke: unary((request: proto.InvokeRequest) =>
      new proto.InvokeResponse().setReturn(toStruct(call(request.getTok(), fromStruct(request.getArgs()), location))),
    ),
    check: unary((request: proto.CheckRequest) => {
      const olds = fromStruct(request.getOlds());
      return new proto.CheckResponse().setInputs(toStruct(lifecycle().check(request.getUrn(), fromStruct(request.getNews()), olds)));
    }),
    diff: unary(diff),
    create: unary(async (request: proto.CreateRequest) => {
      const urn = request.getUrn();
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) return new proto.CreateResponse().setProperties(toStruct(lifecycle().previewCreate(urn, inputs)));
      try {
        const { id, outputs } = await timed().create(urn, inputs);
        return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
      } catch (error) {
        throw protocolError(error, inputs);
      }
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const [inputs, outputs] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
      const found = await timed().read(request.getUrn(), { id: request.getId(), inputs, outputs });
      if (!found) return new proto.ReadResponse();
      return new proto.ReadResponse().setId(found.id).setProperties(toStruct(found.outputs)).setInputs(toStruct(found.inputs));
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const [urn, id] = [request.getUrn(), request.getId()];
      const news = fromStruct(request.getNews());
      try {
        const outputs = request.getPreview()
          ? lifecycle().previewUpdate(urn, id, fromStruct(request.getOlds()), news, fromStruct(request.getOldInputs()))
          : await timed().update(urn, id, news);
        return new proto.UpdateResponse().setProperties(toStruct(outputs));
      } catch (error) {
        throw protocolError(error, news);
      }
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      await timed().delete(request.getUrn(), request.getId(), fromStruct(request.getOldInputs()), fromStruct(request.getProperties()));
      return new Empty();
    }),
    cancel: unary((_: Empty) => {
      circumstances.cancel();
      return new Empty();
    }),
  };
}
