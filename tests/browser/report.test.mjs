// Opens HTML reports, made by the program from answers of a server on this machine, in Chromium.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const program = process.env.POSTRIDER;
const executablePath = process.env.CHROMIUM;
// A folder for pictures of the pages, for people to look at.
const pictures = process.env.PICTURES;

const attack = "</script><script>window.owned=1</script><img src=x onerror=\"window.owned=1\"><!--";
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

let folder;
let server;
let browser;
let report;
// What the server was asked for at /echo.
const echoes = [];
// Where the server was asked for what nobody may ask for.
const leaks = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "postrider-browser-"));
  server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  report = await makeReport("report", items(), ["-n", "3"]);
});

after(async () => {
  await browser?.close();
  server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

function answer(request, response) {
  const [path] = request.url.split("?");
  if (path === "/leak") leaks.push(request.headers);
  if (path.startsWith("/echo")) {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { method, url, headers } = request;
      echoes.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      response.end("heard");
    });
    return;
  }
  const answers = {
    "/users": [200, "application/json", JSON.stringify({ users: [{ id: 1, name: "Ann", admin: true }, { id: 2, name: attack, balance: -12.5e3 }], next: null })],
    "/attack": [200, "text/html", `<!doctype html><title>x</title><body>${attack}<p class="a">hello</p>`],
    "/picture": [200, "image/png", pixel],
    "/bytes": [200, "application/octet-stream", Buffer.from([0, 1, 2, 255])],
    "/long": [200, "text/plain", "line of text\n".repeat(20000)],
    "/tiny": [200, "application/json", "{\"ok\":true}"],
    "/fails": [500, "application/json", JSON.stringify({ error: "no space left", code: 28 })],
  };
  if (path === "/moved") {
    response.writeHead(302, { location: "/users" });
    response.end();
    return;
  }
  const [status, type, body] = answers[path] || [404, "text/plain", "no such thing"];
  response.writeHead(status, { "content-type": type, "x-attack": "<script>window.owned=1</script>" });
  response.end(body);
}

function request(name, path, test, method = "GET", body = undefined) {
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const event = test ? [{ listen: "test", script: { exec: test.split("\n") } }] : [];
  return { name, event, request: { method, url, ...(body && { body: { mode: "raw", raw: body, options: { raw: { language: "json" } } } }) } };
}

function items() {
  const status = (code) => `pm.test('status is ${code}', () => pm.expect(pm.response.code).to.equal(${code}));`;
  return [
    { name: "Users", item: [
      request("List users", "/users", `${status(200)}\npm.test('has users', () => pm.expect(pm.response.json().users).to.have.length(2));\nconsole.log('found', pm.response.json().users.length);\nconsole.warn('nobody is called Bob');`),
      request("Create user", "/fails", `${status(201)}\npm.test('gives an id', () => pm.expect(pm.response.json()).to.deep.equal({id: 3, name: 'Cleo'}));`, "POST", "{\"name\": \"Cleo\", \"roles\": [\"reader\", \"writer\"]}"),
      { name: "Old", item: [request("Moved list", "/moved", status(200)), request("Missing", "/missing", status(200))] },
    ] },
    { name: attack, item: [
      request(attack, "/attack", `pm.test(${JSON.stringify(attack)}, () => pm.expect(1).to.equal(${JSON.stringify(attack)}));\nconsole.log(${JSON.stringify(attack)});`),
      request("Draws", "/users", `pm.visualizer.set('<style>h1 {color: teal}</style><h1>Users</h1><ul>{{#each users}}<li>{{name}}</li>{{/each}}</ul><script>parent.owned = 1; document.body.textContent = "script ran";</script><img src="http://127.0.0.1:${server.address().port}/leak"><a id="away" href="http://127.0.0.1:${server.address().port}/leak" target="_top">away</a><meta http-equiv="refresh" content="0;url=http://127.0.0.1:${server.address().port}/leak">', pm.response.json());`),
      request("Draws wrongly", "/tiny", "pm.visualizer.set('{{#each x}}', {});"),
    ] },
    { name: "Contents", item: [
      request("Picture", "/picture", ""), request("Bytes", "/bytes", ""), request("Long", "/long", ""),
      request("Throws", "/tiny", "pm.test('runs', () => {});\nundefinedName.property;"),
    ] },
    { name: "Nobody listens", request: { method: "GET", url: "http://127.0.0.1:1/x" } },
  ];
}

async function makeReport(name, item, extra = []) {
  const collection = join(folder, `${name}.json`);
  const page = join(folder, `${name}.html`);
  const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
  await writeFile(collection, JSON.stringify({ info: { name: "Shop", schema }, item }));
  await new Promise((resolve, reject) => {
    execFile(program, ["run", collection, "-r", "html", "--reporter-html-export", page, ...extra], (error, _, stderr) => {
      if (error && error.code !== 1) reject(new Error(stderr));
      else resolve();
    });
  });
  return pathToFileURL(page).href;
}

// A page with what went wrong in it: errors, violations of its policy, and addresses it asked for.
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("request", (it) => {
    if (!/^(file|data|about):/.test(it.url())) problems.push(it.url());
  });
  await page.goto(address);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
  return { page, problems, close: () => context.close() };
}

async function picture(page, name, fullPage = false) {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}

test("a report opens without an error and asks for nothing", async () => {
  const { page, problems, close } = await open(report);

  assert.equal(await page.title(), "failed: Shop");
  assert.equal(await page.locator(".requests tbody tr").count(), 36);
  assert.match(await page.locator(".groups li").first().textContent(), /3×/);
  assert.deepEqual(problems, []);
  await picture(page, "light", true);
  await close();
});

test("nothing from an answer runs, whatever is looked at", async () => {
  const { page, problems, close } = await open(report);

  for (let index = 0; index < 12; index += 1) {
    await page.locator(".requests tbody tr button.link").nth(index).click();
    await page.waitForSelector(".detail-content > *");
    await page.evaluate(() => document.querySelectorAll(".detail details").forEach((it) => { it.open = true; }));
  }
  await page.waitForTimeout(200);

  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.deepEqual(problems.filter((it) => !/sandboxed|Content Security Policy/.test(it)), []);
  await close();
});

test("a drawing is shown without its scripts and loads nothing", async () => {
  const { page, close } = await open(report);

  await page.locator("#search").fill("s:passed draws");
  // The rows change a moment after the typing, and with them what is there to click.
  await page.waitForFunction(() => document.querySelectorAll(".requests tbody tr").length < 36);
  await page.getByRole("button", { name: /\/ Draws$/ }).first().click();
  const frame = page.frameLocator("iframe.drawing");

  assert.equal(await frame.locator("h1").textContent(), "Users");
  assert.equal(await frame.locator("li").nth(1).textContent(), attack);
  assert.equal(await frame.locator("h1").evaluate((it) => getComputedStyle(it).color), "rgb(0, 128, 128)");
  assert.equal(await page.locator("iframe.drawing").getAttribute("sandbox"), "");
  await frame.locator("#away").click();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.owned), undefined);
  assert.equal(page.url().split("#")[0], report);
  // The browser tells of a request that its policy holds back as well, so the server has to say.
  assert.deepEqual(leaks, []);
  await picture(page, "drawing");
  await close();
});

test("a drawing that cannot be made says why", async () => {
  const { page, close } = await open(report);

  await page.getByRole("button", { name: /Draws wrongly/ }).first().click();

  assert.match(await page.locator(".detail .message").textContent(), /pm\.visualizer cannot be shown: line 1/);
  await close();
});

test("each redirect is a row of the waterfall, with the phases of its own", async () => {
  const moved = request("Moved", "/moved", `pm.sendRequest("http://127.0.0.1:1/x", () => {});`);
  moved.request.url = moved.request.url.replace("127.0.0.1", "localhost");
  const address = await makeReport("hops", [moved]);
  const { page, problems, close } = await open(address);

  await page.getByRole("button", { name: "Moved" }).last().click();
  const rows = page.locator(".waterfall tbody tr");
  await rows.first().waitFor();

  assert.equal(await rows.count(), 3);
  assert.match(await rows.nth(0).textContent(), /^GET http:\/\/localhost:\d+\/moved 302.* connect .* wait .* download /);
  assert.match(await rows.nth(1).textContent(), /^GET http:\/\/localhost:\d+\/users 200.* wait .* download /);
  assert.match(await rows.nth(2).textContent(), /^GET http:\/\/127\.0\.0\.1:1\/x no response.* until the error /);
  const spans = await rows.evaluateAll((all) => all.map((row) => {
    const rects = [...row.querySelectorAll("rect")].map((rect) => [Number(rect.getAttribute("x")), Number(rect.getAttribute("width"))]);
    return [Math.min(...rects.map(([x]) => x)), Math.max(...rects.map(([x, width]) => x + width))];
  }));
  assert.equal(spans[0][0], 0);
  assert.ok(spans[1][0] > 0 && spans[2][0] >= spans[1][0]);
  assert.ok(spans.every(([from, to]) => from < to && to <= 1000.001), JSON.stringify(spans));
  assert.match(await page.locator(".list > .legend").textContent(), /connect.*wait.*download/);
  assert.deepEqual(problems, []);
  await picture(page, "hops");
  await close();
});

test("a content that was too large is told of", async () => {
  const address = await makeReport("dropped", [request("Long", "/long", "")], ["--max-response-size", "1000"]);
  const { page, close } = await open(address);

  await page.getByRole("button", { name: "Long" }).first().click();

  assert.equal(await page.locator(".detail .note").textContent(),
    "The response's content of 260.0 kB is not here: it is larger than --max-response-size.");
  assert.match(await page.locator(".requests .size").last().textContent(), /260\.0 kB/);
  await close();
});

test("the copied command makes curl send the same", async (context) => {
  const hard = request("Hard", "/echo/../a?x[1]={2}&y='z'", "", "POST", "it's \"{$HOME}\"\n@file \\ é");
  hard.request.header = [{ key: "X-Quoted", value: "it's $HOME `id`" }, { key: "X-Empty", value: "" }];
  const bare = request("Bare", "/echo/bare", "", "PUT");
  bare.request.body = { mode: "file", file: { content: Buffer.from("[\"ä\"]").toString("base64") } };
  echoes.length = 0;
  const address = await makeReport("curl", [hard, bare, request("Head", "/echo/head", "", "HEAD")]);
  const { page, close } = await open(address);
  const sent = echoes.splice(0);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } }));
  const commands = [];
  for (const name of ["Hard", "Bare", "Head"]) {
    await page.locator(".requests").getByRole("button", { name }).click();
    await page.locator(`.detail h2:has-text("${name}") >> xpath=../.. >> .exchange`).waitFor();
    await page.getByRole("button", { name: "copy as cURL" }).click();
    await page.getByRole("button", { name: "copied" }).waitFor();
    commands.push(await page.evaluate(() => window.copied));
  }
  await close();

  for (const command of commands) {
    const error = await new Promise((resolve) => execFile("sh", ["-c", command], resolve));
    if (error?.code === 127) {
      context.skip("there is no curl on this machine");
      return;
    }
    assert.equal(error, null);
  }

  assert.equal(sent.length, 3);
  const relevant = ({ headers: { connection, ...headers }, ...rest }) => ({ ...rest, headers });
  assert.deepEqual(echoes.map(relevant), sent.map(relevant));
});

test("filters and the open item stand in the address", async () => {
  const { page, close } = await open(report);

  await page.locator("#search").fill("s:failed code:5xx m:post");
  await page.waitForFunction(() => document.querySelectorAll(".requests tbody tr").length === 3);
  await page.locator(".requests tbody tr button.link").nth(1).click();
  await page.waitForSelector(".failure");
  const address = page.url();
  await page.reload();
  await page.waitForSelector(".failure");

  assert.match(await page.locator(".detail").textContent(), /iteration 2/);
  assert.equal(await page.locator(".requests tbody tr").count(), 3);
  assert.match(await page.locator("[aria-live]").textContent(), /^3 of 36 items$/);
  assert.match(address, /#q=s%3Afailed/);
  await picture(page, "detail");
  await close();
});

test("a folder of the tree shows what is in it", async () => {
  const { page, close } = await open(report);

  await page.locator(".folders").getByRole("button", { name: /^Old/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".requests tbody tr").length === 6);
  await page.locator(".folders").getByRole("button", { name: /script/ }).click();
  await page.waitForFunction(() => document.querySelectorAll(".requests tbody tr").length === 9);
  await page.locator(".folders").getByRole("button", { name: "all folders" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".requests tbody tr").length === 36);
  await close();
});

test("everything can be reached with the keyboard", async () => {
  const { page, close } = await open(report);

  await page.keyboard.press("f");
  assert.match(await page.locator(".detail h2").textContent(), /Create user/);
  await page.keyboard.press("f");
  assert.match(await page.locator(".detail h2").textContent(), /Missing/);
  await page.keyboard.press("k");
  assert.match(await page.locator(".detail h2").textContent(), /Moved list/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".detail").isVisible(), false);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog").isVisible(), true);
  await picture(page, "help");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog").isVisible(), false);
  await close();
});

test("contents are shown for what they are", async () => {
  const { page, close } = await open(report);
  const show = async (name) => {
    await page.locator("#search").fill(`"${name}" iter:1`);
    const only = page.locator(".requests tbody:has(tr:only-child)").getByRole("button", { name });
    await only.click();
    await page.waitForSelector(`.detail h2:has-text("${name}") >> xpath=../.. >> .exchange`);
  };

  await show("List users");
  const json = page.locator("pre.body").first();
  assert.match(await json.textContent(), /^\{\n  "users": \[\n    \{\n      "id": 1,\n/);
  assert.match(await json.textContent(), /"balance": -12500/);
  await page.getByRole("button", { name: "as received" }).first().click();
  assert.match(await json.textContent(), /^\{"users":\[\{"id":1,/);
  assert.match(await page.locator("pre.console").textContent(), /'found' 2\nwarn: 'nobody is called Bob'/);
  await show("Picture");
  assert.equal(await page.locator("img.picture").evaluate((it) => it.naturalWidth), 1);
  await show("Bytes");
  assert.match(await page.locator(".exchange .note").textContent(), /4 B of application\/octet-stream, which is no text/);
  await show("Long");
  assert.match(await page.locator(".exchange .note").textContent(), /Only the first 65\.5 kB of 260\.0 kB/);
  await close();
});

test("the other views show the same rows", async () => {
  const { page, problems, close } = await open(report);

  await page.getByRole("button", { name: "waterfall" }).click();
  assert.equal(await page.locator(".requests .bar").count(), 36);
  await picture(page, "waterfall");
  await page.getByRole("button", { name: "iterations" }).click();
  assert.equal(await page.locator(".iterations tbody tr").count(), 3);
  await picture(page, "iterations");
  await page.getByRole("button", { name: "iteration 2", exact: true }).click();
  assert.equal(await page.locator(".requests tbody tr").count(), 12);
  assert.deepEqual(problems, []);
  await close();
});

test("dark is dark, and the choice of the reader wins", async () => {
  const { page, close } = await open(report, { colorScheme: "dark" });
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  assert.equal(await back(), "rgb(22, 25, 29)");
  await page.locator(".requests tbody tr button.link").nth(1).click();
  await page.waitForSelector(".failure");
  await picture(page, "dark");
  await page.getByRole("button", { name: "dark / light" }).click();
  assert.equal(await back(), "rgb(255, 255, 255)");
  await close();
});

test("a narrow window needs no scrolling to the side", async () => {
  const { page, close } = await open(report, { viewport: { width: 320, height: 700 } });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  await picture(page, "narrow", true);
  assert.ok(await overflow() <= 0);
  await page.locator(".requests tbody tr button.link").nth(1).click();
  await page.waitForSelector(".failure");
  assert.ok(await overflow() <= 0);
  assert.ok(await page.locator(".detail").evaluate((it) => it.scrollWidth <= it.clientWidth));
  await picture(page, "narrow-detail");
  await close();
});

test("texts stand out from what is behind them in both themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(report, { colorScheme });
    await page.locator(".requests tbody tr button.link").nth(1).click();
    await page.waitForSelector(".failure");
    const poor = await page.evaluate(poorContrasts);
    assert.deepEqual(poor, [], colorScheme);
    await close();
  }
});

// Runs in the page: the texts whose contrast is less than 4.5 to 1 (WCAG 2.2, 1.4.3).
function poorContrasts() {
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [red, green, blue] = numbers(color).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const backOf = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const color = getComputedStyle(it).backgroundColor;
      if ((numbers(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const found = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || element.closest("script, style, noscript") || !element.getClientRects().length || element.disabled) continue;
    const [front, back] = [light(getComputedStyle(element).color), light(backOf(element))];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < 4.5) found.add(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
  }
  return [...found];
}

test("print shows rows of all pages and no buttons", async () => {
  const many = await makeReport("print", [request("Tiny", "/tiny", "")], ["-n", "150"]);
  const { page, close } = await open(many);

  assert.equal(await page.locator(".requests tbody tr").count(), 100);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".requests tbody tr").count(), 150);
  assert.equal(await page.locator(".toolbar").isVisible(), false);
  await picture(page, "print");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator(".requests tbody tr").count(), 100);
  await close();
});

test("without scripts there are verdict, counts and first failures", async () => {
  const { page, close } = await open(report, { javaScriptEnabled: false });

  assert.match(await page.locator("h1").textContent(), /failed\s+Shop/);
  assert.match(await page.locator(".tiles").textContent(), /assertions/);
  assert.ok(await page.locator(".first-failures li").count() > 10);
  assert.equal(await page.locator("noscript").isVisible(), true);
  await picture(page, "noscript", true);
  await close();
});

test("ten thousand requests open in less than two seconds", async () => {
  const four = ["/tiny", "/users", "/fails", "/tiny?x=1"].map((path) => request(`Item ${path}`, path,
    "pm.test('status', () => pm.expect(pm.response.code).to.equal(200));"));
  const large = await makeReport("large", [{ name: "Folder", item: four }], ["-n", "2500"]);
  const { size } = await stat(fileURLToPath(large));
  // The machine may be busy with something else, so the best of three counts.
  const times = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { page, close } = await open(large);
    times.push(Number(await page.getAttribute("html", "data-ready")));
    await close();
  }

  const { page, problems, close } = await open(large);

  assert.match(await page.locator("[aria-live]").textContent(), /^10,000 items$/);
  assert.match(await page.locator(".tiles").textContent(), /requests10,0000 failed/);
  assert.deepEqual(problems, []);
  console.log(`10,000 requests: ${(size / 1e6).toFixed(1)} MB, opened in ${times.join(", ")} ms`);
  assert.ok(Math.min(...times) < 2000);
  const from = performance.now();
  await page.locator("#search").fill("s:failed fails");
  await page.waitForFunction(() => document.querySelector("[aria-live]").textContent === "2,500 of 10,000 items");
  console.log(`10,000 requests: filtered in ${Math.round(performance.now() - from)} ms, the wait for the typing included`);
  await picture(page, "large");
  await close();
});
