// Where the time of requests went.

const phaseTexts = {
  dns: "dns", connect: "connect", tls: "tls", wait: "wait", download: "download", error: "until the error",
};

// The phases one after the other on a scale of milliseconds.
function waterfallBar(phases, start, scale) {
  const drawing = svg("svg", { class: "bar", viewBox: "0 0 1000 16", preserveAspectRatio: "none", "aria-hidden": "true" });
  let from = start;
  for (const [name, time] of phases || []) {
    // What is too short to be seen stays visible also at the end of the scale.
    const width = Math.max((time / scale) * 1000, 2);
    drawing.append(svg("rect", {
      class: `phase phase-${name}`, x: Math.min((from / scale) * 1000, 1000 - width), width, y: 2, height: 12,
    }));
    from += time;
  }
  return drawing;
}

function swatch(name) {
  return element("span", { class: `swatch swatch-${name}`, "aria-hidden": "true" });
}

// Each phase with its time.
function phaseTimes(phases) {
  return element("p", { class: "legend" }, phases.map(([name, time]) =>
    element("span", {}, swatch(name), ` ${phaseTexts[name]} ${duration(time)}`)));
}

// What the colours in these rows mean.
function phaseLegend(rows) {
  const used = new Set(rows.flatMap((row) => (row.p || []).map(([name]) => name)));
  const names = Object.keys(phaseTexts).filter((name) => used.has(name));
  if (names.length === 0) return null;
  return element("p", { class: "legend quiet" }, names.map((name) => element("span", {}, swatch(name), ` ${phaseTexts[name]}`)));
}

// All that was sent for the item on one scale, each redirect in a row of its own.
function waterfall(requests) {
  const lines = requests.flatMap((request) => {
    let start = request.start_ms;
    return (request.hops || []).map((hop) => {
      const line = { hop, start };
      start += hop.time_ms;
      return line;
    });
  });
  if (lines.length === 0) return null;
  const start = Math.min(...lines.map((line) => line.start));
  const scale = Math.max(...lines.map((line) => line.start + line.hop.time_ms)) - start || 1;
  return element("table", { class: "waterfall" },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Request"),
      element("th", { scope: "col", class: "number" }, "Time"), element("th", { scope: "col" }, `${duration(scale)} in all`))),
    element("tbody", {}, lines.map(({ hop, start: from }) => element("tr", {},
      element("th", { scope: "row" }, element("span", { class: "method" }, hop.method), " ", foreign(hop.url),
        element("span", { class: "quiet" }, hop.code === null ? " no response" : ` ${hop.code}`)),
      element("td", { class: "number" }, duration(hop.time_ms)),
      element("td", { class: "wide" }, waterfallBar(hop.phases, from - start, scale), phaseTimes(hop.phases))))));
}
