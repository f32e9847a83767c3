import { listenerHasModernTls as rule } from "../../../../../policy/security/rules/network/listener-has-modern-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TYPE = "aws:lb/listener:Listener";

function listener(inputs: Inputs): Given {
  return (stack) => stack.add(TYPE, "https", { protocol: "HTTPS", ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with the recommended policy": listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" }),
    "with TLS 1.3 alone": listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    "with a policy of FIPS": listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04" }),
  },
  fail: {
    "with TLS 1.0": { given: listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }), says: /https takes old TLS: .*1-0-2021-06/ },
    "with older ciphers": { given: listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" }), says: /Ext2/ },
    "on the network": { given: listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01" }), says: /TLS-1-1/ },
  },
  absent: {
    "which takes TLS 1.0": { given: listener({}), says: /without sslPolicy it is ELBSecurityPolicy-2016-08/ },
    "with nothing to say about a listener without TLS": { given: listener({ protocol: "HTTP" }), says: "nothing" },
  },
  unknown: {
    "while the policy is not known": listener({ sslPolicy: UNKNOWN }),
    "while the protocol is not known": listener({ protocol: UNKNOWN }),
  },
  mutations: {
    "the public listener takes TLS 1.0": (stack) =>
      stack.set(stack.one(TYPE, "public-https"), "sslPolicy", "ELBSecurityPolicy-TLS13-1-0-2021-06"),
    "the public listener names no policy": (stack) => stack.set(stack.one(TYPE, "public-https"), "sslPolicy", undefined),
  },
};
