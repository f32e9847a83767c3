import * as pulumi from "@pulumi/pulumi";
import { type Hosted, type HostedProgram, type VisibilityHost } from "../../../../components/visibility/host/host";
import { type NodeDaemon, type NodeDaemons } from "../../../../components/visibility/host/node-daemon";
import { Graphite } from "../../../../components/visibility/metrics/graphite";
import { archivesOf } from "../../../daemons/graphite";
import { known } from "../../../daemons/hosted";
import { TEST_CONTEXT } from "../../../harness";

/** Keeps what it is asked to run, and gives every program addresses as a host does. */
export class FakeHost implements VisibilityHost {
  readonly kind = "eks";
  readonly programs: HostedProgram[] = [];
  readonly daemons: { readonly kind: NodeDaemons["kind"]; readonly daemon: NodeDaemon }[] = [];

  copiesOf({ name, replicas }: Pick<HostedProgram, "name" | "replicas">): readonly pulumi.Output<string>[] {
    return Array.from({ length: replicas }, (_, copy) => pulumi.output(`${name}-${copy}.${addressOf(name)}`));
  }

  run(program: HostedProgram): Hosted {
    this.programs.push(program);
    const { name, storage, published } = program;
    return {
      name,
      address: pulumi.output(addressOf(name)),
      copies: storage ? this.copiesOf(program) : [],
      securityGroupId: published ? pulumi.output(`sg-${name}`) : undefined,
      ready: [],
    };
  }

  nodes(kind: NodeDaemons["kind"]): NodeDaemons {
    return {
      kind,
      run: (daemon) => {
        this.daemons.push({ kind, daemon });
        return { nodes: [], ready: [] };
      },
    };
  }

  /** The one program of a name. */
  program(name: string): HostedProgram {
    const [found, ...more] = this.programs.filter((program) => program.name === name);
    if (!found || more.length > 0) throw new Error(`${found ? "several programs" : "no program"} ${name}`);
    return found;
  }

  /** Text of a file of a program. */
  file(name: string, path: string): Promise<string> {
    const file = this.program(name).files[path];
    if (file === undefined) throw new Error(`${name} has no file ${path}`);
    return known(file);
  }
}

function addressOf(program: string): string {
  return `${program}.visibility.internal`;
}

/** The smallest Graphite, on a host of its own. */
export function smallGraphite(name: string, options: pulumi.ComponentResourceOptions): Graphite {
  return new Graphite(
    name,
    {
      context: TEST_CONTEXT,
      host: new FakeHost(),
      archives: archivesOf("10s:1d"),
      load: { hosts: 1, metricsPerHost: 1, growth: 1, shards: 1 },
      pruneDays: 1,
      relayImage: "carbon-c-relay:3.7.3",
    },
    options,
  );
}
