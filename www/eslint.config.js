import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const text = "build nodes; never HTML from text";

export default defineConfig(
  globalIgnores(["dist", "test-results", "playwright-report", "generated", "course"]),
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/strict-boolean-expressions": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-restricted-imports": ["error", { paths: [{ name: "dockwright", message: "import core" }] }],
      "no-restricted-syntax": [
        "error",
        { selector: "MemberExpression[property.name=/^(inner|outer)HTML$/]", message: text },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: text },
        { selector: "JSXAttribute[name.name='style']", message: "style-src 'self': use a class" },
      ],
    },
  },
  {
    files: ["src/core.ts", "src/core/*.ts"],
    rules: { "no-restricted-imports": "off" },
  },
);
