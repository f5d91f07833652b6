import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** What the agent sends with the page; `vite preview` sends the same, so that a violation is seen early. */
const policy = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "manifest-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "require-trusted-types-for": "'script'",
  // The URL of a worker is a script to Trusted Types. One policy, which knows one URL: src/core/worker-url.ts.
  "trusted-types": "dockwright-worker",
};

/** The development server injects styles and talks over a WebSocket. */
const development = { ...policy, "style-src": "'self' 'unsafe-inline'", "connect-src": "'self' ws:" };

function headers(it: Record<string, string>): Record<string, string> {
  const text = Object.entries(it).map(([name, value]) => `${name} ${value}`);
  return {
    "content-security-policy": text.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}

export default defineConfig({
  base: "./",
  resolve: {
    alias: { dockwright: fileURLToPath(new URL("../pkg/dist/dockwright.js", import.meta.url)) },
  },
  worker: { format: "es" },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  server: { fs: { allow: [".."] }, headers: headers(development) },
  preview: { headers: headers(policy) },
  test: { include: ["src/**/*.test.ts"] },
});
