import { UNKNOWN } from "../../plan/graph";
import {
  type ChildRequest,
  type Expand,
  type Expanded,
  RefusedByComponent,
  type RegisteredChild,
  type RemoteComponent,
} from "../../plan/simulate/expansion";

/** Who registers the children of a component: the engine. */
export interface Registrar {
  /** The URN that a child will have. */
  urnOf(child: ChildRequest): string;
  register(child: ChildRequest): Promise<RegisteredChild>;
  /** A resource of the program; undefined when there is none. */
  find(urn: string): Promise<RegisteredChild | undefined>;
}

/** A child that is not there yet: where it will be, and nothing else. */
function pending(urn: string): RegisteredChild {
  return { urn, id: UNKNOWN, outputs: new Proxy({}, { get: () => UNKNOWN, has: () => true }) };
}

/**
 * Registers the children of a component as the plan's model of it says, each as soon as what it waits for is there.
 * The model says all of them in one go, and gets their outputs at once; an engine takes minutes. So the model runs again whenever something has come:
 * it is a pure function, says the same each time, and what stands for an output that is still to come is only in children that must wait for it.
 * @throws {RefusedByComponent} for inputs that the component refuses.
 */
export async function construct(expand: Expand, component: RemoteComponent, registrar: Registrar): Promise<Expanded> {
  const there = new Map<string, RegisteredChild | undefined>();
  const underWay = new Map<string, Promise<void>>();
  const begin = (urn: string, what: Promise<RegisteredChild | undefined>): void => {
    const arrives = what.then((resource) => {
      there.set(urn, resource);
      underWay.delete(urn);
    });
    // It is awaited below; until then its failure is nobody's.
    arrives.catch(() => undefined);
    underWay.set(urn, arrives);
  };
  for (;;) {
    const awaited = new Set<string>();
    let isLooking = false;
    const isReady = ({ parent, provider, dependencies }: ChildRequest): boolean =>
      !isLooking && ![parent, ...dependencies, provider?.slice(0, provider.lastIndexOf("::"))].some((urn) => urn && awaited.has(urn));
    const register = (child: ChildRequest): RegisteredChild => {
      const urn = registrar.urnOf(child);
      const known = there.get(urn);
      if (known) return known;
      if (!underWay.has(urn) && isReady(child)) begin(urn, registrar.register(child));
      awaited.add(urn);
      return pending(urn);
    };
    const find = (urn: string): RegisteredChild | undefined => {
      if (there.has(urn)) return there.get(urn);
      if (!underWay.has(urn)) begin(urn, registrar.find(urn));
      isLooking = true;
      return undefined;
    };
    try {
      const expanded = expand(component, register, find);
      if (underWay.size === 0 && awaited.size === 0 && !isLooking) return expanded;
    } catch (error) {
      // It may only refuse what is not known yet.
      if (!(error instanceof RefusedByComponent) || underWay.size === 0) throw error;
    }
    await Promise.race(underWay.values());
  }
}
