import { LISTENER_PROTOCOLS } from "../../../../facts/limits-elb";
import { type Claim, type Rivals, rivalsOf } from "../../../lib/claims";
import type { StackGraph } from "../../../lib/graph";
import { BALANCERS, LISTENERS } from "../../../lib/network/balancers";
import { number, read, type StackResource } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

/** A listener of a gateway load balancer has no port. TCP and UDP on one port are one listener, of protocol TCP_UDP. */
export const listenersDoNotShareAPort = stackRule({
  id: "listeners-do-not-share-a-port",
  title: "No two listeners of a load balancer have the same port",
  severity: "high",
  why: "AWS refuses the second one, even with another protocol; which of them is second differs from run to run.",
  fix: "Give each listener a port of its own; for TCP and UDP on one port make one listener of protocol TCP_UDP.",
  links: [LISTENER_PROTOCOLS.source],
  frameworks: [],
  check: (stack) => stack.ofType(...LISTENERS).flatMap((listener) => verdicts(listener, stack)),
});

function verdicts(listener: StackResource, graph: StackGraph): Verdict[] {
  const port = read(listener, "port");
  if (port.state === "absent") return [];
  if (port.state === "unknown") return [notEvaluated(listener.urn, "port is not known yet", "port")];
  const rivals = graph.once(rivalsByListener).get(listener.urn);
  if (rivals === undefined) return [notEvaluated(listener.urn, "loadBalancerArn is not known yet", "loadBalancerArn")];
  const [first] = rivals.certain;
  if (first !== undefined)
    return [fail(listener.urn, `${listener.name} has port ${number(port) ?? ""} of its load balancer, as ${first.name} has`, "port")];
  return [rivals.open > 0 ? notEvaluated(listener.urn, "the ports of other listeners are not known yet", "port") : pass(listener.urn)];
}

function rivalsByListener(graph: StackGraph): ReadonlyMap<string, Rivals> {
  return rivalsOf(
    graph.ofType(...LISTENERS).flatMap((listener): Claim[] => {
      const port = read(listener, "port");
      if (port.state === "absent") return [];
      return [{ by: listener, owner: graph.reference(listener, "loadBalancerArn", BALANCERS), value: number(port)?.toString() }];
    }),
  );
}
