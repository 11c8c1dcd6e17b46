// Sets up the service worker for whoever signed in, and has it fetch the forms ahead that may be needed in a valley.
(() => {
  "use strict";

  const FORMS = "forms:";
  const FETCHED = "forms fetched";
  const FRESH_MS = 6 * 3600 * 1000;
  const user = document.body.dataset.user;
  if (!user || !("serviceWorker" in navigator)) return;

  async function forgetOthers() {
    const names = await caches.keys();
    const others = names.filter((name) => name.startsWith(FORMS) && name !== FORMS + user);
    await Promise.all(others.map((name) => caches.delete(name)));
  }

  async function areFresh() {
    const [owner, moment] = (localStorage.getItem(FETCHED) || "").split(" ");
    return owner === user && Date.now() - moment < FRESH_MS && (await caches.has(FORMS + user));
  }

  // Only from pages that offer the form: nobody else records anything.
  async function fetchAhead() {
    const offer = document.querySelector("[data-forms]");
    if (!offer || !navigator.onLine || (await areFresh())) return;
    localStorage.setItem(FETCHED, user + " " + Date.now());
    const answer = await fetch(offer.dataset.forms, { headers: { Accept: "application/json" } });
    if (answer.status !== 200) return;
    const { forms } = await answer.json();
    const registration = await navigator.serviceWorker.ready;
    registration.active.postMessage(forms.length > 1 ? forms.concat(offer.dataset.forms) : forms);
  }

  const leaveIt = () => {}; // without a signal, or a page that was left: the next page tries again
  forgetOthers().catch(leaveIt);
  navigator.serviceWorker.register("/service-worker.js").then(fetchAhead).catch(leaveIt);
  document.addEventListener("htmx:afterSettle", () => fetchAhead().catch(leaveIt));
})();
