// The form of an activity or of a visit at a door, on a phone: each keystroke is kept, and what is saved is sent once there is a signal.
(() => {
  "use strict";

  const form = document.querySelector("form[data-records]");
  if (!form) return;
  const user = document.body.dataset.user;
  const signal = document.querySelector("[data-signal]");
  const button = form.querySelector("button[type=submit]");
  const KEY = /^#[0-9a-f]{8}-[0-9a-f-]{27}$/;
  const NOT_KEPT = ["csrfmiddlewaretoken", "kept", "key"];
  const PATIENCE_MS = 8000; // after that the person goes on, and the record waits in the list
  const LITTLE_ROOM = 30 * 1024 ** 2;
  let draft = null;
  let files = [];
  let writing = Promise.resolve();
  let taking = Promise.resolve(); // files chosen, not yet kept: a photo takes a moment to be made smaller
  let isFull = false;

  const note = (name) => document.querySelector(`[data-note="${name}"]`);
  const fieldsNamed = (name) => Array.from(form.elements).filter((each) => each.name === name);
  const boxOf = (name) => document.getElementById("div_id_" + name);

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" }); // 2026-06-18

  function fields() {
    return Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
  }

  function titleOf() {
    const kind = form.querySelector("[name=kind]:checked");
    const what = kind ? kind.parentElement.textContent.trim() : form.dataset.what;
    return [form.dataset.records, form.elements.on.value, what].filter(Boolean).join(" · ");
  }

  function showSignal() {
    const isKept = draft && draft.savedAt && !isFull;
    const name = (navigator.onLine ? "" : "offline") + (isKept ? "kept" : "");
    signal.hidden = !name;
    signal.textContent = signal.dataset[name] || "";
    document.querySelectorAll("[data-note=evictable]").forEach((each) => { each.hidden = !(isKept && each.dataset.true); });
  }

  function written(worked) {
    isFull = !worked || files.some((each) => each.isLost);
    note("full").hidden = !isFull;
    showSignal();
    return !isFull;
  }

  // One after the other, so that the last keystroke is what stays.
  function write(work) {
    writing = writing.then(work).then(() => written(true), () => written(false));
    return writing;
  }

  function keep(state = "draft") {
    Object.assign(draft, { fields: fields(), title: titleOf(), savedAt: Date.now(), state });
    askWhyLate();
    return write(() => kept.put({ ...draft }));
  }

  function askWhyLate() {
    if (!note("late")) return;
    const days = (new Date(today()) - new Date(form.elements.on.value)) / 86400000;
    if (days > Number(form.dataset.days)) note("late").hidden = false;
  }

  function tick(name, value) {
    const found = fieldsNamed(name).find((each) => each.value === value);
    if (found || name !== "people") return;
    const choice = boxOf("people").querySelector(".chip-choice").cloneNode(true);
    choice.querySelector("input").value = value;
    choice.querySelector(".chip").textContent = value.split("|")[1];
    boxOf("people").querySelector(".chips").append(choice);
  }

  function fill(values) {
    values.forEach(([name, value]) => tick(name, value));
    Array.from(form.elements).filter((each) => each.name && !["hidden", "file"].includes(each.type)).forEach((each) => {
      const given = values.filter(([name]) => name === each.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(each.type)) each.checked = given.includes(each.value);
      else each.value = given.length ? given[0] : "";
    });
    if (note("late") && form.elements.late_words.value) note("late").hidden = false;
  }

  function showFiles() {
    document.querySelectorAll("[data-files]").forEach((shelf) => {
      shelf.querySelectorAll("img").forEach((each) => URL.revokeObjectURL(each.src));
      shelf.textContent = "";
      files.filter((each) => each.field === shelf.dataset.files).forEach((each) => shelf.append(pictureOf(each)));
    });
  }

  function pictureOf(file) {
    const part = document.getElementById("kept-file").content.cloneNode(true);
    const image = part.querySelector("img");
    const isPicture = file.type.startsWith("image/");
    if (isPicture) image.src = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
    image.hidden = !isPicture;
    image.alt = part.querySelector("[data-name]").textContent = file.name;
    part.querySelector("button").addEventListener("click", () => takeOut(file));
    return part;
  }

  function takeOut(file) {
    files = files.filter((each) => each !== file);
    showFiles();
    write(() => kept.removeFile(file.id));
  }

  function takeFrom(input) {
    const chosen = Array.from(input.files);
    input.value = "";
    taking = taking.then(() => takeIn(input.name, chosen)).catch(() => written(false));
  }

  async function takeIn(field, chosen) {
    for (const each of chosen) {
      const small = field === "photos" ? await photos.shrink(each) : each;
      const file = { record: draft.key, field, name: small.name, type: small.type, bytes: await small.arrayBuffer() };
      files.push(file);
      file.isLost = !(await write(async () => { file.id = await kept.addFile({ ...file }); })) && !file.id;
    }
    showFiles();
    keep();
  }

  function complain(errors, alike = []) {
    const lines = [];
    Object.entries(errors).forEach(([name, sentences]) => {
      const box = boxOf(name);
      lines.push(...sentences.map((sentence) => [name, sentence]));
      if (!box) return;
      if (name === "late_words") note("late").hidden = false;
      if (box.closest("details")) box.closest("details").open = true;
      sentences.forEach((sentence) => box.append(said("p", sentence, "invalid-feedback")));
    });
    if (note("alike")) note("alike").hidden = !alike.length;
    alike.forEach(({ name, address }) => {
      const link = said("a", name, "");
      link.href = address;
      note("alike").querySelector("ul").append(inside("li", link));
    });
    note("errors").hidden = !lines.length;
    lines.forEach(([, sentence]) => note("errors").querySelector("ul").append(said("li", sentence, "")));
    if (lines.length) note("errors").focus();
    else if (alike.length) note("alike").scrollIntoView();
  }

  function said(tag, sentence, style) {
    const element = document.createElement(tag);
    element.textContent = sentence;
    element.className = style;
    element.dataset.said = "";
    return element;
  }

  function inside(tag, element) {
    const outer = document.createElement(tag);
    outer.dataset.said = "";
    outer.append(element);
    return outer;
  }

  function forgetComplaints() {
    form.querySelectorAll("[data-said]").forEach((each) => each.remove());
    hide("errors", "alike", "kept");
  }

  function hide(...names) {
    names.filter(note).forEach((name) => { note(name).hidden = true; });
  }

  // Something is ticked or typed there, or in one of the fields that it names.
  function isFilled(box) {
    const among = (box.dataset.among || "").split(" ").filter(Boolean).flatMap(fieldsNamed);
    return Array.from(box.querySelectorAll("input, textarea")).concat(among).some((each) =>
      ["checkbox", "radio"].includes(each.type) ? each.checked : Boolean(each.value.trim()));
  }

  // What the server would ask for is asked for before the person leaves the valley.
  function lacking() {
    const errors = {};
    form.querySelectorAll("[data-needs]").forEach((box) => {
      if (!box.hidden && !isFilled(box)) errors[box.dataset.field] = [box.dataset.needs];
    });
    return errors;
  }

  function startAnew() {
    form.reset();
    form.elements.on.value = today();
    hide("late", "restored");
    forgetComplaints();
    draft = { key: newKey(), user, address: location.pathname };
    files = [];
    isFull = false;
    showFiles();
    showSignal();
  }

  async function open(record) {
    startAnew();
    history.replaceState(null, "", location.pathname);
    draft = { key: record.key, user, address: record.address, savedAt: record.savedAt };
    fill(record.fields);
    form.dispatchEvent(new Event("change", { bubbles: true })); // a part that belongs to the kind is shown
    files = await kept.files(record.key);
    showFiles();
    if (record.state === "refused") complain(record.errors || {}, record.alike);
    else note("restored").hidden = false;
    await keep();
    await sending.show();
  }

  function mayBeOpened(record) {
    return record && record.user === user && ["waiting", "refused", "draft"].includes(record.state) && !record.mayHaveArrived;
  }

  async function begin() {
    startAnew();
    const asked = await kept.record(location.hash.slice(1));
    const drafts = (await kept.records()).filter((each) => each.user === user && each.state === "draft" && each.address === location.pathname);
    const record = mayBeOpened(asked) ? asked : drafts.sort((a, b) => b.savedAt - a.savedAt)[0];
    if (record) await open(record);
  }

  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

  // There is no room on this phone: straight from the page, which stays until the server has it.
  async function sendFromHere() {
    const outcome = await sending.deliver(draft, files);
    if (outcome.state === "sent") location.assign(outcome.address);
    else if (outcome.state === "refused") complain(outcome.errors, outcome.alike);
  }

  async function sendOrQueue() {
    if (!(await keep("waiting"))) {
      await sendFromHere();
      return;
    }
    const { key } = draft;
    await Promise.race([sending.now(), pause(PATIENCE_MS)]);
    const record = await kept.record(key);
    if (record.state === "sent") {
      startAnew(); // whoever goes back finds an empty form, not the key of this record
      location.assign(record.link);
    } else if (record.state === "refused") {
      await open(record);
    } else {
      startAnew();
      note("kept").hidden = false;
      await sending.show();
      note("kept").focus();
    }
  }

  // What was saved is on its way already: it is not changed under the hands of whoever sends it.
  function onInput(event) {
    if (button.disabled) return;
    if (event.target.type !== "file") keep();
    else if (event.type === "change") takeFrom(event.target);
  }

  async function save(event) {
    event.preventDefault();
    event.stopPropagation();
    if (button.disabled) return;
    forgetComplaints();
    const errors = lacking();
    if (Object.keys(errors).length) {
      complain(errors);
      return;
    }
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    await taking;
    await sendOrQueue();
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }

  async function askForRoom() {
    const { storage } = navigator;
    if (!storage) return;
    const lasts = storage.persist ? (await storage.persisted()) || (await storage.persist()) : false;
    note("evictable").dataset.true = lasts ? "" : "1";
    const { quota, usage } = storage.estimate ? await storage.estimate() : {};
    note("short").hidden = !(quota - usage < LITTLE_ROOM);
    showSignal();
  }

  if (!kept.isPossible) {
    note("insecure").hidden = false;
    return;
  }
  form.addEventListener("submit", save);
  form.addEventListener("input", onInput);
  form.addEventListener("change", onInput);
  note("restored").querySelector("button").addEventListener("click", () => kept.remove(draft.key).then(startAnew));
  window.addEventListener("online", showSignal);
  window.addEventListener("offline", showSignal);
  window.addEventListener("hashchange", () => KEY.test(location.hash) && begin());
  begin().then(askForRoom).catch(() => written(false));
})();
