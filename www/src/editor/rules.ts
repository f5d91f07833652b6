/** What the linter's rules say about themselves. It is large, and is fetched when the first one is asked for. */

import url from "../../generated/rules.json?url";

let fetched: Promise<ReadonlyMap<string, string>> | undefined;

/** The documentation of a rule, in Markdown. */
export async function docsOf(code: string): Promise<string> {
  return (await allDocs()).get(code) ?? "";
}

/** That of all rules, by code; what could not be fetched is asked for again the next time. */
export async function allDocs(): Promise<ReadonlyMap<string, string>> {
  fetched ??= fetchAll();
  try {
    return await fetched;
  } catch (error) {
    fetched = undefined;
    throw error;
  }
}

async function fetchAll(): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${String(response.status)}`);
  }
  const all: unknown = await response.json();
  const docs = new Map<string, string>();
  for (const [code, text] of Object.entries(all ?? {})) {
    if (typeof text === "string") {
      docs.set(code, text);
    }
  }
  return docs;
}
