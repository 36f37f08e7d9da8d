// Making elements. Texts are only ever set as texts.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const svgNamespace = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const symbols = { passed: "\u2713", failed: "\u2717", skipped: "\u2013" };

function verdictMark(verdict) {
  return element("span", { class: `mark ${verdict}` }, element("span", { "aria-hidden": "true" }, symbols[verdict]),
    ` ${verdict}`);
}

// Names of requests and the like can hold any character, those that turn the writing direction too.
function foreign(text) {
  return element("bdi", {}, text);
}

function path(row) {
  return foreign([...row.f, row.n].join(" / "));
}

function plural(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many || `${one}s`}`;
}

function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) return "";
  const seconds = Math.round(milliseconds / 1000);
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 9999.5) return `${Math.round(milliseconds)} ms`;
  if (seconds < 100) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
}

function size(bytes) {
  if (bytes === null || bytes === undefined) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999950) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 999950000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
