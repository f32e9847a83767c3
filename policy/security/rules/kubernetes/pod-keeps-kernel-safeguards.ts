import { z } from "zod";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { judgePods, type PodView, STANDARD } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { elements, isObject, type Json, read, type Reading, readPath, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** Sysctls that belong to one pod and hurt no other. Source: Pod Security Standards, "Sysctls" (2026-11). */
const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
]);
/** Profiles of AppArmor that confine, as a field and as the older annotation. */
const APPARMOR_TYPES = /^(RuntimeDefault|Localhost)$/;
const APPARMOR_ANNOTATION = /^(runtime\/default|localhost\/.*)$/;
const APPARMOR_PREFIX = "container.apparmor.security.beta.kubernetes.io/";
/** Types of SELinux that are made for containers. */
const SELINUX_TYPES = /^(|container_t|container_init_t|container_kvm_t|container_engine_t)$/;

/** Leaving any of them out is fine: then the container runtime has them on. */
export const podKeepsKernelSafeguards = stackRule({
  id: "pod-keeps-kernel-safeguards",
  title: "No pod turns off what the kernel guards its node with",
  severity: "high",
  why: "An unmasked /proc, an unsafe sysctl, an unconfined AppArmor profile or a foreign SELinux type each opens a way from the container to its node.",
  fix: "Leave procMount, appArmorProfile and seLinuxOptions out, or as the container runtime has them, and set only safe sysctls.",
  links: [STANDARD],
  frameworks: [],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    judgePods(stack, "turn safeguards of the kernel off", names, (pods) => {
      const property = `${pods.path}.securityContext`;
      return [
        ...inSysctls(pods, `${property}.sysctls`),
        ...inAnnotations(pods),
        ...inContext((path) => pods.at(`securityContext.${path}`), "the pod", property),
        ...pods.inContainers(({ name, at, property: list }) =>
          inContext((path) => at(`securityContext.${path}`), `container ${name}`, list),
        ),
      ];
    }),
});

function inSysctls({ resource }: PodView, property: string): Finding[] {
  return elements(read(resource, property)).flatMap((sysctl) => {
    const name = sysctl.state === "known" ? readPath(sysctl.value, "name") : sysctl;
    return unlessText(
      name,
      (value) => SAFE_SYSCTLS.has(value),
      (value) => `the pod sets ${value}`,
      property,
    );
  });
}

function inContext(at: (path: string) => Reading, who: string, property: string): Finding[] {
  const check = (path: string, accepts: RegExp): Finding[] =>
    unlessText(
      at(path),
      (value) => accepts.test(value),
      (value) => `${path} of ${who} is ${value}`,
      property,
    );
  return [
    ...check("procMount", /^Default$/),
    ...check("appArmorProfile.type", APPARMOR_TYPES),
    ...check("seLinuxOptions.type", SELINUX_TYPES),
    ...check("seLinuxOptions.user", /^$/),
    ...check("seLinuxOptions.role", /^$/),
  ];
}

/** The older way to name a profile of AppArmor: an annotation of the pod for each container. */
function inAnnotations({ resource, path }: PodView): Finding[] {
  const property = path.endsWith(".spec") ? `${path.slice(0, -".spec".length)}.metadata.annotations` : "metadata.annotations";
  const annotations = read(resource, property);
  if (annotations.state === "unknown") return [notKnown(property)];
  if (annotations.state === "absent" || !isObject(annotations.value)) return [];
  return Object.entries(annotations.value)
    .filter(([key]) => key.startsWith(APPARMOR_PREFIX))
    .flatMap(([key, value]) =>
      unlessText(
        known(value),
        (profile) => APPARMOR_ANNOTATION.test(profile),
        (profile) => `${key} is ${profile}`,
        property,
      ),
    );
}

function known(value: Json): Reading {
  return readPath({ value }, "value");
}

function unlessText(reading: Reading, accepts: (value: string) => boolean, what: (value: string) => string, property: string): Finding[] {
  if (reading.state === "unknown") return [{ what: `part of ${property} is not known yet`, property, unknown: true }];
  const value = text(reading);
  return value === undefined || accepts(value) ? [] : [{ what: what(value), property }];
}
