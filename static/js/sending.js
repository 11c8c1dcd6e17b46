// Sends what is kept on this phone, by itself and under the same key, and shows what became of it.
window.sending = (() => {
  "use strict";

  const user = document.body.dataset.user;
  const shelf = document.querySelector("[data-queue]");
  const SHOWN_MS = 3600 * 1000; // for so long what the server has stays in the list
  const FIRST_PAUSE_MS = 4000;
  const LONGEST_PAUSE_MS = 5 * 60 * 1000;
  const LONGEST_SENDING_MS = 5 * 60 * 1000;
  const TONES = { waiting: "soon", sending: "wait", sent: "done", refused: "late", signIn: "late" };
  const GONE = [400, 404, 405, 410, 413];
  let pause = FIRST_PAUSE_MS;
  let timer = null;
  let running = null;
  let underWay = "";
  let mustSignIn = false;

  const words = (name) => shelf.dataset[name];

  function token() {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? found[1] : "";
  }

  function bodyOf(record, files) {
    const body = new FormData();
    record.fields.forEach(([name, value]) => body.append(name, value));
    body.append("key", record.key);
    body.append("author", record.user);
    files.forEach((file) => body.append(file.field, new Blob([file.bytes], { type: file.type }), file.name));
    return body;
  }

  async function outcomeOf(answer) {
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (answer.status === 201 && isOurs) return { state: "sent", address: (await answer.json()).address };
    if (answer.status === 422 && isOurs) return { state: "refused", ...(await answer.json()) };
    if (answer.status === 401 && isOurs) return { state: "signIn" };
    if (GONE.includes(answer.status)) return { state: "refused", errors: { __all__: [words("gone")] }, alike: [] };
    return { state: "waiting" };
  }

  // Sent, refused with reasons, to be signed in for, or still waiting: then nobody knows whether it arrived.
  async function deliver(record, files) {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), LONGEST_SENDING_MS);
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token() };
      const options = { method: "POST", body: bodyOf(record, files), headers, signal: stop.signal };
      return await outcomeOf(await fetch(record.address, options));
    } catch {
      return { state: "waiting" };
    } finally {
      clearTimeout(limit);
    }
  }

  // What may have arrived is not opened for changes any more: the server would keep what it received first.
  async function sendOne(record) {
    const before = Boolean(record.mayHaveArrived);
    underWay = record.key;
    await kept.put({ ...record, mayHaveArrived: true });
    await show();
    const outcome = await deliver(record, await kept.files(record.key));
    underWay = "";
    mustSignIn = outcome.state === "signIn";
    if (outcome.state === "sent") {
      await kept.finish({ ...record, state: "sent", link: outcome.address, fields: [], sentAt: Date.now() });
    } else if (outcome.state === "refused") {
      const { errors, alike } = outcome;
      await kept.put({ ...record, state: "refused", errors, alike, mayHaveArrived: false });
    } else if (outcome.state === "signIn") {
      await kept.put({ ...record, mayHaveArrived: before });
    }
    await show();
    return outcome.state;
  }

  async function own(state) {
    const records = await kept.records();
    return records.filter((each) => each.user === user && each.state === state).sort((a, b) => a.savedAt - b.savedAt);
  }

  async function sendAll() {
    if (!navigator.onLine) return;
    for (const record of await own("waiting")) {
      const state = await sendOne(record);
      if (state === "signIn" || state === "waiting") break;
    }
  }

  async function tryAgainLater() {
    clearTimeout(timer);
    if (mustSignIn || !(await own("waiting")).length) return;
    timer = setTimeout(now, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function now() {
    if (!user) return Promise.resolve();
    running = running || sendAll().then(tryAgainLater).finally(() => { running = null; });
    return running;
  }

  function reasonOf(record) {
    if (record.state !== "refused") return "";
    return Object.values(record.errors || {}).flat().concat(record.alike && record.alike.length ? words("alike") : []).join(" ");
  }

  function stateOf(record) {
    if (record.key === underWay) return "sending";
    return record.state === "waiting" && mustSignIn ? "signIn" : record.state;
  }

  function rowOf(record) {
    const row = document.getElementById("queue-row").content.cloneNode(true);
    const state = stateOf(record);
    const title = row.querySelector("a");
    const tag = row.querySelector(".tag");
    const mayOpen = record.state === "refused" || (record.state === "waiting" && !record.mayHaveArrived && !underWay);
    title.textContent = record.title;
    if (record.link) title.href = record.link;
    else if (mayOpen) title.href = record.address + "#" + record.key;
    row.querySelector("small").textContent = reasonOf(record);
    tag.textContent = words(state);
    tag.classList.add("tag-" + TONES[state]);
    row.querySelector("[data-open]").hidden = !mayOpen;
    row.querySelector("[data-open]").href = record.address + "#" + record.key;
    row.querySelector("[data-sign-in]").hidden = state !== "signIn";
    row.querySelector("details").hidden = record.state !== "refused";
    row.querySelector("[data-remove]").addEventListener("click", () => kept.remove(record.key).then(show));
    return row;
  }

  function isShown(record) {
    if (record.user !== user || record.state === "draft") return false;
    return record.state !== "sent" || (Date.now() - record.sentAt < SHOWN_MS && record.link !== location.pathname);
  }

  async function show() {
    const records = (await kept.records()).sort((a, b) => a.savedAt - b.savedAt);
    const mine = records.filter(isShown);
    const others = records.filter((each) => each.user !== user && ["waiting", "refused"].includes(each.state));
    const list = shelf.querySelector("ul");
    list.textContent = "";
    mine.forEach((record) => list.append(rowOf(record)));
    const note = shelf.querySelector("[data-others]");
    note.hidden = !others.length || Boolean(user && !document.querySelector("[data-forms]"));
    note.textContent = note.dataset.others.replace("N", others.length);
    shelf.querySelector("[data-own]").hidden = !mine.length;
    shelf.hidden = !mine.length && note.hidden;
  }

  async function forgetOld() {
    const old = (await kept.records()).filter((each) => each.state === "sent" && !isShown(each) && each.user === user);
    await Promise.all(old.map((each) => kept.remove(each.key)));
  }

  function again() {
    pause = FIRST_PAUSE_MS;
    now();
  }

  if (shelf && kept.isPossible) {
    forgetOld().then(show).then(now).catch(() => { shelf.hidden = true; });
    window.addEventListener("online", again);
    document.addEventListener("htmx:afterSettle", () => show());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  }
  return { now, show, deliver };
})();
