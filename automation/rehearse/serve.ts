import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { readBehaviour } from "./behaviour";
import { Cloud, CLOUD_VARIABLE } from "./cloud";
import { componentService } from "./component-provider";
import { LARGEST_MESSAGE } from "./protocol";
import { providerService } from "./provider";

const LOOK_FOR_ENGINE_MS = 1000;

/** The engine kills its plugins, unless it is killed itself: then nobody would end this process. */
function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, LOOK_FOR_ENGINE_MS).unref();
}

/** Runs a service as a plugin of the engine: prints its port, and nothing else, on stdout. */
function serveService(service: grpc.UntypedServiceImplementation): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  server.addService(ResourceProviderService, service);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
    endWithEngine();
  });
}

/**
 * Runs a simulated provider as a plugin of the engine.
 * @param version that it says it has.
 * @throws {Error} when the environment names no folder for the cloud.
 */
export function serve(version: string): void {
  const folder = process.env[CLOUD_VARIABLE];
  if (!folder) throw new Error(`${CLOUD_VARIABLE} is not set; it names the folder of the simulated cloud`);
  serveService(providerService({ cloud: new Cloud(folder), version, behaviour: readBehaviour(folder) }));
}

/**
 * Runs simulated components as a plugin of the engine. They need no cloud: their children are made by providers.
 * @param version that they say they have.
 */
export function serveComponents(version: string): void {
  serveService(componentService(version));
}
