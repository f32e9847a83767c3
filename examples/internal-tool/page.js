"use strict";
// The token lives in this page alone: not in a cookie, which other sites could have sent along, and not in storage, which outlives the page.
let token = "";
const element = (id) => document.getElementById(id);

async function call(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });
  if (response.ok) return response;
  const { error } = await response.json();
  throw new Error(error);
}

function show(error) {
  element("error").textContent = error instanceof Error ? error.message : String(error);
}

function guarded(act) {
  return (event) => {
    event.preventDefault();
    element("error").textContent = "";
    act(event).catch(show);
  };
}

function line(event) {
  const text = {
    begun: () => `${event.operation} of ${event.environment} begins`,
    resource: () => `${event.op} ${event.type} ${event.name}`,
    diagnostic: () => `${event.severity}: ${event.message}`,
    policy: () => `${event.level} ${event.rule}: ${event.message}`,
    summary: () =>
      Object.entries(event.changes)
        .map(([op, count]) => `${count} ${op}`)
        .join(", "),
    ended: () => `${event.outcome}${event.error ? `: ${event.error.message}` : ""}`,
  }[event.kind];
  return text ? text() : (event.message ?? event.kind);
}

function report(event) {
  if (event.kind === "resource" && event.op === "same") return;
  const item = document.createElement("li");
  item.textContent = line(event);
  element("progress").append(item);
  if (event.kind !== "resource") element("status").textContent = item.textContent;
  if (event.kind === "ended" && event.error) show(event.error.message);
}

// EventSource cannot send a token, so the stream is read by fetch.
async function follow(id) {
  const { body } = await call(`/api/previews/${id}/events`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) report(JSON.parse(block.split("\ndata: ")[1]));
  }
}

async function preview(name) {
  element("progress").replaceChildren();
  const response = await call(`/api/environments/${name}/previews`, { method: "POST", body: "{}" });
  await follow((await response.json()).id);
}

async function list() {
  const environments = await (await call("/api/environments")).json();
  element("environments").replaceChildren(
    ...environments.map(({ name, rights }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.textContent = `Preview ${name}`;
      button.disabled = !rights.includes("preview");
      button.addEventListener(
        "click",
        guarded(() => preview(name)),
      );
      item.append(`${name} `, button);
      return item;
    }),
  );
  element("create").hidden = false;
}

element("sign-in").addEventListener(
  "submit",
  guarded(() => {
    token = element("token").value.trim();
    element("token").value = "";
    return list();
  }),
);
element("create").addEventListener(
  "submit",
  guarded(async ({ target }) => {
    const { name, from, expires } = Object.fromEntries(new FormData(target));
    await call("/api/environments", { method: "POST", body: JSON.stringify({ name, from, expires }) });
    await list();
  }),
);
