/** The linter's page, which comes when somebody goes there: lessons need not wait for it. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { LintPage } from "../lint/LintPage";

/** The page, or how far it is. */
export function LintPlace({ shared }: { shared: string | undefined }): JSX.Element {
  const page = useSignal<{ readonly Page: typeof LintPage } | undefined>(undefined);
  const hasFailed = useSignal(false);
  useEffect(() => {
    import("../lint/LintPage").then(
      (it) => {
        page.value = { Page: it.LintPage };
      },
      () => {
        hasFailed.value = true;
      },
    );
  }, [page, hasFailed]);
  if (page.value !== undefined) {
    const { Page } = page.value;
    return <Page shared={shared} />;
  }
  return (
    <main class="page">
      <h1>Check a Dockerfile</h1>
      {hasFailed.value ? (
        <p role="alert">The linter could not be fetched. Look whether you are online, and reload the page.</p>
      ) : (
        <p role="status">Fetching the linter…</p>
      )}
    </main>
  );
}
