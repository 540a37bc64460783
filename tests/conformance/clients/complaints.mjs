// What a client says only on the console, or not at all: warnings, errors, unhandled rejections.

const CHARS = 400;

export function listenForComplaints() {
  let told = fresh();
  const silent = () => {};
  const keep =
    (list) =>
    (...words) => {
      if (!words.some(isRefusal)) told[list].push(words.map(String).join(" ").slice(0, CHARS));
    };
  Object.assign(console, { log: silent, info: silent, debug: silent });
  Object.assign(console, { warn: keep("warnings"), error: keep("errors") });
  process.on("unhandledRejection", keep("unhandled"));
  return {
    take() {
      const taken = told;
      told = fresh();
      return taken;
    },
  };
}

function fresh() {
  return { warnings: [], errors: [], unhandled: [] };
}

// The clients print each refused request too; the step's outcome already tells of it.
function isRefusal(word) {
  return word instanceof Error && Number.isInteger(word.status);
}
