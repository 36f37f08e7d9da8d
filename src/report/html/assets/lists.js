// Failures, folders, requests and iterations.

const pageSize = 100;
const shownGroups = 10;
const shownItems = 3;
const shownIterations = 5;

function failureGroups(rows) {
  const groups = new Map();
  for (const row of rows) {
    for (const failure of row.e) {
      const key = JSON.stringify([failure.n, failure.m]);
      if (!groups.has(key)) groups.set(key, { failure, rows: [] });
      groups.get(key).rows.push(row);
    }
  }
  return [...groups.values()].sort((left, right) => right.rows.length - left.rows.length);
}

function failureSection(rows, open) {
  const groups = failureGroups(rows);
  if (groups.length === 0) return null;
  const list = element("ol", { class: "groups" });
  const show = (count) => list.replaceChildren(...groups.slice(0, count).map((group) => failureGroup(group, open)));
  show(shownGroups);
  const more = groups.length > shownGroups ? element("button", { type: "button", onclick: () => {
    show(groups.length);
    more.remove();
  } }, `show all ${groups.length} kinds of failures`) : null;
  return element("section", { "aria-labelledby": "failures-heading" },
    element("h2", { id: "failures-heading" }, "Failures"), list, more);
}

function failureGroup({ failure, rows }, open) {
  const byItem = new Map();
  for (const row of rows) {
    const key = JSON.stringify([row.f, row.n]);
    if (!byItem.has(key)) byItem.set(key, []);
    byItem.get(key).push(row);
  }
  const occurrences = element("ul", { class: "occurrences" });
  const all = [...byItem.values()].map((list) => itemOccurrences(list, open));
  occurrences.append(...all.slice(0, shownItems));
  const more = moreButton(all.length - shownItems, "more item", () => occurrences.append(...all.slice(shownItems)));
  return element("li", {}, element("p", {},
    rows.length > 1 ? element("span", { class: "times" }, `${rows.length.toLocaleString("en")}\u00d7 `) : null,
    failure.n ? [element("strong", {}, foreign(failure.n)), ": "] : null, element("span", { class: "message" }, failure.m)),
  occurrences, more);
}

function itemOccurrences(list, open) {
  const several = list.length > 1 || list[0].i > 0;
  const link = (row) => element("button", { type: "button", class: "link", onclick: () => open(row) }, `${row.i + 1}`);
  const name = element("button", { type: "button", class: "link", onclick: () => open(list[0]) }, path(list[0]));
  const line = element("li", {}, name);
  if (several) {
    const numbers = element("span", { class: "quiet" }, list.length > 1 ? " iterations " : " iteration ",
      list.slice(0, shownIterations).map((row) => [link(row), " "]));
    line.append(numbers);
    const more = moreButton(list.length - shownIterations, "more", () =>
      numbers.append(...list.slice(shownIterations).flatMap((row) => [link(row), " "])));
    if (more) line.append(more);
  }
  return line;
}

function moreButton(count, what, show) {
  if (count <= 0) return null;
  const label = what === "more" ? `${count.toLocaleString("en")} more` : plural(count, what);
  const button = element("button", { type: "button", onclick: () => {
    show();
    button.remove();
  } }, label);
  return button;
}

function folderTree(rows) {
  const root = { folders: new Map(), total: 0, failed: 0, path: [] };
  for (const row of rows) {
    const failed = row.v === "failed" ? 1 : 0;
    let node = root;
    node.total += 1;
    node.failed += failed;
    for (const name of row.f) {
      if (!node.folders.has(name)) {
        node.folders.set(name, { folders: new Map(), total: 0, failed: 0, path: [...node.path, name] });
      }
      node = node.folders.get(name);
      node.total += 1;
      node.failed += failed;
    }
  }
  return root;
}

function treeView(node, choose) {
  return element("ul", { class: "tree" }, [...node.folders].map(([name, folder]) => {
    const label = element("button", { type: "button", class: "link", onclick: () => choose(folder.path.join(" / ")) },
      foreign(name || "(no name)"), " ", element("span", { class: folder.failed ? "count failed" : "count" },
        folder.failed ? `${folder.failed.toLocaleString("en")} failed of ${folder.total.toLocaleString("en")}` : folder.total.toLocaleString("en")));
    if (folder.folders.size === 0) return element("li", { class: "leaf" }, label);
    const details = element("details", { open: folder.failed > 0 || folder.path.length < 2 }, element("summary", {}, label));
    // A folder's own are made when it is opened for the first time.
    const fill = () => {
      if (details.open && details.children.length === 1) details.append(treeView(folder, choose));
    };
    details.addEventListener("toggle", fill);
    fill();
    return element("li", {}, details);
  }));
}

function requestTable(rows, context) {
  const longest = Math.max(...rows.map((row) => row.t || 0), 0.001);
  return tableOfRows(rows, context, "Phases", (row) => waterfallBar(row.p, 0, longest));
}

function waterfallTable(rows, context) {
  const timed = rows.filter((row) => row.s !== null);
  const start = Math.min(...timed.map((row) => row.s));
  const scale = Math.max(...timed.map((row) => row.s + row.t)) - start || 1;
  const heading = timed.length ? `Waterfall, ${duration(scale)}` : "Waterfall";
  return tableOfRows(rows, context, heading, (row) => row.s === null ? null : waterfallBar(row.p, row.s - start, scale));
}

const numberHeadings = { Iteration: "number", Time: "number", Size: "number size" };

function tableOfRows(rows, context, barHeading, bar) {
  const { severalIterations, open, selected, first, total } = context;
  const headings = ["Result", "Request", "Status", "Time", "Size", barHeading];
  if (severalIterations) headings.splice(1, 0, "Iteration");
  return element("table", { class: "requests", "aria-rowcount": String(total + 1) },
    element("thead", {}, element("tr", {}, headings.map((name) => element("th", { scope: "col", class: numberHeadings[name] || null }, name)))),
    element("tbody", {}, rows.map((row, position) => element("tr", {
      "aria-rowindex": String(first + position + 2), "data-index": String(row.index), class: row.index === selected ? "selected" : null,
    },
    element("td", {}, verdictMark(row.v)),
    severalIterations ? element("td", { class: "number" }, String(row.i + 1)) : null,
    element("td", { class: "name" },
      element("button", { type: "button", class: "link", onclick: () => open(row) }, path(row)),
      element("span", { class: "url quiet" }, element("span", { class: "method" }, row.m), " ", foreign(row.u)),
      row.a[0] + row.a[1] + row.a[2] ? element("span", { class: "quiet" }, assertionText(row.a)) : null),
    element("td", { class: "status" }, row.c === null ? (row.v === "skipped" ? "" : "none") : `${row.c} ${row.r}`),
    element("td", { class: "number" }, duration(row.t)),
    element("td", { class: "number size" }, size(row.z)),
    element("td", { class: "wide" }, bar(row))))));
}

function assertionText([passed, failed, skipped]) {
  const parts = [];
  if (failed) parts.push(`${failed} failed`);
  if (passed) parts.push(`${passed} passed`);
  if (skipped) parts.push(`${skipped} skipped`);
  return `assertions: ${parts.join(", ")}`;
}

function iterations(rows) {
  const byNumber = new Map();
  for (const row of rows) {
    if (!byNumber.has(row.i)) byNumber.set(row.i, { number: row.i, requests: 0, failed: 0, assertions: 0, time: 0 });
    const iteration = byNumber.get(row.i);
    iteration.requests += 1;
    iteration.failed += row.v === "failed" ? 1 : 0;
    iteration.assertions += row.a[0] + row.a[1] + row.a[2];
    iteration.time += row.t || 0;
  }
  return [...byNumber.values()].sort((left, right) => left.number - right.number);
}

function iterationTable(list, choose) {
  return element("table", { class: "iterations" },
    element("thead", {}, element("tr", {}, ["Iteration", "Result", "Items", "Failed", "Assertions", "Time in requests"].map((name, column) =>
      element("th", { scope: "col", class: column > 1 ? "number" : null }, name)))),
    element("tbody", {}, list.map((iteration) => element("tr", {},
      element("td", {}, element("button", { type: "button", class: "link", onclick: () => choose(iteration.number + 1) },
        `iteration ${iteration.number + 1}`)),
      element("td", {}, verdictMark(iteration.failed ? "failed" : "passed")),
      element("td", { class: "number" }, String(iteration.requests)),
      element("td", { class: "number" }, String(iteration.failed)),
      element("td", { class: "number" }, String(iteration.assertions)),
      element("td", { class: "number" }, duration(iteration.time))))));
}

function pager(page, pages, go) {
  if (pages <= 1) return null;
  const number = element("input", { type: "number", min: "1", max: String(pages), value: String(page + 1), "aria-label": "Page",
    onchange: () => go(Math.min(Math.max(parseInt(number.value, 10) || 1, 1), pages) - 1) });
  return element("nav", { class: "pager", "aria-label": "Pages" },
    element("button", { type: "button", disabled: page === 0, onclick: () => go(page - 1) }, "previous"),
    element("span", {}, "page ", number, ` of ${pages.toLocaleString("en")}`),
    element("button", { type: "button", disabled: page === pages - 1, onclick: () => go(page + 1) }, "next"));
}
