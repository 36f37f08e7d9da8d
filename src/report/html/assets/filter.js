// What the search field understands, and which rows it lets through.

const filterHelp = [
  ["s:failed", "by result: failed, passed, skipped"],
  ["m:post", "by method"],
  ["code:5xx", "by status: 404, 5xx, none"],
  ["t:>500", "by response time in milliseconds: > or <"],
  ["z:>10000", "by size of the content in bytes: > or <"],
  ["iter:3", "by iteration"],
  ["folder:users", "by a part of a folder's name"],
  ["\"two words\"", "words that stand together"],
];

function parseFilter(text) {
  const tokens = text.match(/(?:[a-z]+:)?"[^"]*"?|\S+/gi) || [];
  return tokens.map((token) => {
    const [, key, value] = /^(?:(s|m|code|t|z|iter|folder|path):)?"?([^"]*)"?$/i.exec(token) || [null, null, token];
    return test(key ? key.toLowerCase() : null, value.toLowerCase());
  });
}

function test(key, value) {
  switch (key) {
    case "s": return (row) => row.v.startsWith(value);
    case "m": return (row) => row.m.toLowerCase() === value;
    case "code": return statusTest(value);
    case "t": return comparison(value, (row) => row.t);
    case "z": return comparison(value, (row) => row.z);
    case "iter": return (row) => String(row.i + 1) === value;
    case "folder": return (row) => row.f.join(" / ").toLowerCase().includes(value);
    case "path": return (row) => {
      const folders = row.f.join(" / ").toLowerCase();
      return folders === value || folders.startsWith(`${value} / `);
    };
    default: return (row) => row.text.includes(value);
  }
}

function statusTest(value) {
  if (value === "none") return (row) => row.c === null;
  return (row) => {
    const code = String(row.c);
    return code.length === value.length && [...value].every((digit, index) => digit === "x" || digit === code[index]);
  };
}

function comparison(value, measure) {
  const limit = parseFloat(value.replace(/^[<>]=?/, ""));
  if (value.startsWith("<")) return (row) => measure(row) !== null && measure(row) < limit;
  return (row) => measure(row) !== null && measure(row) > limit;
}

const orders = {
  order: (left, right) => left.index - right.index,
  result: (left, right) => rank(left) - rank(right) || left.index - right.index,
  time: (left, right) => (right.t || 0) - (left.t || 0),
  size: (left, right) => (right.z || 0) - (left.z || 0),
  name: (left, right) => left.text < right.text ? -1 : left.text > right.text ? 1 : left.index - right.index,
  status: (left, right) => (right.c || 0) - (left.c || 0) || left.index - right.index,
};

function rank(row) {
  return ["failed", "skipped", "passed"].indexOf(row.v);
}

function applyFilter(rows, text, order) {
  const tests = parseFilter(text);
  const shown = tests.length ? rows.filter((row) => tests.every((it) => it(row))) : rows.slice();
  return order === "order" ? shown : shown.sort(orders[order]);
}
