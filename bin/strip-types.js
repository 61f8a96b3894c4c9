// Node takes types off what it loads, but not below node_modules, where an installed package is. There it is done here, by the same function.
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";

const HERE = new URL("..", import.meta.url).href;

if (HERE.includes("/node_modules/")) {
  registerHooks({
    load(url, context, nextLoad) {
      // Packages of others are loaded as they are.
      const ours = url.startsWith(HERE) && !url.slice(HERE.length).startsWith("node_modules/");
      if (!ours || !url.endsWith(".ts")) return nextLoad(url, context);
      return { format: "module", source: stripped(readFileSync(new URL(url), "utf8")), shortCircuit: true };
    },
  });
}

/** Without the warning that the function is experimental, which is for whoever calls it and not for the users of a command. */
function stripped(source) {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
