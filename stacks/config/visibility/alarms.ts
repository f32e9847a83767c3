import { z } from "zod";

const id = (pattern: RegExp, error: string) => z.string().regex(pattern, { error });

const slack = z.strictObject({
  workspace: id(/^[TE][A-Z0-9]{6,}$/, "is not the id of a workspace; it starts with T or E, as in T0123ABCD").describe(
    "Id of the workspace, let in once by the console of Amazon Q Developer in chat applications.",
  ),
  channel: id(/^[CG][A-Z0-9]{6,}$/, "is not the id of a channel; it starts with C or G, as in C0123ABCD").describe("Id of the channel."),
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const teams = z.strictObject({
  tenant: id(UUID, "is not the id of a tenant; write it as a UUID").describe("Id of the tenant."),
  team: id(UUID, "is not the id of a team; write it as a UUID").describe(
    "Id of the team, let in once by the console of Amazon Q Developer.",
  ),
  channel: id(
    /^19(:|%3[aA]).+@thread\.(tacv2|skype)$/,
    "is not the id of a channel; copy it out of the channel's link, as 19:…@thread.tacv2",
  ).describe("Id of the channel."),
});

/** `strata:visibility.alarms`: who is told. */
export const AlarmsKey = z
  .strictObject({
    email: z
      .email({ error: "is not an e-mail address" })
      .optional()
      .describe("Where all alarms are sent. Default: nowhere; they only show."),
    chat: z
      .union([
        z.strictObject({ slack: slack.describe("A channel of Slack. Default: none.") }),
        z.strictObject({ teams: teams.describe("A channel of Microsoft Teams. Default: none.") }),
      ])
      .optional()
      .describe("Channel that shows all alarms with their graphs. Default: none."),
    pager: z
      .strictObject({
        // Its form is checked with the rest: a fault of this schema would show it.
        url: z.string().describe("Address of the pager's integration for Amazon SNS; set it with `pulumi config set --secret --path`."),
      })
      .optional()
      .describe(
        "Who is woken: for a critical service that is down, a budget of errors that is spent fast, a critical store. Default: nobody.",
      ),
    dashboards: z
      .boolean()
      .optional()
      .describe("True makes a dashboard of CloudWatch for each layer. Default: as durable as the environment."),
  })
  .prefault({})
  .describe("Who is told when something is wrong.");
