// Where one is, if one wishes to say so: asked of the browser on a tap, never by itself.
(() => {
  "use strict";

  const part = document.querySelector("[data-position]");
  if (!part || !navigator.geolocation || !window.isSecureContext) return;
  const form = part.closest("form");
  const said = part.querySelector("[data-located]");
  const remove = part.querySelector("[data-unlocate]");
  const PATIENCE_MS = 20000;
  const field = (name) => form.elements[name];

  function show() {
    const has = Boolean(field("latitude").value);
    said.textContent = has ? part.dataset.found.replace("[n]", field("accuracy").value || "?") : "";
    remove.hidden = !has;
  }

  function put(latitude, longitude, accuracy) {
    field("latitude").value = latitude;
    field("longitude").value = longitude;
    field("accuracy").value = accuracy;
    field("latitude").dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }

  part.querySelector("[data-locate]").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => put(coords.latitude.toFixed(6), coords.longitude.toFixed(6), Math.min(Math.round(coords.accuracy), 100000)),
      () => { said.textContent = part.dataset.refused; },
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  });
  remove.addEventListener("click", () => put("", "", ""));
  part.hidden = false;
  show();
})();
