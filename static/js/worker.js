// Opens the forms of one's own pairings, and those at the doors of one's own households, without a signal. Everything else always comes from the server.
(() => {
  "use strict";

  const FORM = /^\/(pairings\/\d+\/activities\/new|household-visits\/(new|missed)\/\w+\/\d+)\/$/;
  const LEADS_TO_FORM = /^\/(activities\/new|person-pairs\/\d+\/visits\/new)\/$/; // an answer of the server decides to which
  const MAY_BE_KEPT = "data-records="; // not where a minor is visited
  const FORMS = "forms:"; // and the number of the user to whom the pages were shown
  const NAMED_BY_CONTENT = /\.[0-9a-f]{12}\./;
  const PATIENCE_MS = 5000;
  const { start, choose, signOut } = self.addresses;
  let signOuts = 0; // what was asked for before the last one is no longer kept

  async function forget(but) {
    const names = await caches.keys();
    return Promise.all(names.filter((name) => name.startsWith(FORMS) && name !== but).map((name) => caches.delete(name)));
  }

  async function keepAsset(cache, address) {
    if (NAMED_BY_CONTENT.test(address) && (await cache.match(address, { ignoreVary: true }))) return;
    const response = await fetch(address);
    if (response.ok) await cache.put(address, response);
  }

  // Whose page it is stands in the page: it goes into that person's cache, and nobody else's stays.
  async function keep(response, asked) {
    const { pathname } = new URL(response.url);
    if (!response.ok || !(FORM.test(pathname) || pathname === choose)) return;
    const html = await response.text();
    const owner = html.match(/<body data-user="(\d+)"/);
    if (!owner || (pathname !== choose && !html.includes(MAY_BE_KEPT))) return;
    await forget(FORMS + owner[1]);
    if (asked !== signOuts) return;
    const cache = await caches.open(FORMS + owner[1]);
    const assets = Array.from(html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g), (found) => found[1]);
    await Promise.all(assets.map((address) => keepAsset(cache, address)));
    await cache.put(pathname, new Response(html, { headers: response.headers }));
  }

  async function fetchAhead(addresses) {
    const asked = signOuts;
    for (const address of addresses) await keep(await fetch(address, { credentials: "same-origin" }), asked);
  }

  function tooSlow() {
    return new Promise((resolve, reject) => setTimeout(() => reject(new Error("too slow")), PATIENCE_MS));
  }

  async function instead(pathname, error) {
    const names = (await caches.keys()).filter((name) => name.startsWith(FORMS));
    const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const paths = [].concat(...caught).map((request) => new URL(request.url).pathname);
    const forms = paths.filter((path) => FORM.test(path));
    const asked = [start, choose].includes(pathname) || LEADS_TO_FORM.test(pathname);
    if (!asked || !forms.length) throw error;
    return Response.redirect(paths.includes(choose) ? choose : forms[0], 302);
  }

  async function page(event) {
    const { pathname } = new URL(event.request.url);
    const asked = signOuts;
    const kept = await caches.match(pathname, { ignoreVary: true });
    try {
      const answer = fetch(event.request);
      const response = await (kept ? Promise.race([answer, tooSlow()]) : answer);
      event.waitUntil(keep(response.clone(), asked).catch(() => {}));
      return response;
    } catch (error) {
      return kept || instead(pathname, error);
    }
  }

  async function asset(request) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept && NAMED_BY_CONTENT.test(request.url)) return kept;
    try {
      return await fetch(request);
    } catch (error) {
      if (kept) return kept;
      throw error;
    }
  }

  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
  self.addEventListener("message", (event) => event.waitUntil(fetchAhead(event.data).catch(() => {})));
  self.addEventListener("fetch", (event) => {
    const { origin, pathname } = new URL(event.request.url);
    if (origin !== self.location.origin) return;
    if (event.request.method === "POST" && pathname === signOut) {
      signOuts += 1;
      event.waitUntil(forget());
    }
    if (event.request.method !== "GET") return;
    const opensForm = FORM.test(pathname) || LEADS_TO_FORM.test(pathname) || [start, choose].includes(pathname);
    if (event.request.mode === "navigate" && opensForm) event.respondWith(page(event));
    else if (pathname.startsWith("/static/")) event.respondWith(asset(event.request));
  });
})();
