import { createHash } from "node:crypto";
import { pageBundle } from "./bundle";
import { embeddedJson, escapedText } from "./embed";
import { type ReportData } from "./report-data";

/** Id of the element that holds the JSON. */
export const DATA_ID = "data";

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Nothing is loaded from anywhere, and only what is in the file runs, as it was written. */
function policy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** A report as one file that needs nothing else: it opens from disk, without a network. */
export function reportHtml(data: ReportData): string {
  const { script, style } = pageBundle();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Plan of ${escapedText(data.environment)} · ${escapedText(data.stack)}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript>This report is drawn by a script in this file. Allow scripts to see it.</noscript></div>
<script type="application/json" id="${DATA_ID}">${embeddedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}
