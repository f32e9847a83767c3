import type * as pulumi from "@pulumi/pulumi";
import { type Target } from "../components/service/descriptor";

/** What a stack says of one service. */
export interface ServiceOutput {
  /** Where it runs. */
  readonly target: Target;
  /** What decided that. */
  readonly reason: string;
  /** What it still waits for; empty when nothing. A service without one of its stores runs without it. */
  readonly waitingFor: readonly string[];
  readonly bindings: readonly BindingOutput[];
}

/** What a stack says of one binding; names of variables, never their values. */
export interface BindingOutput {
  readonly to: string;
  readonly kind: string;
  readonly access: string;
  readonly variables: readonly string[];
}

/** What a stack of the platform exports; `PlatformReference` reads it back. */
export interface PlatformOutputs {
  readonly environment: string;
  readonly region: string;
  readonly vpcId: pulumi.Output<string>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Base of the public URLs of containers; absent when the internet calls none. */
  readonly url: pulumi.Output<string> | undefined;
  /** Base of the public URLs of functions; absent when the internet calls none. */
  readonly apiUrl: pulumi.Output<string> | undefined;
  readonly services: Readonly<Record<string, ServiceOutput>>;
}
