import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties } from "../../plan/graph";

/** Properties as the protocol carries them. */
export function toStruct(value: Properties): Struct {
  return Struct.fromJavaScript(value);
}

/** Properties out of a message; none when the message has none. */
export function fromStruct(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}

/** A call of the protocol as a plain function; what it throws is the call's error, in its own words. */
export function unary<Request, Response>(answer: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    let response: Response;
    try {
      response = answer(request);
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
      return;
    }
    callback(null, response);
  };
}
