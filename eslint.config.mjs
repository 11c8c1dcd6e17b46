// A static check that our own scripts run on Chromium 90 and iOS 15 (browserslist in package.json).
import compat from "eslint-plugin-compat";
import esx from "eslint-plugin-es-x";
import globals from "globals";

const laterMethods = [
  "no-array-prototype-at",
  "no-string-prototype-at",
  "no-array-prototype-findlast-findlastindex",
  "no-array-prototype-toreversed",
  "no-array-prototype-tosorted",
  "no-array-prototype-tospliced",
  "no-array-prototype-with",
];

export default [
  {
    files: ["static/js/**/*.js"],
    plugins: { compat, "es-x": esx },
    languageOptions: { ecmaVersion: 2021, sourceType: "script", globals: { ...globals.browser, kept: "readonly", sending: "readonly", photos: "readonly" } },
    settings: { "es-x": { aggressive: true } },
    rules: {
      "compat/compat": "error",
      ...Object.fromEntries(laterMethods.map((name) => ["es-x/" + name, "error"])),
      "es-x/no-object-hasown": "error",
      "es-x/no-error-cause": "error",
      "no-restricted-globals": ["error", "structuredClone", "reportError", "scheduler", "navigation"],
      "no-restricted-properties": [
        "error",
        { property: "showModal", message: "dialog came with iOS 15.4." },
        { property: "showPopover", message: "popover came with Chromium 114." },
        { property: "requestSubmit", message: "requestSubmit came with iOS 16." },
        { property: "replaceChildren", message: "Not in every browser that we serve." },
        { object: "AbortSignal", property: "timeout", message: "AbortSignal.timeout came with Chromium 103." },
        { property: "randomUUID", message: "randomUUID came with Chromium 92." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "Literal[value=/:has\\(/]", message: "The selector :has came with Chromium 105." },
      ],
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      eqeqeq: "error",
    },
  },
];
