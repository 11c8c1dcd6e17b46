// Parts of the form of an activity that belong to some kinds alone: shown with these, put away with the others.
"use strict";

(() => {
  const parts = document.querySelectorAll("[data-kinds]");

  function show() {
    const kind = document.querySelector("[name=kind]:checked");
    parts.forEach((part) => {
      const fits = Boolean(kind) && part.dataset.kinds.split(" ").includes(kind.value);
      part.hidden = !fits;
      if (fits) part.open = true;
    });
  }

  document.addEventListener("change", show);
  document.addEventListener("reset", () => setTimeout(show));
  show();
})();
