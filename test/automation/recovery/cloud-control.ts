import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { type Properties } from "../../../plan/graph";

/** Something that the stand-in has, by Cloud Control's type name and identifier. */
export interface Described {
  readonly typeName: string;
  readonly identifier: string;
  readonly properties: Properties;
}

interface Request {
  readonly TypeName?: string;
  readonly Identifier?: string;
  readonly ResourceModel?: string;
}

/**
 * A stand-in for Cloud Control, which the AWS emulator does not have: it speaks the service's protocol to the real SDK.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html (2026-11).
 */
export class CloudControlStandIn {
  things: Described[] = [];
  /** Calls as they came: the operation and what it named. */
  readonly calls: string[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
        const [status, body] = this.answer(operation, JSON.parse(Buffer.concat(chunks).toString("utf8")) as Request);
        response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
      });
    });
  }

  /** @returns what the SDK takes as endpoint. */
  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    const address = this.server.address();
    if (typeof address !== "object" || address === null) throw new Error("the system gave no port");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private answer(operation: string, { TypeName, Identifier, ResourceModel }: Request): [number, object] {
    this.calls.push([operation, TypeName, Identifier ?? ResourceModel].filter((part) => part !== undefined).join(" "));
    const ofType = this.things.filter(({ typeName }) => typeName === TypeName);
    if (operation === "GetResourceRequestStatus") return [200, { ProgressEvent: { OperationStatus: "SUCCESS" } }];
    if (operation === "ListResources")
      return [200, { TypeName, ResourceDescriptions: ofType.map(({ identifier }) => ({ Identifier: identifier, Properties: "{}" })) }];
    const one = ofType.find(({ identifier }) => identifier === Identifier);
    if (!one) return [400, { __type: "com.amazon.cloudapiservice#ResourceNotFoundException", Message: "there is none" }];
    if (operation === "GetResource")
      return [200, { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(one.properties) } }];
    this.things = this.things.filter((thing) => thing !== one);
    return [
      200,
      { ProgressEvent: { TypeName, Identifier, RequestToken: "a-request-token", Operation: "DELETE", OperationStatus: "IN_PROGRESS" } },
    ];
  }
}
