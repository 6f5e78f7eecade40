// Builds dist/ from src/: one script, one style sheet, the licences of all that the script holds, and
// the script's hash, by which the page allows it and no other.
// Usage: node build.mjs [--check]      (--check changes nothing and fails where dist/ is not this)
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const shared = { absWorkingDir: here, bundle: true, minify: true, write: false, charset: "ascii", target: "es2020" };

const script = await build({
  ...shared,
  entryPoints: ["src/page.js"],
  format: "iife",
  legalComments: "none", // they stand in LICENSES.txt
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"' },
});
const style = await build({ ...shared, entryPoints: ["src/page.css"] });

/// The packages whose files are in the script.
const packages = new Set();
for (const file of Object.keys(script.metafile.inputs)) {
  const found = file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/);
  if (found) packages.add(found[1]);
}

let licenses = "This page holds parts of the following programs.\n";
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  licenses += `\n${"=".repeat(80)}\n${name} ${version} (${license})\n${"=".repeat(80)}\n`;
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => /^(licen[cs]e|notice|copying|copyright)/i.test(entry.name))
    .flatMap((entry) => entry.isDirectory() ? readdirSync(join(folder, entry.name)).map((file) => join(entry.name, file)) : [entry.name])
    .sort();
  if (texts.length === 0) throw new Error(`${name} has no licence file`);
  for (const text of texts) licenses += "\n" + readFileSync(join(folder, text), "utf8").trim() + "\n";
}
licenses = licenses.replace(/\r/g, "");

const js = script.outputFiles[0].text.trimEnd();
const results = {
  "page.js": js,
  "page.css": style.outputFiles[0].text.trimEnd(),
  "LICENSES.txt": licenses,
  "page.js.sha256": createHash("sha256").update(js, "utf8").digest("base64") + "\n",
};
for (const [name, text] of Object.entries(results)) {
  // What stands in a script element or in a C++ literal unharmed. Licences hold names.
  if (name !== "LICENSES.txt" && /[^\x09\x0a\x20-\x7e]/.test(text)) throw new Error(`${name} is not plain ASCII`);
  if (text.includes(')vnpage"')) throw new Error(`${name} holds the literal's end`);
}
if (/<!--|<\/?script/i.test(js)) throw new Error("page.js holds what would end its element");
if (/<\/style/i.test(results["page.css"])) throw new Error("page.css holds what would end its element");

if (process.argv.includes("--check")) {
  const stale = Object.entries(results).filter(
    ([name, text]) => !existsSync(join(here, "dist", name)) || readFileSync(join(here, "dist", name), "utf8") !== text,
  );
  for (const [name] of stale) console.error(`web/dist/${name} is not what web/src gives (scripts/web builds it)`);
  process.exit(stale.length === 0 ? 0 : 1);
}
mkdirSync(join(here, "dist"), { recursive: true });
for (const [name, text] of Object.entries(results)) {
  writeFileSync(join(here, "dist", name), text);
  console.log(`web/dist/${name}: ${text.length.toLocaleString("en")} bytes`);
}
