import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties } from "../../plan/graph";

/** The engine sends a whole resource in a message: kubeconfigs and dashboards outgrow gRPC's 4 MB. */
export const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Properties as the protocol carries them. */
export function toStruct(value: Properties): Struct {
  return Struct.fromJavaScript(value);
}

/** Properties out of a message; none when the message has none. */
export function fromStruct(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}

/** Reads "the resource is there, but not as it should be" from an error: what the engine then keeps of the resource. */
export interface InitFailure {
  readonly id: string;
  readonly properties: Properties;
  readonly inputs: Properties;
}

/**
 * An error as the protocol carries it; one that says what came to be has that in its details.
 * Source: `grpcResponseFromError`, provider/server.ts of @pulumi/pulumi 3.248 (2026-11-26).
 */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";

  constructor(
    message: string,
    readonly failure: InitFailure,
  ) {
    super(message);
  }

  metadata(): grpc.Metadata {
    const { id, properties, inputs } = this.failure;
    const detail = new ErrorResourceInitFailed()
      .setId(id)
      .setProperties(toStruct(properties))
      .setInputs(toStruct(inputs))
      .setReasonsList([this.message]);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(this.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
  }
}

/** A call of the protocol as a plain function; what it throws is the call's error, in its own words. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    // A call after which nothing is left to do when it fails: the callback tells the engine.
    const answered = async (): Promise<Response> => answer(request);
    answered().then(
      (response) => callback(null, response),
      (error: unknown) =>
        callback({
          code: grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
          ...(error instanceof ProtocolError && { metadata: error.metadata() }),
        }),
    );
  };
}
