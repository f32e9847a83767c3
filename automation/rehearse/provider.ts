import { type UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { typeOf } from "../../plan/urn";
import { type Cloud } from "./cloud";
import { type Change, type Difference, difference, type Replacements } from "./difference";
import { call } from "./functions";
import { Lifecycle } from "./lifecycle";
import { DEFAULT_LOCATION, locationOf } from "./location";
import { fromStruct, toStruct, unary } from "./protocol";

/** What a simulated provider is made with. */
export interface ProviderArgs {
  readonly cloud: Cloud;
  /** Version it says it has. */
  readonly version: string;
  /** Properties whose change replaces, by type. Default: none. */
  readonly replacements?: Replacements;
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
    const detail = new proto.PropertyDiff();
    detail.setKind(replaces.includes(key) ? replacing : inPlace);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(key, detail);
  }
  return response;
}

function accepted(request: proto.CheckRequest): proto.CheckResponse {
  return new proto.CheckResponse().setInputs(request.getNews());
}

/**
 * A resource provider over the simulated cloud, as the engine talks to it.
 * Physical names are made by the simulation when a resource is created, and are no inputs, so that inputs stay what the program said.
 * It takes plain values: the engine gives it ids for resources and clear text for secrets, and keeps secret what depends on them.
 * Source: `proto/pulumi/provider.proto` of pulumi 3.248 (2026-11-23).
 */
export function providerService({ cloud, version, replacements = {} }: ProviderArgs): UntypedServiceImplementation {
  let location = DEFAULT_LOCATION;
  const lifecycle = (): Lifecycle => new Lifecycle(cloud, location);
  const diff = (request: proto.DiffRequest): proto.DiffResponse =>
    diffResponse(difference(fromStruct(request.getOldInputs()), fromStruct(request.getNews()), replacements[typeOf(request.getUrn())]));

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
    check: unary(accepted),
    diff: unary(diff),
    create: unary((request: proto.CreateRequest) => {
      const urn = request.getUrn();
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) return new proto.CreateResponse().setProperties(toStruct(lifecycle().previewCreate(urn, inputs)));
      const { id, outputs } = lifecycle().create(urn, inputs);
      return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: unary((request: proto.ReadRequest) => {
      const [inputs, outputs] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
      const found = lifecycle().read(request.getUrn(), { id: request.getId(), inputs, outputs });
      if (!found) return new proto.ReadResponse();
      return new proto.ReadResponse().setId(found.id).setProperties(toStruct(found.outputs)).setInputs(toStruct(found.inputs));
    }),
    update: unary((request: proto.UpdateRequest) => {
      const [urn, id] = [request.getUrn(), request.getId()];
      const news = fromStruct(request.getNews());
      const outputs = request.getPreview()
        ? lifecycle().previewUpdate(urn, id, fromStruct(request.getOlds()), news, fromStruct(request.getOldInputs()))
        : lifecycle().update(urn, id, news);
      return new proto.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: unary((request: proto.DeleteRequest) => {
      lifecycle().delete(request.getUrn(), request.getId());
      return new Empty();
    }),
    cancel: unary((_: Empty) => new Empty()),
  };
}
