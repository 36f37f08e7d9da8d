// Outcomes and response times of the rows that are shown.

function charts(rows, isFiltered) {
  const of = isFiltered ? ` of the ${plural(rows.length, "item")} that fit the filter` : "";
  return [outcomeChart(rows, of), timeChart(rows, of)];
}

function outcomeChart(rows, of) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const row of rows) counts[row.v] += 1;
  const drawing = svg("svg", { class: "outcomes", viewBox: "0 0 1000 24", preserveAspectRatio: "none", "aria-hidden": "true" });
  let from = 0;
  for (const verdict of ["failed", "skipped", "passed"]) {
    if (counts[verdict] === 0) continue;
    const width = Math.max((counts[verdict] / rows.length) * 1000, 4);
    drawing.append(svg("rect", { class: `fill-${verdict}`, x: from, width, height: 24 }));
    from += width;
  }
  const legend = ["failed", "passed", "skipped"].filter((it) => it !== "skipped" || counts[it] > 0).map((verdict) =>
    element("span", {}, verdictMark(verdict), ` ${counts[verdict].toLocaleString("en")}`));
  return element("figure", {}, element("figcaption", {}, `Outcomes${of}`), drawing, element("p", { class: "legend" }, legend));
}

function percentile(sorted, part) {
  return sorted[Math.min(Math.ceil(sorted.length * part), sorted.length) - 1];
}

function timeChart(rows, of) {
  const times = rows.filter((row) => row.t !== null && row.c !== null).map((row) => row.t).sort((a, b) => a - b);
  const figure = element("figure", {}, element("figcaption", {}, `Response times${of}`));
  if (times.length === 0) {
    figure.append(element("p", { class: "quiet" }, "No request was answered."));
    return figure;
  }
  const buckets = histogram(times);
  const highest = Math.max(...buckets.map((bucket) => bucket.count));
  const width = 1000 / buckets.length;
  const drawing = svg("svg", { class: "histogram", viewBox: "0 0 1000 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  buckets.forEach((bucket, index) => {
    const height = bucket.count ? Math.max((bucket.count / highest) * 98, 2) : 0;
    const bar = svg("rect", { x: index * width + 1, y: 100 - height, width: Math.max(width - 2, 1), height });
    bar.append(svg("title", {}, `${duration(bucket.from)} to ${duration(bucket.to)}: ${plural(bucket.count, "request")}`));
    drawing.append(bar);
  });
  const marks = [["fastest", times[0]], ["p50", percentile(times, 0.5)], ["p90", percentile(times, 0.9)],
    ["p95", percentile(times, 0.95)], ["p99", percentile(times, 0.99)], ["slowest", times[times.length - 1]]];
  figure.append(drawing,
    element("p", { class: "axis" }, element("span", {}, duration(buckets[0].from)),
      element("span", {}, duration(buckets[buckets.length - 1].to))),
    element("div", { class: "scroll" }, element("table", { class: "numbers" },
      element("thead", {}, element("tr", {}, marks.map(([name]) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, element("tr", {}, marks.map(([, time]) => element("td", {}, duration(time))))))));
  return figure;
}

// Buckets of a logarithmic scale, since a few slow answers would squeeze all others into one.
function histogram(sorted) {
  const lowest = Math.max(sorted[0], 0.1);
  const highest = Math.max(sorted[sorted.length - 1], lowest * 1.5);
  const count = 40;
  const step = Math.log(highest / lowest) / count;
  const buckets = Array.from({ length: count }, (_, index) => ({
    from: lowest * Math.exp(step * index), to: lowest * Math.exp(step * (index + 1)), count: 0,
  }));
  for (const time of sorted) {
    const index = Math.floor(Math.log(Math.max(time, lowest) / lowest) / step);
    buckets[Math.min(index, count - 1)].count += 1;
  }
  return buckets;
}
