/**
 * What the commands run, loaded when one of them is: nobody who plans waits for what deploys. Each is a `require`, because a CommonJS program loads another
 * file of its own at run time by nothing else.
 */
export const COMMANDS = {
  advise: () => require("./commands/advise") as typeof import("./commands/advise"),
  cost: () => require("./commands/cost") as typeof import("./commands/cost"),
  diff: () => require("./commands/diff") as typeof import("./commands/diff"),
  env: () => require("./commands/env") as typeof import("./commands/env"),
  logs: () => require("./commands/logs") as typeof import("./commands/logs"),
  operations: () => require("./commands/operations") as typeof import("./commands/operations"),
  plan: () => require("./commands/plan") as typeof import("./commands/plan"),
  platform: () => require("./platform") as typeof import("./platform"),
  policy: () => require("./commands/policy") as typeof import("./commands/policy"),
  records: () => require("./commands/records") as typeof import("./commands/records"),
  reference: () => require("./commands/reference") as typeof import("./commands/reference"),
  rehearse: () => require("./commands/rehearse") as typeof import("./commands/rehearse"),
  report: () => require("./commands/report") as typeof import("./commands/report"),
  schema: () => require("./commands/schema") as typeof import("./commands/schema"),
  setup: () => require("./commands/setup") as typeof import("./commands/setup"),
  stores: () => require("./commands/stores") as typeof import("./commands/stores"),
  watch: () => require("./commands/watch") as typeof import("./commands/watch"),
} as const;
