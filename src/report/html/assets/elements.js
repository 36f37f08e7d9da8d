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
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 10000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function size(bytes) {
  if (bytes === null || bytes === undefined) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

// A bar of the phases of an exchange on a scale of milliseconds.
function waterfallBar(phases, start, scale) {
  const drawing = svg("svg", { class: "bar", viewBox: "0 0 1000 16", preserveAspectRatio: "none", "aria-hidden": "true" });
  let from = start;
  for (const [name, time] of phases || []) {
    drawing.append(svg("rect", {
      class: `phase phase-${name}`, x: (from / scale) * 1000, width: Math.max((time / scale) * 1000, 2), y: 2, height: 12,
    }));
    from += time;
  }
  return drawing;
}
