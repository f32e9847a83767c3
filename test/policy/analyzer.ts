import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  type AnalyzerInfo,
  AnalyzeRequest,
  type AnalyzeResponse,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  type Remediation,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Json, StackResource } from "../../policy/lib/resource";
import type { Level } from "../../policy/lib/rule";

const RUNNER = join(__dirname, "../../node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");

/** What the engine is told by a pack. */
export interface Diagnostic {
  readonly rule: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

/** What a rule makes of a resource. */
export interface Remedied {
  readonly rule: string;
  readonly inputs: { [key: string]: Json };
  /** Why it could not. */
  readonly diagnostic: string;
}

/** A policy pack in a process of its own, spoken to as the engine does. */
export class Analyzer {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: AnalyzerClient,
  ) {}

  static async start(pack: string, environment: NodeJS.ProcessEnv = {}): Promise<Analyzer> {
    // The pack never calls the engine, so its address may be any.
    const child = spawn(process.execPath, [RUNNER, "127.0.0.1:1", pack], {
      cwd: pack,
      env: { ...process.env, PULUMI_NODEJS_PROJECT: "test", PULUMI_NODEJS_STACK: "test", PULUMI_CONFIG: "{}", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const complaints: string[] = [];
    child.stderr.on("data", (data: Buffer) => complaints.push(data.toString()));
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, "exit").then(() => undefined);
    const port = await Promise.race([once(lines, "line").then(([line]) => String(line)), ended]);
    if (port === undefined || !/^\d+$/.test(port)) throw new Error(`the pack ${pack} did not start: ${port ?? ""}${complaints.join("")}`);
    return new Analyzer(child, new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()));
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await ended;
  }

  info(): Promise<AnalyzerInfo> {
    return call((done) => this.client.getAnalyzerInfo(new Empty(), done));
  }

  /** Sets the levels and settings of rules, as the engine does before anything else. */
  async configure(settings: Record<string, { level: Level; config?: { [key: string]: Json } }>): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    for (const [rule, { level, config }] of Object.entries(settings)) {
      const entry = new PolicyConfig();
      entry.setEnforcementlevel(EnforcementLevel[level.toUpperCase() as Uppercase<Level>]);
      entry.setProperties(Struct.fromJavaScript(config ?? {}));
      request.getPolicyconfigMap().set(rule, entry);
    }
    await call((done) => this.client.configure(request, done));
  }

  /** What the pack makes of the inputs of a resource before it is made, one result a rule that mends it. */
  async remediate(resource: StackResource): Promise<Remedied[]> {
    const request = fill(new AnalyzeRequest(), resource);
    request.setProperties(Struct.fromJavaScript({ ...resource.inputs }));
    const response = await call<RemediateResponse>((done) => this.client.remediate(request, done));
    return response.getRemediationsList().map(readRemediation);
  }

  /** Everything the pack says about a stack: each resource by itself, then all together. */
  async analyze(resources: readonly StackResource[]): Promise<Diagnostic[]> {
    const responses: AnalyzeResponse[] = [];
    const inputs = new Map(resources.map((resource) => [resource.urn, resource.inputs]));
    for (const resource of resources) {
      const request = fill(new AnalyzeRequest(), resource);
      request.setProperties(Struct.fromJavaScript({ ...resource.inputs }));
      if (resource.provider !== undefined) request.setProvider(providerOf(resource.provider, inputs));
      responses.push(await call((done) => this.client.analyze(request, done)));
    }
    const stack = new AnalyzeStackRequest();
    stack.setResourcesList(resources.map(stackResource));
    responses.push(await call((done) => this.client.analyzeStack(stack, done)));
    return responses.flatMap((response) => response.getDiagnosticsList().map(read));
  }
}

function stackResource(resource: StackResource): AnalyzerResource {
  const message = fill(new AnalyzerResource(), resource);
  // The engine shows a stack rule the outputs only, in which a provider repeats the inputs.
  message.setProperties(Struct.fromJavaScript({ ...resource.inputs, ...resource.outputs }));
  message.setParent(resource.parent ?? "");
  if (resource.provider !== undefined) message.setProvider(providerOf(resource.provider));
  message.setDependenciesList([...resource.dependencies]);
  for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
    const dependencies = new AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(key, dependencies);
  }
  return message;
}

/** The engine shows a policy the URN of a provider, without the id that a program has after it, and its inputs. */
function providerOf(reference: string, inputs?: ReadonlyMap<string, StackResource["inputs"]>): AnalyzerProviderResource {
  const urn = reference.slice(0, reference.lastIndexOf("::"));
  return new AnalyzerProviderResource().setUrn(urn).setProperties(Struct.fromJavaScript({ ...inputs?.get(urn) }));
}

function fill<M extends AnalyzeRequest | AnalyzerResource>(message: M, resource: StackResource): M {
  const options = new AnalyzerResourceOptions();
  options.setParent(resource.parent ?? "");
  options.setProtect(resource.protect ?? false);
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setOptions(options);
  return message;
}

function read(diagnostic: AnalyzeDiagnostic): Diagnostic {
  const level =
    Object.entries(EnforcementLevel)
      .find(([, value]) => value === diagnostic.getEnforcementlevel())?.[0]
      .toLowerCase() ?? "none";
  return { rule: diagnostic.getPolicyname(), level, urn: diagnostic.getUrn(), message: diagnostic.getMessage() };
}

function readRemediation(remediation: Remediation): Remedied {
  const inputs = remediation.getProperties()?.toJavaScript() ?? {};
  return { rule: remediation.getPolicyname(), inputs, diagnostic: remediation.getDiagnostic() };
}

function call<T>(send: (done: (error: ServiceError | null, response: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => send((error, response) => (error === null ? resolve(response) : reject(error))));
}
