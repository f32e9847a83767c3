import { render } from "preact";
import { type ReportData } from "../report-data";
import { Data } from "../value";
import { App } from "./app";

const page = document.getElementById("page");
const embedded = document.getElementById("data")?.textContent;
if (page && embedded) {
  const data = JSON.parse(embedded) as ReportData;
  page.textContent = "";
  render(
    <Data.Provider value={data}>
      <App data={data} />
    </Data.Provider>,
    page,
  );
  page.dataset["ready"] = "true";
}
