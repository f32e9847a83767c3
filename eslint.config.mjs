import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

/** Of ours: what runs where nothing is transformed. */
const JAVASCRIPT = ["bin/**/*.js", "loader/**/*.js", "plan/**/*.js"];

export default tseslint.config(
  { ignores: ["node_modules/", "coverage/", "test/recorded/"] },
  {
    files: ["**/*.ts", "**/*.tsx", ...JAVASCRIPT],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    files: ["**/*.ts", "**/*.tsx", ...JAVASCRIPT],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // `export =` and `import x = require()` are how a CommonJS program is exported to Pulumi.
      "@typescript-eslint/no-require-imports": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name='apply'] NewExpression[callee.object.object.name=/^(aws|awsx|eks|k8s|kubernetes|pulumi)$/]",
          message: "No resource is created inside apply: a preview could not show it.",
        },
      ],
    },
  },
  {
    files: JAVASCRIPT,
    rules: {
      // Members of a module are taken out of what `require` returns, where `import` would name them.
      "@typescript-eslint/unbound-method": "off",
      // Types that comments give to values are seen by the compiler, but not by these rules.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // Inputs arrive as JSON of the protocol; String() of one that should be text is what the component itself does, and in a test
    // anything else fails the assertion.
    files: ["plan/simulate/**/*.ts", "test/**/*.ts"],
    rules: { "@typescript-eslint/no-base-to-string": "off" },
  },
);
