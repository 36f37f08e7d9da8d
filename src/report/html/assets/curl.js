// A request as a command for a shell.

const headsOfCurl = /^(host|content-length|connection|transfer-encoding)$/i;

function curlCommand(request) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const named = (name) => request.headers.some(([other]) => other.toLowerCase() === name);
  const parts = [request.method === "HEAD" && !request.body ? "curl --head" : `curl --request ${quoted(request.method)}`];
  // Without these, curl changes the address or shows a packed content.
  if (/[[\]{}]/.test(request.url)) parts.push("--globoff");
  if (/\/\.{1,2}(\/|\?|#|$)/.test(request.url)) parts.push("--path-as-is");
  if (named("accept-encoding")) parts.push("--compressed");
  for (const [name, value] of request.headers) {
    // A semicolon stands for an empty value, since a colon alone removes the field.
    if (!headsOfCurl.test(name)) parts.push(`--header ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`);
  }
  if (hasWhole(request.body)) {
    if (!named("content-type")) parts.push("--header 'Content-Type:'");
    parts.push(`--data-raw ${quoted(request.body.text)}`);
  }
  parts.push(quoted(request.url));
  return parts.join(" \\\n  ");
}

function hasWhole(body) {
  return body && body.text && !body.shown && !body.inexact;
}

function curlButton(request) {
  return element("div", { class: "tools" }, copyButton("copy as cURL", () => curlCommand(request)),
    request.body && request.body.bytes && !hasWhole(request.body)
      ? element("span", { class: "quiet" }, "without the content, which is not here byte by byte") : null);
}
