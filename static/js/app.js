// What every page does beyond plain HTML. Nothing here is needed for a page to work.
(() => {
  "use strict";

  const DRAFTS = "draft:";
  const KEPT = "drafts kept";
  const draftKey = () => DRAFTS + document.body.dataset.user + ":" + location.pathname;
  const DRAFTED = "input:not([type=hidden]):not([type=password]):not([type=file]), select, textarea";

  function fieldsOf(form) {
    return Array.from(form.querySelectorAll(DRAFTED)).filter((field) => field.name);
  }

  // A page with several forms names each (data-draft="…"): what was typed in one never goes into another.
  function keepDraft(form) {
    const values = fieldsOf(form).map((field) => [field.name, field.value, Boolean(field.checked)]);
    sessionStorage.setItem(draftKey(), JSON.stringify({ form: form.dataset.draft, values }));
  }

  function forgetDrafts() {
    Object.keys(sessionStorage)
      .filter((key) => key === KEPT || key.startsWith(DRAFTS))
      .forEach((key) => sessionStorage.removeItem(key));
  }

  // What is brought back is seen, also where its part of the form was folded away.
  function unfold(field) {
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  // Whether anything was missing in the form.
  function restoreDraft(form, values) {
    const fields = fieldsOf(form);
    const stateOf = (field) => JSON.stringify([field.value, field.checked]);
    const before = fields.map(stateOf);
    values.forEach(([name, value, checked]) => {
      fields.filter((field) => field.name === name).forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") {
          if (field.value === value) field.checked = checked;
        } else {
          field.value = value;
        }
      });
    });
    const missing = fields.filter((field, index) => stateOf(field) !== before[index]);
    missing.forEach(unfold);
    return missing.length > 0;
  }

  // On top of the form, or where the person has just pressed.
  function notify(form, id, pressed) {
    const notice = document.getElementById(id);
    const place = pressed && pressed.closest(".form-actions");
    if (!notice) return;
    if (place) place.before(notice.content.cloneNode(true));
    else form.prepend(notice.content.cloneNode(true));
  }

  // What is sent is answered by being led on to a page. Without that it may never have arrived.
  function wasLedOn() {
    const [arrival] = performance.getEntriesByType("navigation");
    return !arrival || arrival.redirectCount > 0;
  }

  // A page that only interrupts (sign-in, an expired form) keeps drafts for the page that comes after it.
  function mendDrafts() {
    if ("keepDrafts" in document.body.dataset) {
      if (Object.keys(sessionStorage).some((key) => key.startsWith(DRAFTS))) sessionStorage.setItem(KEPT, "1");
      return;
    }
    const draft = sessionStorage.getItem(draftKey());
    const { form: name, values } = draft ? JSON.parse(draft) : {};
    const form = Array.from(document.querySelectorAll("form[data-draft]")).find((each) => each.dataset.draft === name);
    const refused = document.querySelector(".message[data-refused]");
    const answered = document.querySelector(".error-summary"); // the form holds what was typed already
    const kept = sessionStorage.getItem(KEPT);
    const received = wasLedOn();
    if (form && draft && !answered && (kept || refused || !received)) {
      if (restoreDraft(form, values)) notify(form, "draft-notice");
    }
    if (draft || (received && !kept)) forgetDrafts();
  }

  // Without a signal the page stays where it is, with all that was typed; who presses again tries all the same.
  function waitForSignal(event, form) {
    if (navigator.onLine || form.method !== "post" || form.dataset.tried) return false;
    event.preventDefault();
    form.dataset.tried = "1";
    notify(form, "offline-notice", event.submitter);
    return true;
  }

  function sendOnce(event) {
    const form = event.target;
    if (waitForSignal(event, form)) return;
    const drafted = form.matches("[data-draft]") ? form : document.querySelector("form[data-draft]");
    if (drafted && form.method === "post") {
      keepDraft(drafted);
      if ("keepDrafts" in form.dataset) sessionStorage.setItem(KEPT, "1");
      else sessionStorage.removeItem(KEPT);
    }
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // After this tick: the button's own name and value still belong to what is sent.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => {
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
    }), 0);
  }

  function sendAgain() {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("button[aria-busy]").forEach((button) => {
        button.disabled = false;
        button.removeAttribute("aria-busy");
      });
    });
  }

  function onKey(event) {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector(".bar-search input");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
    if (event.key === "Escape") closeMenus(null);
  }

  function closeMenus(clicked) {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!clicked || !menu.contains(clicked)) menu.open = false;
    });
  }

  function onClick(event) {
    closeMenus(event.target);
    const button = event.target.closest("[data-print], [data-back]");
    if (!button) return;
    if ("print" in button.dataset) window.print();
    else history.back();
  }

  // The browser's clipboard opens to secure addresses only; elsewhere the text is marked, ready to be copied by hand.
  async function copy(event) {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const shown = document.getElementById(button.dataset.copy);
    getSelection().selectAllChildren(shown);
    if (navigator.clipboard) await navigator.clipboard.writeText(shown.textContent.trim());
    else if (!document.execCommand("copy")) return;
    button.textContent = button.dataset.copied;
  }

  function onChange(event) {
    const form = event.target.matches("[data-submit]") && event.target.form;
    if (form) form.querySelector("[type=submit]").click();
  }

  // Addresses of lists stay short enough to send to a colleague: what is empty is left out.
  function leaveOutEmpty(event) {
    if (event.detail.verb !== "get") return;
    const given = event.detail.parameters;
    Array.from(new Set(given.keys())).forEach((name) => {
      const values = given.getAll(name).filter((value) => value !== "");
      given.delete(name);
      values.forEach((value) => given.append(name, value));
    });
  }

  // A page that asks for itself is no sign that somebody sits before it: the session ends all the same.
  function markPolling(event) {
    const cause = event.detail.triggeringEvent;
    if (cause && cause.type === "hx:poll:trigger") event.detail.headers["X-Poll"] = "1";
  }

  // Of a text that is too long nothing is cut off in silence: the server says how much it is.
  function keepWholeText(event) {
    if (event.target.matches("textarea[maxlength]")) event.target.removeAttribute("maxlength");
  }

  // The navigation scrolls by itself: where one is stays in sight.
  function showPlace() {
    const place = document.querySelector(".side [aria-current]");
    const pane = place && place.parentElement;
    if (pane) pane.scrollTop = place.offsetTop - pane.clientHeight / 2;
  }

  document.addEventListener("focusin", keepWholeText);
  document.addEventListener("submit", sendOnce);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("click", copy);
  document.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  document.addEventListener("change", onChange);
  document.addEventListener("htmx:configRequest", leaveOutEmpty);
  document.addEventListener("htmx:configRequest", markPolling);
  document.addEventListener("htmx:afterRequest", sendAgain);
  window.addEventListener("pageshow", sendAgain);
  mendDrafts();
  showPlace();
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
