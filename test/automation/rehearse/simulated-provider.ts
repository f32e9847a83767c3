import { type handleUnaryCall, type ServiceError, type UntypedServiceImplementation } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Behaviour, type BehaviourInput } from "../../../automation/rehearse/behaviour";
import { type Clock } from "../../../automation/rehearse/clock";
import { Cloud } from "../../../automation/rehearse/cloud";
import { type Operation, readOperations } from "../../../automation/rehearse/operations";
import { fromStruct, toStruct } from "../../../automation/rehearse/protocol";
import { providerService } from "../../../automation/rehearse/provider";
import { type Properties } from "../../../plan/graph";

const QUIET_TURNS = 50;

/** Time that jumps to the next moment waited for once nothing has happened for many turns of the event loop. */
export class TurningClock implements Clock {
  private time = 0;
  private waiters: { readonly minute: number; readonly wake: () => void }[] = [];
  private quiet = 0;

  now(): Promise<number> {
    this.quiet = 0;
    return Promise.resolve(this.time);
  }

  until(minute: number): Promise<void> {
    this.quiet = 0;
    return new Promise((wake) => {
      this.waiters.push({ minute, wake });
      if (this.waiters.length === 1) setImmediate(() => this.turn());
    });
  }

  private turn(): void {
    if (this.waiters.length === 0) return;
    if (++this.quiet > QUIET_TURNS) {
      this.quiet = 0;
      this.time = Math.max(this.time, Math.min(...this.waiters.map(({ minute }) => minute)));
      const due = this.waiters.filter(({ minute }) => minute <= this.time);
      this.waiters = this.waiters.filter(({ minute }) => minute > this.time);
      for (const { wake } of due) wake();
    }
    setImmediate(() => this.turn());
  }
}

/** What a call failed with, as the engine reads it. */
export interface Failure {
  readonly message: string;
  /** Id of a resource that came to be all the same. */
  readonly made?: string;
}

/** A provider over a cloud of its own, asked as the engine asks it, in this process. */
export class SimulatedProvider {
  readonly folder = mkdtempSync(join(tmpdir(), "strata-provider-"));
  readonly cloud = new Cloud(this.folder);
  private service: UntypedServiceImplementation;
  private readonly clock = new TurningClock();

  constructor(private readonly behaviour: BehaviourInput = {}) {
    this.service = this.start();
  }

  /** Ends the provider's process and starts another over the same cloud. */
  restart(): void {
    this.service = this.start();
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:dev::strata::${type}::${name}`;
  }

  /** Creates a resource and says its id. */
  async create(type: string, name: string, inputs: Properties = {}): Promise<string> {
    const request = new proto.CreateRequest().setUrn(this.urn(type, name)).setProperties(toStruct(inputs));
    return (await this.ask<proto.CreateRequest, proto.CreateResponse>("create", request)).getId();
  }

  /** Says what the creation of a resource fails with. */
  async failToCreate(type: string, name: string, inputs: Properties = {}): Promise<Failure> {
    return this.failing(this.create(type, name, inputs));
  }

  async update(type: string, name: string, id: string, news: Properties): Promise<Properties> {
    const request = new proto.UpdateRequest().setUrn(this.urn(type, name)).setId(id).setNews(toStruct(news));
    return fromStruct((await this.ask<proto.UpdateRequest, proto.UpdateResponse>("update", request)).getProperties());
  }

  async delete(type: string, name: string, id: string, inputs: Properties = {}): Promise<void> {
    const request = new proto.DeleteRequest().setUrn(this.urn(type, name)).setId(id).setOldInputs(toStruct(inputs));
    await this.ask("delete", request);
  }

  async failToDelete(type: string, name: string, id: string, inputs: Properties = {}): Promise<Failure> {
    return this.failing(this.delete(type, name, id, inputs));
  }

  async read(type: string, name: string, id: string): Promise<proto.ReadResponse> {
    return this.ask("read", new proto.ReadRequest().setUrn(this.urn(type, name)).setId(id));
  }

  async diff(type: string, olds: Properties, news: Properties): Promise<proto.DiffResponse> {
    const request = new proto.DiffRequest().setUrn(this.urn(type, "one")).setOldInputs(toStruct(olds)).setNews(toStruct(news));
    return this.ask("diff", request);
  }

  /** The engine wants everything to end. */
  async cancel(): Promise<void> {
    await this.ask("cancel", undefined);
  }

  operations(): Operation[] {
    return readOperations(this.folder);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  private start(): UntypedServiceImplementation {
    return providerService({ cloud: this.cloud, version: "1.0.0", behaviour: Behaviour.parse(this.behaviour), clock: this.clock });
  }

  private ask<Request, Response>(method: string, request: Request): Promise<Response> {
    const handle = this.service[method] as unknown as handleUnaryCall<Request, Response>;
    return new Promise((resolve, reject) => {
      handle({ request } as never, (error, response) => {
        if (error) reject(Object.assign(new Error((error as ServiceError).details), error));
        else resolve(response as Response);
      });
    });
  }

  private async failing(call: Promise<unknown>): Promise<Failure> {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error, "it did not fail");
    const [details] = (error as Partial<ServiceError>).metadata?.get("grpc-status-details-bin") ?? [];
    if (details === undefined) return { message: error.message };
    const [any] = Status.deserializeBinary(new Uint8Array(details as Buffer)).getDetailsList();
    return {
      message: error.message,
      made: proto.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array()).getId(),
    };
  }
}
