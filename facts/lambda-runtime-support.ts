import { type Fact } from "./row";

const RUNTIMES = { source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html", date: "2026-08" } as const;

/** When AWS stops patching a runtime, by the identifier Lambda gives it. Each is read as the first day without support. */
export interface RuntimeSupport extends Fact {
  readonly ends: string;
}

function ends(day: string): RuntimeSupport {
  return { ends: day, ...RUNTIMES };
}

/**
 * Every runtime that Lambda has or had, also those that this platform runs nothing on; `lambda-runtimes.ts` has what it can run.
 * The page as endoflife.date had read it on 2026-08-22; a runtime without a day there is left out.
 */
export const LAMBDA_RUNTIME_SUPPORT: Readonly<Record<string, RuntimeSupport>> = {
  "nodejs24.x": ends("2028-04-30"),
  "nodejs22.x": ends("2027-04-30"),
  "nodejs20.x": ends("2026-04-30"),
  "nodejs18.x": ends("2025-09-01"),
  "nodejs16.x": ends("2024-06-12"),
  "nodejs14.x": ends("2023-12-04"),
  "nodejs12.x": ends("2023-03-31"),
  "nodejs10.x": ends("2021-07-30"),
  "nodejs8.10": ends("2020-03-06"),
  "nodejs6.10": ends("2019-08-12"),
  "nodejs4.3-edge": ends("2020-03-05"),
  "nodejs4.3": ends("2020-03-05"),
  nodejs: ends("2016-08-30"),
  "python3.14": ends("2029-06-30"),
  "python3.13": ends("2029-06-30"),
  "python3.12": ends("2028-10-31"),
  "python3.11": ends("2027-06-30"),
  "python3.10": ends("2026-10-31"),
  "python3.9": ends("2025-12-15"),
  "python3.8": ends("2024-10-14"),
  "python3.7": ends("2023-12-04"),
  "python3.6": ends("2022-07-18"),
  "python2.7": ends("2021-07-15"),
  java25: ends("2029-06-30"),
  java21: ends("2029-06-30"),
  "java17.al2023": ends("2029-06-30"),
  java17: ends("2027-06-30"),
  "java11.al2023": ends("2029-06-30"),
  java11: ends("2027-06-30"),
  "java8.al2023": ends("2029-06-30"),
  "java8.al2": ends("2027-06-30"),
  java8: ends("2024-01-08"),
  dotnet10: ends("2028-11-14"),
  dotnet9: ends("2026-11-10"),
  dotnet8: ends("2026-11-10"),
  dotnet7: ends("2024-05-14"),
  dotnet6: ends("2024-12-20"),
  "dotnet5.0": ends("2022-05-10"),
  "dotnetcore3.1": ends("2023-04-03"),
  "dotnetcore2.1": ends("2022-01-05"),
  "dotnetcore2.0": ends("2019-05-30"),
  "dotnetcore1.0": ends("2019-06-27"),
  "ruby4.0": ends("2029-03-31"),
  "ruby3.4": ends("2028-03-31"),
  "ruby3.3": ends("2027-03-31"),
  "ruby3.2": ends("2026-03-31"),
  "ruby2.7": ends("2023-12-07"),
  "ruby2.5": ends("2021-07-30"),
  "go1.x": ends("2024-01-08"),
  "provided.al2023": ends("2029-06-30"),
  "provided.al2": ends("2026-07-31"),
  provided: ends("2024-01-08"),
};
