// Everything about one item.

function detailView(detail) {
  const requests = detail.steps.filter((step) => step.step === "request");
  const main = requests.findLast((step) => step.origin === "item") || requests[requests.length - 1];
  const assertions = detail.steps.filter((step) => step.step === "assertion");
  const messages = detail.steps.filter((step) => step.step === "console");
  const scripts = detail.steps.filter((step) => step.step === "script");
  return [
    detail.failures.map(failureBox),
    detail.left_out ? element("p", { class: "note" },
      `${plural(detail.left_out, "message or assertion", "messages and assertions")} of this item are not shown.`) : null,
    detail.next_request ? element("p", { class: "note" }, detail.next_request.name === null
      ? "A script ended the iteration here." : ["A script asked to go on with ", foreign(detail.next_request.name), "."]) : null,
    section("Assertions", assertions.length > 0 && element("ul", { class: "assertions" }, assertions.map((assertion) =>
      element("li", {}, verdictMark(assertion.outcome), " ", foreign(assertion.name))))),
    section("Visualization", detail.visualization && drawing(detail.visualization)),
    section("Console", messages.length > 0 && element("pre", { class: "console", tabindex: "0" }, messages.map((message) =>
      element("span", { class: `level-${message.level}` }, message.level === "log" ? "" : `${message.level}: `, message.text, "\n")))),
    section("Waterfall", waterfall(requests)),
    requests.length === 0 ? element("p", { class: "quiet" }, "No request was sent.") : null,
    requests.map((request) => requestView(request, request === main, requests.length > 1)),
    section("Scripts", scripts.length > 0 && element("ul", { class: "plain" }, scripts.map((script) =>
      element("li", {}, script.script, " script of ", foreign(script.owner), ` (${duration(script.time_ms)})`)))),
  ];
}

function section(heading, content) {
  if (!content) return null;
  return element("section", {}, element("h3", {}, heading), content);
}

function failureBox(failure) {
  return element("div", { class: "failure" },
    element("p", { class: "failure-heading" }, element("strong", {}, foreign(failure.test || `${failure.kind} failed`)),
      " ", element("span", { class: "quiet" }, failure.at, failure.code ? `, ${failure.code}` : "")),
    element("p", { class: "message" }, failure.name && failure.name !== "Error" ? `${failure.name}: ` : "", failure.message),
    failure.expected === undefined ? null : comparisonTable(failure.expected, failure.actual),
    failure.place ? [
      element("p", {}, `${failure.place.script} script of `, foreign(failure.place.owner),
        `, line ${failure.place.line}, column ${failure.place.column}:`),
      element("pre", { tabindex: "0" }, failure.place.source.trim()),
    ] : null,
    failure.hint ? element("p", { class: "hint" }, "hint: ", failure.hint) : null);
}

// Lines that both values have at their beginning and end are shown once.
function comparisonTable(expected, actual) {
  const left = expected.split("\n");
  const right = actual.split("\n");
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < left.length - start && end < right.length - start
    && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const lines = (list, sign, name) => list.slice(start, list.length - end).map((line) =>
    element("span", { class: name }, `${sign} ${line}\n`));
  const same = (from, to) => left.slice(from, to).map((line) => `  ${line}\n`);
  return element("pre", { class: "comparison", tabindex: "0" },
    element("span", { class: "quiet" }, "- expected  + actual\n"),
    same(Math.max(start - 3, 0), start), lines(left, "-", "expected"), lines(right, "+", "actual"),
    same(left.length - end, Math.min(left.length - end + 3, left.length)));
}

const origins = { item: "", script: ", sent by a script", token: ", sent to get a token" };

function requestView(request, isMain, isOneOfSeveral) {
  const response = request.response;
  const title = [element("span", { class: "method" }, request.method), " ", foreign(request.url)];
  const answer = response ? `${response.code} ${response.status}` : "no response";
  return element("details", { class: "exchange", open: isMain },
    element("summary", {}, title, element("span", { class: "quiet" },
      ` ${answer}${request.time_ms === undefined ? "" : `, ${duration(request.time_ms)}`}`,
      isOneOfSeveral ? origins[request.origin] : "")),
    request.failure ? element("p", { class: "message" }, request.failure.message) : null,
    request.headers ? curlButton(request) : null,
    response ? [
      element("h4", {}, "Response"),
      element("p", {}, `HTTP/${response.version} ${answer}, ${size(response.body.bytes)}`),
      headerTable(response.headers),
      bodyView(response.body, "response"),
    ] : null,
    request.headers ? [
      element("h4", {}, "Request"),
      headerTable(request.headers),
      request.body ? bodyView(request.body, "request") : null,
    ] : null);
}

function headerTable(headers) {
  return element("details", { class: "headers" }, element("summary", {}, plural(headers.length, "header field")),
    element("table", {}, element("tbody", {}, headers.map(([name, value]) =>
      element("tr", {}, element("th", { scope: "row" }, foreign(name)), element("td", {}, foreign(value)))))));
}

const omissions = {
  size: "the report would have become too large",
  option: "the report was asked to leave contents out",
  large: "it is larger than --max-response-size",
};

function bodyView(body, owner) {
  return [body.saved ? element("p", {}, "saved to ", element("code", {}, foreign(body.saved))) : null, contentView(body, owner)].flat();
}

function contentView(body, owner) {
  if (body.omitted) {
    return element("p", { class: "note" }, `The ${owner}'s content of ${size(body.bytes)} is not here: ${omissions[body.omitted]}.`);
  }
  if (body.bytes === 0) return element("p", { class: "quiet" }, "No content.");
  if (body.image) return element("img", { src: body.image, alt: `The content of the ${owner}, a picture`, class: "picture" });
  if (body.text === undefined) return element("p", { class: "note" }, `${size(body.bytes)} of ${body.type || "unknown type"}, which is no text.`);
  return textView(body);
}

function textView(body) {
  const readable = readableForm(body.type, body.text);
  const code = element("pre", { class: "body", tabindex: "0" });
  const show = (isReadable) => code.replaceChildren(isReadable ? readable() : body.text);
  show(readable !== null);
  const toggle = readable ? element("button", { type: "button", "aria-pressed": "false", onclick: () => {
    const raw = toggle.getAttribute("aria-pressed") === "false";
    toggle.setAttribute("aria-pressed", String(raw));
    show(!raw);
  } }, "as received") : null;
  return [
    body.shown ? element("p", { class: "note" },
      `Only the first ${size(body.shown)} of ${size(body.bytes)} are shown; ${size(body.bytes - body.shown)} are left out.`) : null,
    element("div", { class: "tools" }, toggle, copyButton("copy", () => body.text)),
    code,
  ];
}

function copyButton(label, text) {
  const button = element("button", { type: "button", onclick: async () => {
    const done = await copy(text());
    button.textContent = done ? "copied" : "cannot copy here";
    setTimeout(() => { button.textContent = label; }, 1500);
  } }, label);
  return button;
}

// Browsers offer the clipboard to some pages only, and a page from a disk is not always one of them.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "offscreen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// The frame runs no scripts and loads nothing: it has no permission, and the policy of this page holds in it.
function drawing(visualization) {
  if (visualization.error) {
    return element("p", { class: "message" }, "The template of pm.visualizer cannot be shown: ", visualization.error);
  }
  return element("iframe", {
    class: "drawing", sandbox: "", title: "Visualization by pm.visualizer", referrerpolicy: "no-referrer",
    srcdoc: `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;background:#fff;color:#000}</style>${visualization.html}`,
  });
}
