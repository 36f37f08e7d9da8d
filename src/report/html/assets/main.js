// Putting it together: what is shown follows from the state, and the state stands in the address.

const state = { q: "", order: "order", view: "list", page: 0, item: null };
const views = { list: "requests", waterfall: "waterfall", iterations: "iterations" };
const printedRows = 1000;
let rows = [];
let shown = [];
let printing = false;
let opener = null;

function readState() {
  const given = new URLSearchParams(location.hash.slice(1));
  state.q = given.get("q") || "";
  state.order = Object.hasOwn(orders, given.get("order") || "") ? given.get("order") : "order";
  state.view = Object.hasOwn(views, given.get("view") || "") ? given.get("view") : "list";
  state.page = Math.max(parseInt(given.get("page"), 10) || 1, 1) - 1;
  const item = parseInt(given.get("item"), 10) - 1;
  state.item = item >= 0 && item < rows.length ? item : null;
}

function writeState() {
  const kept = new URLSearchParams();
  if (state.q) kept.set("q", state.q);
  if (state.order !== "order") kept.set("order", state.order);
  if (state.view !== "list") kept.set("view", state.view);
  if (state.page > 0) kept.set("page", state.page + 1);
  if (state.item !== null) kept.set("item", state.item + 1);
  try {
    history.replaceState(null, "", `#${kept}`);
  } catch {
    // Some viewers forbid it; then the address just does not follow.
  }
}

const parts = {};

function buildPage() {
  parts.search = element("input", { type: "search", id: "search", placeholder: "Filter, such as s:failed code:5xx t:>500 login",
    "aria-label": "Filter", autocomplete: "off", spellcheck: "false", oninput: debounced(() => change({ q: parts.search.value, page: 0 })) });
  parts.order = element("select", { "aria-label": "Order", onchange: () => change({ order: parts.order.value, page: 0 }) },
    [["order", "as run"], ["result", "failed first"], ["time", "slowest first"], ["size", "largest first"], ["name", "by name"], ["status", "by status"]]
      .map(([value, label]) => element("option", { value }, label)));
  parts.views = element("div", { class: "views", role: "group", "aria-label": "View" }, Object.entries(views).map(([view, label]) =>
    element("button", { type: "button", "data-view": view, onclick: () => change({ view, page: 0 }) }, label)));
  parts.results = element("div", { class: "views", role: "group", "aria-label": "Results" },
    [["", "all"], ["failed", "failed"], ["passed", "passed"], ["skipped", "skipped"]].map(([value, label]) =>
      element("button", { type: "button", "data-result": value, onclick: () => chooseResult(value) }, label)));
  parts.count = element("p", { class: "quiet", "aria-live": "polite" });
  parts.list = element("div", { class: "list" });
  parts.tree = element("nav", { class: "folders", "aria-label": "Folders" });
  parts.aside = element("aside", { class: "detail", "aria-label": "Item", hidden: true });
  const tree = folderTree(rows);
  if (tree.folders.size > 0) {
    parts.tree.append(element("button", { type: "button", class: "link", onclick: () => choosePath("") }, "all folders"),
      treeView(tree, choosePath));
  } else {
    parts.tree.hidden = true;
  }
  document.getElementById("app").replaceChildren(...[
    failureSection(rows, openRow),
    element("section", { "aria-labelledby": "requests-heading" },
      element("h2", { id: "requests-heading" }, "Requests"),
      element("div", { class: "toolbar" }, parts.search, parts.results, parts.order, parts.views),
      parts.count,
      element("div", { class: "columns" }, parts.tree, parts.list)),
    parts.aside,
  ].filter(Boolean));
}

function debounced(action) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, 80);
  };
}

function withoutTokens(keys) {
  return state.q.replace(new RegExp(`(?:^|\\s+)(?:${keys}):(?:"[^"]*"?|\\S*)`, "gi"), "").trim();
}

function chooseResult(result) {
  change({ q: [withoutTokens("s"), result && `s:${result}`].filter(Boolean).join(" "), page: 0 });
}

function choosePath(folder) {
  // The search field has no way to write a quotation mark inside quotation marks.
  const key = folder.includes("\"") ? "folder" : "path";
  const name = folder.split("\"").reduce((left, right) => (left.length > right.length ? left : right), "");
  change({ q: [withoutTokens("path|folder"), folder && `${key}:"${name}"`].filter(Boolean).join(" "), page: 0 });
}

function change(changes) {
  Object.assign(state, changes);
  writeState();
  render();
}

function render() {
  if (parts.search.value !== state.q) parts.search.value = state.q;
  parts.order.value = state.order;
  for (const button of parts.views.children) button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  const result = /(?:^|\s)s:(\w+)/i.exec(state.q);
  for (const button of parts.results.children) {
    button.setAttribute("aria-pressed", String(button.dataset.result === (result ? result[1].toLowerCase() : "")));
  }
  shown = applyFilter(rows, state.q, state.order);
  const isFiltered = shown.length !== rows.length;
  document.getElementById("charts").replaceChildren(...(shown.length ? charts(shown, isFiltered) : []));
  parts.count.textContent = isFiltered
    ? `${shown.length.toLocaleString("en")} of ${plural(rows.length, "item")}` : plural(rows.length, "item");
  renderList();
}

function renderList() {
  const all = state.view === "iterations" ? iterations(shown) : shown;
  const length = printing ? printedRows : pageSize;
  const pages = Math.max(Math.ceil(all.length / length), 1);
  state.page = printing ? 0 : Math.min(state.page, pages - 1);
  const first = state.page * length;
  const here = all.slice(first, first + length);
  const go = (page) => {
    change({ page });
    parts.list.scrollIntoView();
  };
  const context = { severalIterations: rows.some((row) => row.i > 0), open: openRow, selected: state.item, first, total: all.length };
  const table = {
    list: () => requestTable(here, context),
    waterfall: () => waterfallTable(here, context),
    iterations: () => iterationTable(here, (number) => change({
      view: "list", q: [withoutTokens("iter"), `iter:${number}`].filter(Boolean).join(" "), page: 0,
    })),
  }[state.view];
  parts.list.replaceChildren(...[
    state.view === "iterations" ? null : phaseLegend(here),
    here.length ? element("div", { class: "scroll" }, table()) : element("p", { class: "note" }, "Nothing fits the filter."),
    printing && all.length > here.length ? element("p", {}, `${all.length - here.length} more are not printed.`) : null,
    printing ? null : pager(state.page, pages, go),
  ].filter(Boolean));
}

function openRow(row) {
  opener = document.activeElement;
  state.item = row.index;
  writeState();
  markSelected();
  return showDetail(row, true);
}

function markSelected() {
  for (const line of parts.list.querySelectorAll("tr[data-index]")) {
    line.classList.toggle("selected", Number(line.dataset.index) === state.item);
  }
}

async function showDetail(row, takesFocus) {
  const heading = element("h2", { tabindex: "-1" }, verdictMark(row.v), " ", path(row));
  const content = element("div", { class: "detail-content" });
  parts.aside.hidden = false;
  parts.aside.replaceChildren(
    element("div", { class: "detail-head" }, heading, element("div", { class: "tools" },
      element("button", { type: "button", onclick: () => step(-1) }, "previous"),
      element("button", { type: "button", onclick: () => step(1) }, "next"),
      element("button", { type: "button", onclick: close }, "close"))),
    row.i > 0 || rows.some((it) => it.i > 0) ? element("p", { class: "quiet" }, `iteration ${row.i + 1}`) : "",
    content);
  parts.aside.scrollTop = 0;
  document.body.classList.add("with-detail");
  if (takesFocus) heading.focus({ preventScroll: true });
  try {
    const detail = await detailOf(row);
    if (state.item === row.index) content.replaceChildren(...detailView(detail).flat(2).filter(Boolean));
  } catch (error) {
    content.replaceChildren(element("p", { class: "message" }, `This item cannot be shown: ${error.message}`));
  }
}

function close() {
  state.item = null;
  writeState();
  markSelected();
  parts.aside.hidden = true;
  document.body.classList.remove("with-detail");
  if (opener && opener.isConnected) opener.focus();
}

// To the neighbour in the list as it is filtered and ordered.
function step(direction) {
  const here = shown.findIndex((row) => row.index === state.item);
  const next = here === -1 ? shown[0] : shown[here + direction];
  goTo(next);
}

function goTo(row) {
  if (!row) return;
  state.item = row.index;
  const page = Math.floor(shown.indexOf(row) / pageSize);
  if (state.view !== "iterations" && page !== state.page && page >= 0) {
    state.page = page;
    renderList();
  }
  writeState();
  markSelected();
  showDetail(row, true);
  const line = parts.list.querySelector("tr.selected");
  if (line) line.scrollIntoView({ block: "nearest" });
}

function nextFailure() {
  const here = shown.findIndex((row) => row.index === state.item);
  goTo(shown.slice(here + 1).find((row) => row.v === "failed") || shown.find((row) => row.v === "failed"));
}

function buildButtons() {
  const help = helpDialog();
  document.getElementById("buttons").append(
    element("button", { type: "button", onclick: switchTheme }, "dark / light"),
    element("button", { type: "button", onclick: () => help.showModal() }, "help"));
  document.body.append(help);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const isTyping = /^(input|select|textarea)$/i.test(event.target.tagName);
    if (event.key === "Escape") {
      if (isTyping) event.target.blur();
      else if (!parts.aside.hidden) close();
      return;
    }
    if (isTyping) return;
    const action = {
      "/": () => parts.search.focus(), j: () => step(1), k: () => step(-1), f: nextFailure, "?": () => help.showModal(),
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}

function helpDialog() {
  const keys = [["/", "filter"], ["j, k", "next and previous item"], ["f", "next failure"], ["Esc", "close the item"], ["?", "this help"]];
  const list = (pairs) => element("dl", { class: "help" }, pairs.map(([term, text]) => [element("dt", {}, element("code", {}, term)), element("dd", {}, text)]));
  const dialog = element("dialog", { "aria-labelledby": "help-heading" }, element("h2", { id: "help-heading" }, "Help"),
    element("h3", {}, "Keys"), list(keys), element("h3", {}, "Filter"), list(filterHelp),
    element("p", {}, "All parts of a filter have to fit. The address keeps filter, order and item, so it can be passed on."),
    element("button", { type: "button", onclick: () => dialog.close() }, "close"));
  return dialog;
}

const themeKey = "postrider-theme";

// A page from a disk may have no storage.
function storedTheme(theme) {
  try {
    if (theme) localStorage.setItem(themeKey, theme);
    return localStorage.getItem(themeKey);
  } catch {
    return null;
  }
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  storedTheme(root.dataset.theme);
}

async function start() {
  const theme = storedTheme();
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  if (typeof DecompressionStream === "undefined") {
    document.getElementById("app").append(element("p", { class: "note" },
      "This browser is too old to unpack the requests: Chrome 80, Firefox 113 and Safari 16.4 are the first that can."));
    return;
  }
  rows = await unpackRows();
  readState();
  buildPage();
  buildButtons();
  render();
  if (state.item !== null) showDetail(rows[state.item], false);
  addEventListener("hashchange", () => {
    readState();
    render();
    if (state.item === null) close();
    else showDetail(rows[state.item], false);
  });
  for (const [event, value] of [["beforeprint", true], ["afterprint", false]]) {
    addEventListener(event, () => {
      printing = value;
      renderList();
    });
  }
  // Milliseconds since the page was asked for, which tests measure.
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start().catch((error) => {
  document.getElementById("app").append(element("p", { class: "note" }, `The requests cannot be shown: ${error.message}`));
});
