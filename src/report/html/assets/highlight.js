// Colours and line breaks for contents. Nothing is interpreted: the text stays what it is, token by token,
// so that numbers keep their digits and a text that was cut off is shown as far as it goes.

const jsonToken = /("(?:[^"\\]|\\[^])*"?)(\s*:)?|([{}[\],])|(-?\d[\d.eE+-]*|true|false|null)|\s+|[^\s{}[\],"]+/g;

function looksLikeJson(type, text) {
  return /[/+]json\b/i.test(type) || /^\s*[[{]/.test(text);
}

function looksLikeMarkup(type, text) {
  return /\b(html|xml)\b/i.test(type) || /^\s*<[!?a-z]/i.test(text);
}

function prettyJson(text) {
  const fragment = document.createDocumentFragment();
  let depth = 0;
  let pending = "";
  const flush = () => {
    if (pending) fragment.append(pending);
    pending = "";
  };
  const line = () => {
    pending += `\n${"  ".repeat(Math.min(depth, 100))}`;
  };
  let previous = "";
  for (const match of text.matchAll(jsonToken)) {
    const [token, string, colon, mark, scalar] = match;
    if (/^\s+$/.test(token)) continue;
    const closes = mark === "}" || mark === "]";
    if (closes) {
      depth = Math.max(depth - 1, 0);
      if (previous !== "{" && previous !== "[") line();
    } else if (previous === "{" || previous === "[" || previous === ",") {
      line();
    }
    if (string !== undefined) {
      flush();
      fragment.append(element("span", { class: colon ? "hl-key" : "hl-string" }, string));
      if (colon) pending += ": ";
    } else if (scalar !== undefined) {
      flush();
      fragment.append(element("span", { class: "hl-literal" }, scalar));
    } else {
      pending += token;
    }
    if (mark === "{" || mark === "[") depth += 1;
    previous = mark || "value";
  }
  flush();
  return fragment;
}

const markupToken = /(<!--[^]*?(?:-->|$))|(<[/!?]?[\w:.-]*)|("[^"<]*"|'[^'<]*')|([/?]?>)|[^<>"']+|["']/g;

function highlightMarkup(text) {
  const fragment = document.createDocumentFragment();
  let inside = false;
  for (const [token, comment, start, quoted, end] of text.matchAll(markupToken)) {
    if (comment !== undefined) fragment.append(element("span", { class: "hl-comment" }, token));
    else if (start !== undefined) {
      inside = true;
      fragment.append(element("span", { class: "hl-key" }, token));
    } else if (end !== undefined && inside) {
      inside = false;
      fragment.append(element("span", { class: "hl-key" }, token));
    } else if (quoted !== undefined && inside) fragment.append(element("span", { class: "hl-string" }, token));
    else fragment.append(token);
  }
  return fragment;
}

// Two forms of a text: as it is, and one that is easier to read, if there is one.
function readableForm(type, text) {
  if (looksLikeJson(type, text)) return () => prettyJson(text);
  if (looksLikeMarkup(type, text)) return () => highlightMarkup(text);
  return null;
}
